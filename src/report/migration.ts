import { markdownBlock, markdownCode, markdownSentence } from '../support/escape.ts'
import { table } from './markdown.ts'

/** What the summary tells of a migration; its whole report is the JSON. */
export interface MigrationSummary {
  readonly host: string
  readonly operation: string
  readonly outcome: string
  readonly windowSeconds?: number
  readonly syn2masSeconds?: number
  readonly overheadSeconds?: number
  readonly steps: readonly { readonly name: string; readonly seconds: number; readonly result: string }[]
  readonly proofs: readonly { readonly name: string; readonly result: string; readonly detail: string }[]
  readonly lost?: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
  readonly failure?: string
}

/** Lines of vars, and where vars of that kind stand, where that is known. */
export interface VarsToPutBack {
  readonly lines: readonly string[]
  readonly file?: string
}

const seconds = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(1)} s`)
const marks: Readonly<Record<string, string>> = { holds: '✅', fails: '❌', skipped: '➖' }

/** The job's summary of a migration, a rollback or a resumed run, as Markdown. */
export function renderMigration(report: MigrationSummary, putBack?: VarsToPutBack): string {
  const { host, operation, outcome, windowSeconds, syn2masSeconds, overheadSeconds } = report
  const times = [
    ['Window', seconds(windowSeconds)],
    ['of it syn2mas', seconds(syn2masSeconds)],
    ['of it ours', seconds(overheadSeconds)],
  ].filter(([, time]) => time !== '')
  const lost = Object.entries(report.lost ?? {}).map(
    ([what, count]) => `- ${count} ${markdownSentence(what)}`,
  )
  return [
    `## ${markdownSentence(operation)} of ${markdownCode(host)}: ${markdownSentence(outcome)}`,
    report.failure === undefined ? '' : `**${markdownSentence(report.failure)}**`,
    putBack === undefined ? '' : whatToPutBack(putBack),
    times.length > 0 ? table(['', ''], times) : '',
    lost.length > 0 ? `Lost by going back:\n\n${lost.join('\n')}` : '',
    report.proofs.length > 0
      ? table(
          ['', 'Proof', 'Seen'],
          report.proofs.map(({ name, result, detail }) => [
            marks[result] ?? result,
            markdownSentence(name),
            markdownSentence(detail),
          ]),
        )
      : '',
    table(
      ['Step', 'Took', ''],
      report.steps.map(step => [
        markdownSentence(step.name),
        seconds(step.seconds),
        markdownSentence(step.result),
      ]),
    ),
    report.warnings.map(warning => `- ⚠️ ${markdownSentence(warning)}`).join('\n'),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function whatToPutBack({ lines, file }: VarsToPutBack): string {
  const where = file === undefined ? 'the vars' : markdownCode(file)
  return `The vars ask for a live MAS, and the server is on its own login again. For the repository to say what the server is, put these lines back into ${where}, in a pull request, with whatever the migrating one took out besides (such as \`matrix_synapse_oidc_*\`: accounts that log in by it cannot without):\n\n${markdownBlock(lines.join('\n'))}`
}
