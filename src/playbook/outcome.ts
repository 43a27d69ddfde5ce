import type { PlaybookEvent, PlayStats, TaskResult } from './events.ts'

/** What one run of the playbook came to. Its results hold secrets and untrusted text. */
export interface PlaybookOutcome {
  /** Ansible's exit code; `null` where it was ended by a signal. 2 says that a task failed, 4 that a host was unreachable. */
  readonly code: number | null
  readonly results: readonly TaskResult[]
  readonly stats: PlayStats['hosts']
  /** What Ansible wrote on standard error: warnings and errors before the first task. */
  readonly stderr: string
  /** Lines of standard output that are no events, such as what Ansible says of a bad option. */
  readonly otherOutput: readonly string[]
  readonly seconds: number
}

/** The result of the one command whose words hold all of `needles`: a tag that ran nothing exits with 0 as well. */
export function commandResult(
  outcome: Pick<PlaybookOutcome, 'results'>,
  needles: readonly string[],
  host?: string,
): TaskResult | undefined {
  return outcome.results.findLast(
    result =>
      (host === undefined || result.host === host) &&
      result.status !== 'skipped' &&
      result.result.command !== undefined &&
      holdsAll(result.result.command.join(' '), needles),
  )
}

function holdsAll(command: string, needles: readonly string[]): boolean {
  return needles.every(needle => command.includes(needle))
}

/** Failed and unreachable results that ended their host's play; the ignored and rescued ones are left out by the stats. */
export function fatalResults(outcome: Pick<PlaybookOutcome, 'results' | 'stats'>): TaskResult[] {
  return Object.entries(outcome.stats).flatMap(([host, stats]) => {
    const bad = outcome.results.filter(
      result => result.host === host && (result.status === 'failed' || result.status === 'unreachable'),
    )
    const fatal = stats.failures + stats.unreachable
    return fatal > 0 ? bad.slice(-fatal) : []
  })
}

export function collect(events: readonly PlaybookEvent[]): Pick<PlaybookOutcome, 'results' | 'stats'> {
  return {
    results: events.filter(event => event.kind === 'result'),
    stats: events.findLast(event => event.kind === 'stats')?.hosts ?? {},
  }
}
