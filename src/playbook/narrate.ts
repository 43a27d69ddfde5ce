import type { ModuleResult, PlaybookEvent, TaskResult } from './events.ts'
import type { PlaybookRun } from './run.ts'

/**
 * The log text for an event: changed tasks and failures, and `undefined` for all others. It is untrusted and may contain
 * secrets: mask and escape it before printing. Diffs are never shown, because they contain whole configuration files.
 */
export function narrate(event: PlaybookEvent): string | undefined {
  if (event.kind !== 'result') return undefined
  switch (event.status) {
    case 'changed':
      return `changed      ${event.host}: ${event.task.name}`
    case 'failed':
    case 'unreachable':
      return `${event.status.padEnd(12)} ${event.host}: ${event.task.name}\n${indent(reasonOf(event))}`
    default:
      return undefined
  }
}

/**
 * Prints only failures, for check runs, which otherwise list every file that they would change. `print` receives untrusted
 * text that may contain secrets.
 */
export function printFailures(
  print: (text: string) => void,
): Required<Pick<PlaybookRun, 'onEvent' | 'onLine'>> {
  return {
    onLine: print,
    onEvent: event => {
      const text = event.kind === 'result' && event.status !== 'changed' ? narrate(event) : undefined
      if (text !== undefined) print(text)
    },
  }
}

/** The reason of a failure: the module's message and the command's output, or those of the failed loop items. */
function reasonOf({ result }: TaskResult): string {
  const items = result.items.filter(item => item.status === 'failed')
  return items.length > 0 ? items.map(describe).join('\n') : describe(result)
}

const maxLines = 40

function describe(result: ModuleResult): string {
  const parts = [
    result.message,
    result.rc === undefined ? undefined : `exit code ${result.rc}`,
    tail(result.stderr),
    tail(result.stdout),
  ]
  return parts.filter(Boolean).join('\n')
}

function tail(text: string | undefined): string | undefined {
  return text?.trimEnd().split('\n').slice(-maxLines).join('\n')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n')
}
