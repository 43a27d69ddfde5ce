import { createHash } from 'node:crypto'
import { type Finding, openFindings, type Place } from '../domain/finding.ts'
import type { RehearsalReport } from '../domain/reports.ts'
import type { Verdict } from '../domain/verdict.ts'
import { plural } from '../support/plural.ts'
import {
  type Block,
  block,
  code,
  type Document,
  folded,
  heading,
  lines,
  link,
  list,
  marker,
  note,
  paragraph,
  strong,
  type Text,
} from './document.ts'
import { acceptedList, findingsList, headline, notShown, reasons, stagesOf } from './findings.ts'
import { fitToLimit, mostCommentBytes } from './fitting.ts'
import { markerLine, renderMarkdown } from './markdown.ts'
import type { Pages } from './pages.ts'
import type { ChangedFiles } from './proposed-change.ts'
import { countsText, rehearsalSign, rehearsedHeadline } from './rehearsal.ts'
import { changesSince, keptFindings, sinceMarker } from './since.ts'
import { estimateText, timeText } from './times.ts'

const name = 'matrix-auth-actions'
/** The first line of the comment, by which it is found again. Escaped text never contains it. */
export const commentMarker = markerLine(name)

export interface CommentParts {
  readonly verdict: Verdict
  readonly rehearsals?: readonly RehearsalReport[]
  readonly commit?: string
  readonly pages?: Pages
  /** The address of the log of the run. */
  readonly run?: string
  /** The address of the workflow that rehearses. */
  readonly review?: string
  readonly addressOf?: (place: Place) => string | undefined
  readonly changedFiles?: ChangedFiles
  /** The findings whose fix is a suggestion in the diff. */
  readonly suggested?: ReadonlySet<Finding>
  /** The text of the comment of an earlier check. */
  readonly previous?: string
}

/** The one sticky comment on a pull request: verdict, what merging does to each host, what happens next, findings, details. */
export function renderComment(parts: CommentParts): string {
  const markers = markersOf(parts)
  const short = { ...parts, verdict: { ...parts.verdict, hosts: [] }, rehearsals: [] }
  const text = fitToLimit(
    [...[200, 50, 10, 0].map(rows => render(parts, rows)), render(short, 0)],
    mostCommentBytes - Buffer.byteLength(markers),
  )
  return markers === '' ? text : `${text}\n${markers}\n`
}

function markersOf(parts: CommentParts): string {
  const findings = sinceMarker(allFindings(parts))
  return [
    ...((parts.rehearsals ?? []).length === 0 ? [] : [rehearsedMarker(parts)]),
    ...(findings === undefined ? [] : [markerLine(findings)]),
  ].join('\n')
}

/** A hidden line of the comment with a rehearsal, by which it is found again for the same commit and verdict. */
export function rehearsedMarker({ verdict, commit }: CommentParts): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([commit, verdict]))
    .digest('hex')
  return markerLine(`rehearsed: ${digest}`)
}

function allFindings({ verdict, rehearsals = [] }: CommentParts): readonly Finding[] {
  return [...verdict.findings, ...rehearsals.flatMap(rehearsal => rehearsal.findings)]
}

function render(parts: CommentParts, rows: number): string {
  const { verdict, rehearsals = [], pages, addressOf, changedFiles, suggested, previous } = parts
  const findings = allFindings(parts)
  const kept = previous === undefined ? undefined : keptFindings(previous)
  const since = kept && changesSince(kept, findings)
  const view = {
    most: rows,
    pages,
    addressOf,
    changedFiles,
    ...(suggested && { suggested }),
    ...(since && { isNew: since.isNew }),
  }
  return renderMarkdown([
    marker(name),
    heading(3, verdictLine(parts, findings)),
    ...merging(parts, rows),
    ...nextStep(parts, findings),
    ...(since ? [paragraph(...since.text)] : []),
    ...findingsList(findings, view),
    ...acceptedList(findings, view),
    ...(rows >= 50 ? reasons(findings) : []),
    ...(rows >= 10 ? stagesOf(verdict.hosts, rows, pages) : []),
    ...rehearsalFailures(rehearsals),
    ...commitLine(parts),
  ])
}

type Readiness = 'refused' | 'unproven' | 'migrate' | 'roll-back' | 'change' | 'nothing'

/** The plans that a merge carries out. */
const possible: ReadonlySet<string> = new Set(['nothing', 'deploy', 'migrate', 'roll-back'])

function readiness({ verdict, rehearsals = [] }: CommentParts, findings: readonly Finding[]): Readiness {
  const plans: readonly string[] = verdict.hosts.map(({ outlook }) => outlook.expected)
  const isRefused = plans.some(plan => !possible.has(plan))
  const isRollback = plans.includes('roll-back') && !plans.includes('deploy') && !plans.includes('migrate')
  // Findings never block a rollback.
  const hasErrors = !isRollback && openFindings(findings).some(({ severity }) => severity === 'error')
  const hasFailed = rehearsals.some(({ verdict: each }) => each === 'would-fail' || each === 'failed')
  if (isRefused || hasErrors || hasFailed) return 'refused'
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

/** The verdict, and the expected downtime where there is one. */
function verdictLine(parts: CommentParts, findings: readonly Finding[]): string {
  const { rehearsals = [] } = parts
  const counts = (before: string) =>
    findings.length === 0 ? '' : `${before}${headline(findings).replace(/^\S+ /, '')}`
  switch (readiness(parts, findings)) {
    case 'refused':
      return `❌ Not ready: ${rehearsedHeadline(findings, rehearsals).replace(/^\S+ /, '')}`
    case 'unproven':
      return `⏳ Not ready yet: the migration has not been rehearsed for this commit${counts('; ')}`
    case 'migrate': {
      const upper = Math.max(0, ...rehearsals.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds))
      const each = rehearsals.length > 1 ? ' per host' : ''
      const downtime = upper > 0 ? `; expected downtime${each}: ${estimateText(upper)}` : ''
      return `✅ Ready to migrate${downtime}${counts('; ')}`
    }
    case 'roll-back':
      return `⚠️ Ready to roll back to Synapse's built-in login${counts(': ')}`
    case 'change':
      return `✅ Ready to deploy${counts(': ')}`
    case 'nothing':
      return `✅ Nothing to do${counts(': ')}`
  }
}

/** What merging does to each host, with its rehearsal. Hosts that stay as they are share a line. */
function merging({ verdict: { hosts }, rehearsals = [] }: CommentParts, rows: number): Document {
  const touched = hosts.filter(({ outlook }) => outlook.expected !== 'nothing')
  const most = Math.max(rows, 1)
  const items = touched.slice(0, most).map(({ host, outlook }) => {
    const rehearsal = rehearsals.find(each => each.host === host)
    return [lines([code(host), `: ${outlook.sentence}`], ...(rehearsal ? [rehearsed(rehearsal)] : []))]
  })
  const known = new Set(hosts.map(({ host }) => host))
  const others = rehearsals.filter(({ host }) => !known.has(host))
  const untouched = hosts.length - touched.length
  return [
    ...list([...items, ...others.map(each => [lines([code(each.host), ': ', ...rehearsed(each)])])]),
    ...notShown(touched.length - items.length, 'host'),
    ...(untouched > 0 && touched.length > 0
      ? [paragraph(`Merging changes nothing on ${plural(untouched, 'other host')}.`)]
      : []),
    ...(touched.length === 0 && hosts.length > 0
      ? [paragraph('Merging changes nothing on any server.')]
      : []),
    ...(hosts.length === 0 ? [paragraph('The inventory has no hosts.')] : []),
  ]
}

const results = {
  clean: 'Rehearsed',
  findings: 'Rehearsed',
  'would-fail': 'The migration would fail',
  failed: 'The rehearsal could not run',
  live: 'Nothing to rehearse',
} as const

function rehearsed(report: RehearsalReport): Text {
  const { verdict, message, counts = {}, expectedWindowSeconds, rehearsedAt } = report
  const at = rehearsedAt === undefined ? '' : ` at ${timeText(rehearsedAt)}`
  const amounts = countsText(counts)
  return [
    `${rehearsalSign(report)} ${results[verdict]}${at}: ${message}`,
    amounts === '' ? '' : ` It would migrate ${amounts}.`,
    expectedWindowSeconds === undefined ? '' : ` Expected downtime: ${estimateText(expectedWindowSeconds)}.`,
  ]
}

/** What a person does next, and who must approve. */
function nextStep(parts: CommentParts, findings: readonly Finding[]): Document {
  const { review, commit } = parts
  const next = strong('Next:')
  switch (readiness(parts, findings)) {
    case 'refused': {
      const isMigration = parts.verdict.hosts.some(({ outlook }) => outlook.expected === 'migrate')
      const isRehearsed = (parts.rehearsals ?? []).length > 0
      const hasFixes = openFindings(findings).some(({ suggestion }) => suggestion)
      return [
        paragraph(
          next,
          ' fix the errors and push a commit, which is checked again. Until then, merging is refused or fails.',
          ...(hasFixes
            ? [' To write all proposed changes, run `npx matrix-auth-actions validate --fix`.']
            : []),
        ),
        ...(isMigration && !isRehearsed ? [notRehearsed] : []),
      ]
    }
    case 'unproven':
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
      return [afterMerge('the migration', findings)]
    case 'roll-back':
      return [
        afterMerge('the rollback', findings),
        paragraph(
          'If users would lose sessions, the rollback is refused and shows their number. It is then started manually with this number.',
        ),
      ]
    case 'change':
      return [afterMerge('the deployment', findings)]
    case 'nothing':
      return []
  }
}

function afterMerge(what: string, findings: readonly Finding[]): Block {
  const hasWarnings = openFindings(findings).some(({ severity }) => severity === 'warning')
  return paragraph(
    strong('Next:'),
    ` ${hasWarnings ? 'read the warnings below, then merge' : 'merge'} this pull request. Then a reviewer of the environment \`matrix-production\` approves ${what}. If the environment has no reviewers, the merge starts it.`,
  )
}

/** Warns the reviewer that the effect of the migration on the server is unknown. */
const notRehearsed = paragraph(
  strong('Not rehearsed.'),
  ' Without a rehearsal of this commit, the migration is refused after the merge.',
)

function rehearsalFailures(rehearsals: readonly RehearsalReport[]): Document {
  const failed = rehearsals.filter(
    ({ verdict, toolOutput }) => verdict === 'would-fail' && toolOutput?.length,
  )
  return failed.flatMap(({ host, toolOutput = [] }) =>
    folded(`What syn2mas printed last on ${host}`, [block(toolOutput.slice(-20).join('\n'))]),
  )
}

/** The comment without a verdict. It replaces an older one, which would be about another commit. */
export function renderNoVerdict(commit: string | undefined, run: string | undefined): string {
  return renderMarkdown([
    marker(name),
    heading(3, '❌ Not checked'),
    paragraph(
      'The check of this commit failed before it had a result. For the cause, see ',
      link('the log of the job', run),
      '.',
    ),
    ...commitLine({ commit }),
  ])
}

function commitLine({
  commit,
  run,
}: {
  readonly commit?: string | undefined
  readonly run?: string
}): Document {
  if (commit === undefined) return []
  return [
    note(
      'Matrix Authentication Service, commit ',
      code(commit),
      '.',
      ...(run === undefined ? [] : [' Details: ', link('the log and the reports', run), '.']),
    ),
  ]
}
