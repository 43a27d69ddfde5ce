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

export interface Addresses {
  /** Of the log of the run. */
  readonly run?: string | undefined
  /** Of the workflow that rehearses. */
  readonly review?: string | undefined
}

/** The comment on a merged pull request: what its merge did to each host. */
export function renderOutcome(
  outcomes: readonly HostOutcome[],
  commit: string,
  { run, review }: Addresses,
): string {
  const log = run === undefined ? 'the log of the run' : `[the log](${run})`
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
    outcomes.some(({ needsRehearsal }) => needsRehearsal) ? howToRehearse(review) : '',
    `<sub>Commit ${markdownCode(commit)}. Details: ${log}.</sub>`,
  )
}

function howToRehearse(review: string | undefined): string {
  const workflow = review === undefined ? 'the workflow that reviews changes' : `[this workflow](${review})`
  return `To rehearse the default branch as it is, start ${workflow} manually. Then run the failed jobs of this run again.`
}
