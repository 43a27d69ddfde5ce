import type { MigrationReport, Proof, VarsToRestore } from '../domain/reports.ts'
import { markdownBlock, markdownCode, markdownSentence } from '../support/escape.ts'
import { sections, table } from './markdown.ts'

const operations = { migrate: 'Migration', rollback: 'Rollback', resume: 'Resumed run' } as const
const marks = { holds: '✅ proven', fails: '❌ failed', skipped: '➖ skipped' } as const
const results = { done: 'done', failed: '❌ failed' } as const
/** What users lose by a rollback, by its name in the report. */
const losses: Readonly<Record<string, string>> = {
  sessions: 'sessions that were created in MAS',
  accounts: 'accounts that were created in MAS',
  passwords: 'passwords that were set in MAS',
  accountsLocked: 'locks of accounts that were set in MAS',
  sessionsEnded: 'log-outs in MAS (the sessions may be active again)',
  oauthSessions: 'OAuth sessions that were created in MAS',
}

/** The job summary of a migration, a rollback or a resumed run, as Markdown. */
export function renderMigration(report: MigrationReport, toRestore?: VarsToRestore): string {
  const { host, operation, failure, proofs, warnings } = report
  return sections(
    `## ${operations[operation]} of ${markdownCode(host)}: ${outcomeOf(report)}`,
    failure === undefined ? '' : `**${markdownSentence(failure)}**`,
    toRestore === undefined ? '' : howToRestore(toRestore),
    times(report),
    lost(report),
    proofs.length > 0 ? proofsTable(proofs) : '',
    table(
      ['Step', 'Duration', 'Result'],
      report.steps.map(step => [markdownSentence(step.name), seconds(step.seconds), results[step.result]]),
    ),
    warnings.map(warning => `- ⚠️ ${markdownSentence(warning)}`).join('\n'),
  )
}

function outcomeOf({ outcome }: MigrationReport): string {
  switch (outcome) {
    case 'migrated':
      return '✅ migrated'
    case 'rolled-back':
      return '✅ rolled back'
    case 'restored':
      return '❌ failed; the server is as before'
    case 'abandoned':
      return '❌ stopped before anything changed for users'
    case 'unknown':
      return '❓ result unknown; the server continues without the runner'
  }
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

function times({
  windowSeconds,
  expectedWindowSeconds,
  syn2masSeconds,
  overheadSeconds,
}: MigrationReport): string {
  if (windowSeconds === undefined) return ''
  const parts = [
    ...(expectedWindowSeconds === undefined
      ? []
      : [`expected ${(expectedWindowSeconds / 2).toFixed(1)} to ${seconds(expectedWindowSeconds)}`]),
    ...(syn2masSeconds === undefined ? [] : [`syn2mas took ${seconds(syn2masSeconds)}`]),
    ...(overheadSeconds === undefined ? [] : [`everything else took ${seconds(overheadSeconds)}`]),
  ]
  return `Downtime for users: **${seconds(windowSeconds)}**${parts.length > 0 ? ` (${parts.join(', ')})` : ''}.`
}

function lost({ lost }: MigrationReport): string {
  if (lost === undefined) return ''
  const items = Object.entries(lost)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `- ${count} ${markdownSentence(losses[name] ?? name)}`)
  return items.length > 0
    ? `These changes that users made in MAS are discarded:\n\n${items.join('\n')}`
    : 'Users changed nothing in MAS, so nothing is discarded.'
}

function proofsTable(proofs: readonly Proof[]): string {
  return table(
    ['Proof', 'Result', 'Details'],
    proofs.map(({ name, result, detail }) => [
      markdownSentence(name),
      marks[result],
      markdownSentence(detail),
    ]),
  )
}

function howToRestore({ lines, file }: VarsToRestore): string {
  const where = file === undefined ? 'the vars' : markdownCode(file)
  return `The vars still ask for a live MAS, but the server uses Synapse's built-in login again. Open a pull request that restores these lines in ${where}. Also restore the other lines that the migrate pull request removed, such as \`matrix_synapse_oidc_*\`. Accounts that log in through these providers cannot log in without them.\n\n${markdownBlock(lines.join('\n'))}`
}
