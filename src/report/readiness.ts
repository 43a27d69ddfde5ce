import { type Finding, openFindings } from '../domain/finding.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import { isRollbackAccepted, rollbackRule, type Verdict } from '../domain/verdict.ts'
import { type Block, code, type Document, link, paragraph, strong } from './document.ts'
import { headline } from './findings.ts'
import { rehearsedHeadline, validUntil } from './rehearsal.ts'
import { estimateText } from './times.ts'

/** What a reviewer is told about. */
export interface Reviewed {
  readonly verdict: Verdict
  readonly rehearsals?: readonly RehearsalReport[]
  readonly commit?: string
  /** The address of the workflow that rehearses. */
  readonly review?: string
  readonly isDraft?: boolean
}

type Readiness = 'refused' | 'unproven' | 'migrate' | 'roll-back' | 'change' | 'nothing'

/** The plans that a merge carries out. */
const possible: ReadonlySet<string> = new Set(['nothing', 'deploy', 'migrate', 'roll-back'])

function readiness({ verdict, rehearsals = [] }: Reviewed, findings: readonly Finding[]): Readiness {
  const plans: readonly string[] = verdict.hosts.map(({ outlook }) => outlook.expected)
  const isRollback = plans.includes('roll-back') && !plans.includes('deploy') && !plans.includes('migrate')
  // Findings never block a rollback.
  const hasFailed = rehearsals.some(({ verdict: each }) => each === 'would-fail' || each === 'failed')
  if (isImpossible(verdict) || (!isRollback && hasErrors(findings)) || hasFailed) return 'refused'
  if (plans.includes('migrate')) {
    const rehearsed = new Set(rehearsals.map(({ host }) => host))
    const isProven = verdict.hosts.every(
      ({ host, outlook }) => outlook.expected !== 'migrate' || rehearsed.has(host),
    )
    return isProven ? 'migrate' : 'unproven'
  }
  if (isRollback) return 'roll-back'
  return plans.some(plan => plan !== 'nothing') ? 'change' : 'nothing'
}

/** Whether a host has a plan that no merge carries out, or an unknown one. */
export function isImpossible({ hosts }: Verdict): boolean {
  return hosts.some(({ outlook }) => !possible.has(outlook.expected))
}

function hasErrors(findings: readonly Finding[]): boolean {
  return openFindings(findings).some(({ severity }) => severity === 'error')
}

/** The verdict, and the expected downtime where there is one. */
export function verdictLine(parts: Reviewed, findings: readonly Finding[]): string {
  const { rehearsals = [] } = parts
  const counts = (before: string) =>
    findings.length === 0 ? '' : `${before}${headline(findings).replace(/^\S+ /, '')}`
  switch (readiness(parts, findings)) {
    case 'refused':
      return `❌ Not ready: ${rehearsedHeadline(findings, rehearsals).replace(/^\S+ /, '')}`
    case 'unproven':
      if (parts.verdict.appliedByHand) return `✅ Ready to rehearse in a terminal${counts(': ')}`
      return `⏳ Not ready yet: the migration has not been rehearsed for this commit${counts('; ')}`
    case 'migrate': {
      const upper = Math.max(0, ...rehearsals.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds))
      const each = rehearsals.length > 1 ? ' per host' : ''
      const downtime = upper > 0 ? `; expected downtime${each}: ${estimateText(upper)}` : ''
      return `✅ Ready to migrate${downtime}${counts('; ')}`
    }
    case 'roll-back':
      return `⚠️ ${rollbackLines[acceptance(parts, findings)]}${counts('; ')}`
    case 'change':
      return `✅ Ready to deploy${counts(': ')}`
    case 'nothing':
      return `✅ Nothing to do${counts(': ')}`
  }
}

/** What a person does next, and who must approve. */
export function nextStep(parts: Reviewed, findings: readonly Finding[]): Document {
  const ready = readiness(parts, findings)
  if (parts.verdict.appliedByHand && ready !== 'refused' && ready !== 'nothing')
    return [inTerminal(ready, findings)]
  const { review, commit } = parts
  switch (ready) {
    case 'refused': {
      const isMigration = parts.verdict.hosts.some(({ outlook }) => outlook.expected === 'migrate')
      const isRehearsed = (parts.rehearsals ?? []).length > 0
      const isOnServer = !isImpossible(parts.verdict) && !hasErrors(parts.verdict.findings)
      const isFixable = openFindings(findings).some(({ suggestion }) => suggestion)
      return [
        paragraph(
          next,
          isOnServer
            ? ' fix what stopped the rehearsal. Then run the failed jobs of its run again, or push a commit, which is checked again.'
            : ' fix the errors and push a commit, which is checked again.',
          ` Until then, ${parts.verdict.appliedByHand ? 'do not merge' : 'merging is refused or fails'}.`,
          ...(isFixable ? [' `npx matrix-auth-actions validate --fix` writes the proposed lines.'] : []),
        ),
        ...(isMigration && !isRehearsed ? [notRehearsed] : []),
      ]
    }
    case 'unproven':
      if (parts.isDraft)
        return [
          notRehearsed,
          paragraph(next, ' mark this draft as ready for review. Until then, it is not rehearsed.'),
        ]
      return [
        notRehearsed,
        paragraph(
          next,
          ' a reviewer of the environment `matrix-rehearsal` approves the rehearsal. If the environment has no reviewers, a person who has read the commit starts ',
          link('the workflow that reviews changes', review),
          ...(commit === undefined ? ['.'] : [' with `head-commit`: ', code(commit), '.']),
        ),
      ]
    case 'migrate':
      return [afterMerge('the migration', findings), ...validity(parts.rehearsals ?? [])]
    case 'roll-back':
      return [
        ...(acceptance(parts, findings) === 'none'
          ? [acceptOrMerge]
          : [afterMerge('the rollback', findings), ifSessionsEnd]),
        ...(hasErrors(findings) ? [errorsRemain] : []),
      ]
    case 'change':
      return [afterMerge('the deployment', findings)]
    case 'nothing':
      return []
  }
}

/** On how many of the hosts that would be rolled back the warning is accepted. A rollback in a terminal does not need it. */
function acceptance({ verdict }: Reviewed, findings: readonly Finding[]): 'all' | 'some' | 'none' {
  const hosts = verdict.hosts.filter(({ outlook }) => outlook.expected === 'roll-back')
  const accepted = hosts.filter(({ host }) => isRollbackAccepted(findings, host))
  if (verdict.appliedByHand || accepted.length === hosts.length) return 'all'
  return accepted.length > 0 ? 'some' : 'none'
}

const rollbackLines = {
  all: "Ready to roll back to Synapse's built-in login",
  some: 'Merging rolls back only the servers whose warning is accepted',
  none: 'Merging does not roll back a live server unless you accept the warning',
} as const

const next = strong('Next:')

const acceptOrMerge = paragraph(
  next,
  ' if you have rolled the server back already, merge this pull request. If the merge is to roll it back, first accept the warning ',
  code(rollbackRule),
  ' in this pull request.',
)

const ifSessionsEnd = paragraph(
  'If users would lose anything, the rollback is refused and says what. It is then started manually with the number that it shows.',
)

const errorsRemain = paragraph(
  'The errors do not stop a rollback. But these vars are deployed only after the errors are fixed.',
)

function afterMerge(what: string, findings: readonly Finding[]): Block {
  return paragraph(
    next,
    ` ${mergeIt(findings)}. Then a reviewer of the environment \`matrix-production\` approves ${what}. If the environment has no reviewers, the merge starts it.`,
  )
}

function mergeIt(findings: readonly Finding[]): string {
  const hasWarnings = openFindings(findings).some(({ severity }) => severity === 'warning')
  return `${hasWarnings ? 'read the warnings below, then merge' : 'merge'} this pull request`
}

/** Nothing of this repository deploys what is merged. A person who believes that it did would deploy a live MAS without its accounts. */
function inTerminal(ready: Exclude<Readiness, 'refused' | 'nothing'>, findings: readonly Finding[]): Block {
  const merge = `${mergeIt(findings)}. The merge alone changes no server, because the repository has no workflow that applies it. In your clone of the default branch, run `
  switch (ready) {
    case 'unproven':
    case 'migrate':
      return paragraph(
        next,
        ' in your clone of this branch, run `npx matrix-auth-actions rehearse`. If the rehearsal passes, ',
        `${merge}\`npx matrix-auth-actions migrate\`. Do not deploy it with the playbook: that would lock out all users.`,
      )
    case 'roll-back':
      return paragraph(next, ` ${merge}\`npx matrix-auth-actions rollback\`.`)
    case 'change':
      return paragraph(next, ` ${merge}\`npx matrix-auth-actions deploy\`.`)
  }
}

function validity(rehearsals: readonly RehearsalReport[]): Document {
  const until = validUntil(rehearsals)
  if (until === undefined) return []
  return [
    paragraph(
      'The rehearsal is valid until ',
      strong(until),
      ' by default. After that, rehearse again before you merge.',
    ),
  ]
}

/** Warns the reviewer that the effect of the migration on the server is unknown. */
const notRehearsed = paragraph(
  strong('Not rehearsed.'),
  ' Without a rehearsal of this commit, the migration is refused after the merge.',
)
