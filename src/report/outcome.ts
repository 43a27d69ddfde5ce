import type { HostOutcome } from '../domain/reports.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { sections, table } from './markdown.ts'

/** The first line of the comment with the outcome of a merge, by which it is found again. */
export const outcomeMarker = '<!-- matrix-auth-actions: outcome -->'

const operations: Readonly<Record<HostOutcome['operation'], string>> = {
  plan: 'plan',
  migrate: 'migration',
  resume: 'end of an unfinished run',
  rollback: 'rollback',
  status: 'status',
  deploy: 'deployment',
}

/** The comment on a merged pull request: what its merge did to each host. */
export function renderOutcome(
  outcomes: readonly HostOutcome[],
  commit: string,
  runAddress: string | undefined,
): string {
  const log = runAddress === undefined ? 'the log of the run' : `[the log](${runAddress})`
  const isDone = outcomes.length > 0 && outcomes.every(({ ok }) => ok)
  const rows = outcomes.map(({ host, operation, ok, sentence }) => [
    host === '' ? 'all' : markdownCode(host),
    operations[operation],
    `${ok ? '✅' : '❌'} ${markdownSentence(sentence)}`,
  ])
  return sections(
    outcomeMarker,
    `### Matrix Authentication Service: ${isDone ? '✅ The merge was applied' : '❌ The merge was not applied completely'}`,
    rows.length > 0
      ? table(['Host', 'Operation', 'Result'], rows)
      : 'The run ended before it did anything: it was cancelled, not approved, or replaced by a newer run.',
    `<sub>Commit ${markdownCode(commit)}. Details: ${log}.</sub>`,
  )
}
