import { failureLine, reasonAtEnd } from '../support/lines.ts'
import { createMasker } from '../support/redaction.ts'
import type { ModuleResult, PlaybookEvent, PlayStats, TaskResult } from './events.ts'

/** The result of one playbook run. It contains secrets and untrusted text. */
export interface PlaybookOutcome {
  /** Ansible's exit code, or `null` if a signal ended it. 2: a task failed. 4: a host was unreachable. */
  readonly code: number | null
  readonly results: readonly TaskResult[]
  readonly stats: PlayStats['hosts']
  /** Ansible's standard error: warnings, and errors before the first task. */
  readonly stderr: string
  /** Lines of standard output other than events, such as the message for a bad option. */
  readonly otherOutput: readonly string[]
  readonly seconds: number
}

/** The result of the last command that contains all of `needles`. Proves that a tag ran: Ansible also exits with 0 without it. */
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

/** Failed and unreachable results that ended their host's play. The statistics exclude ignored and rescued ones. */
export function fatalResults(outcome: Pick<PlaybookOutcome, 'results' | 'stats'>): TaskResult[] {
  return Object.entries(outcome.stats).flatMap(([host, stats]) => {
    const bad = outcome.results.filter(
      result => result.host === host && (result.status === 'failed' || result.status === 'unreachable'),
    )
    const fatal = stats.failures + stats.unreachable
    return fatal > 0 ? bad.slice(-fatal) : []
  })
}

/** What has the shape of a secret in a whole text can have none in one line of it, or after other words. */
const { mask } = createMasker()

/**
 * Why a playbook run failed, as the end of a sentence with its colon and full stop: the failed task with its reason, or what Ansible
 * itself printed. Only a full stop if it gave no reason. It is untrusted. Text with the shape of a secret is masked, but not a secret that only a server knows.
 */
export function failureOf(
  outcome: Pick<PlaybookOutcome, 'results' | 'stats' | 'stderr' | 'otherOutput'>,
): string {
  const failure = fatalResults(outcome)[0] ?? outcome.results.findLast(({ status }) => status === 'failed')
  if (failure) return reasonAtEnd([failure.task.name, reasonIn(failure.result)].filter(Boolean).join(': '))
  const text = failureLine(mask(`${outcome.stderr}\n${outcome.otherOutput.join('\n')}`))
  return reasonAtEnd(text.replace(/^(?:ERROR!|\[ERROR\]:) /, ''))
}

/** The module's message, or the error that its command printed: Ansible's own message says only that there is one. */
function reasonIn({ message = '', rc, stderr = '', stdout = '', items }: ModuleResult): string {
  const [item] = items.filter(({ status }) => status === 'failed')
  if (item) return reasonIn(item)
  const printed = failureLine(mask(stderr)) || failureLine(mask(stdout))
  const isOnlyCode = message === '' || message.startsWith('non-zero return code')
  if (isOnlyCode && printed !== '') return printed
  return isOnlyCode && rc !== undefined ? `exit code ${rc}` : mask(message)
}

export function collect(events: readonly PlaybookEvent[]): Pick<PlaybookOutcome, 'results' | 'stats'> {
  return {
    results: events.filter(event => event.kind === 'result'),
    stats: events.findLast(event => event.kind === 'stats')?.hosts ?? {},
  }
}
