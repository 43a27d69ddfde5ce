import type { MigrationReport, VarsToRestore } from '../domain/reports.ts'
import { markdownBlock, markdownCode, markdownSentence } from '../support/escape.ts'
import { table } from './markdown.ts'

const seconds = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(1)} s`)
const marks: Readonly<Record<string, string>> = { holds: '✅', fails: '❌', skipped: '➖' }

/** The job summary of a migration, a rollback or a resumed run, as Markdown. */
export function renderMigration(report: MigrationReport, toRestore?: VarsToRestore): string {
  const { host, operation, outcome, windowSeconds, syn2masSeconds, overheadSeconds } = report
  const times = [
    ['Downtime', seconds(windowSeconds)],
    ['of which syn2mas', seconds(syn2masSeconds)],
    ['of which everything else', seconds(overheadSeconds)],
  ].filter(([, time]) => time !== '')
  const lost = Object.entries(report.lost ?? {}).map(
    ([what, count]) => `- ${count} ${markdownSentence(what)}`,
  )
  return [
    `## ${markdownSentence(operation)} of ${markdownCode(host)}: ${markdownSentence(outcome)}`,
    report.failure === undefined ? '' : `**${markdownSentence(report.failure)}**`,
    toRestore === undefined ? '' : howToRestore(toRestore),
    times.length > 0 ? table(['', ''], times) : '',
    lost.length > 0 ? `Lost by the rollback:\n\n${lost.join('\n')}` : '',
    report.proofs.length > 0
      ? table(
          ['', 'Proof', 'Result'],
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

function howToRestore({ lines, file }: VarsToRestore): string {
  const where = file === undefined ? 'the vars' : markdownCode(file)
  return `The vars still ask for a live MAS, but the server uses Synapse's built-in login again. Open a pull request that restores these lines in ${where}, and every other line that the migrating pull request removed, such as \`matrix_synapse_oidc_*\` (accounts that log in through it cannot log in without it):\n\n${markdownBlock(lines.join('\n'))}`
}
