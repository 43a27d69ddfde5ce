import { lossTexts } from '../domain/losses.ts'
import {
  type MigrationReport,
  type Proof,
  restoresBuiltInLogin,
  type StepReport,
  type VarsToRestore,
} from '../domain/reports.ts'
import { stepText } from '../domain/steps.ts'
import { inProgressVariable } from '../domain/variables.ts'
import { markdownBlock, markdownCode, markdownSentence } from '../support/escape.ts'
import { sections, table } from './markdown.ts'

const operations = {
  migrate: 'Migration of',
  rollback: 'Rollback of',
  repair: 'Cleanup of',
  resume: 'Unfinished run on',
} as const
const proofMarks = { holds: '✅ proven', fails: '❌ failed', skipped: '➖ skipped' } as const
const checkMarks = { ...proofMarks, holds: '✅ passed', fails: '⚠️ failed; nothing is restored' } as const
const results = { done: 'done', failed: '❌ failed' } as const

/** The job summary of a run, as Markdown. */
export function renderMigration(report: MigrationReport, toRestore?: VarsToRestore): string {
  const { host, operation, failure, proofs, checks, steps, warnings } = report
  return sections(
    `## ${operations[operation]} ${markdownCode(host)}: ${outcomeOf(report)}`,
    failure === undefined ? '' : failureText(failure),
    toRestore === undefined ? '' : howToRestore(report, toRestore),
    times(report),
    lost(report),
    proofsTable('Proof', proofs, proofMarks),
    proofsTable('Check after the migration', checks, checkMarks),
    steps.length > 0 ? stepsTable(steps) : '',
    warnings.map(warning => `- ⚠️ ${markdownSentence(warning)}`).join('\n'),
  )
}

/** The error, with each of its parts on a line. */
function failureText(failure: string): string {
  const [what = '', ...parts] = failure.split('\n')
  return sections(
    `**${markdownSentence(what)}**`,
    parts.map(part => `- ${markdownSentence(part)}`).join('\n'),
  )
}

function outcomeOf({ operation, resumed, outcome }: MigrationReport): string {
  switch (outcome) {
    case 'migrated':
      return '✅ migrated'
    case 'rolled-back':
      return (resumed ?? operation) === 'repair' ? "✅ MAS's database is empty again" : '✅ rolled back'
    case 'restored':
      return `❌ ${operation === 'resume' ? 'it had failed' : 'failed'}; the server is as before`
    case 'abandoned':
      return '❌ stopped before anything changed for users'
    case 'unknown':
      return '❓ result unknown; the server continues without the runner'
  }
}

/** The result in one sentence, such as `Migrated; downtime for users: 4.2 s.` */
export function migrationSentence(report: MigrationReport): string {
  const result = outcomeOf(report).replace(/^\S+ /, '')
  const downtime =
    report.windowSeconds === undefined ? '' : `; downtime for users: ${seconds(report.windowSeconds)}`
  return `${result.charAt(0).toUpperCase()}${result.slice(1)}${downtime}.`
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

function lost(report: MigrationReport): string {
  if (!report.lost) return ''
  const items = lossTexts(report.lost).map(text => `- ${markdownSentence(text)}`)
  const isDone = restoresBuiltInLogin(report)
  if (items.length === 0) return isDone ? 'Users changed nothing in MAS, so nothing was lost.' : ''
  const head = isDone
    ? 'These changes that users made in MAS were discarded:'
    : 'A rollback discards these changes that users made in MAS:'
  return sections(head, items.join('\n'))
}

function proofsTable(
  title: string,
  proofs: readonly Proof[],
  marks: Readonly<Record<Proof['result'], string>>,
): string {
  if (proofs.length === 0) return ''
  return table(
    [title, 'Result', 'Details'],
    proofs.map(({ name, result, detail }) => [
      markdownSentence(name),
      marks[result],
      markdownSentence(detail),
    ]),
  )
}

function stepsTable(steps: readonly StepReport[]): string {
  return table(
    ['Step', 'Duration', 'Result'],
    steps.map(({ name, seconds: took, result }) => [
      markdownSentence(stepText(name)),
      took === undefined ? '' : seconds(took),
      results[result],
    ]),
  )
}

function howToRestore({ host, outcome }: MigrationReport, toRestore: VarsToRestore): string {
  const isOver = outcome !== 'restored'
  return renderRestoration(
    host,
    toRestore,
    isOver ? 'Open' : 'If you want to deploy something else before you migrate again, open',
  )
}

/** That the default branch no longer matches the server. */
export function differs(host: string): string {
  return `The vars of ${markdownCode(host)} ask for a live MAS, but the server uses Synapse's built-in login.`
}

/** How to make the vars match a server that was rolled back. */
export function renderRestoration(
  host: string,
  { lines, file, patch }: VarsToRestore,
  open = 'Open',
): string {
  const where = file === undefined ? `the vars of ${markdownCode(host)}` : markdownCode(file)
  const paste = patch === undefined ? '' : ' To set them, paste this in a clone of the default branch:'
  return sections(
    `${differs(host)} ${open} a pull request that restores these lines in ${where}.${paste}`,
    markdownBlock(patch === undefined ? lines.join('\n') : `git apply --unidiff-zero <<'END'\n${patch}\nEND`),
    otherLines,
  )
}

/** What no program can know: the lines of the migrate pull request. */
export const otherLines = sections(
  'Also restore the other lines that the migrate pull request removed, such as `matrix_synapse_oidc_*`. Without them, the next deployment removes these login providers from Synapse, and their accounts can no longer log in. This command shows the commit that removed them:',
  markdownBlock(`git log -1 -p -S ${inProgressVariable}`),
)
