import type { ModuleResult, PlaybookEvent, TaskResult } from './events.ts'
import type { PlaybookRun } from './run.ts'

/**
 * What a person sees of an event while the playbook runs: changed tasks and failures; nothing for the rest. Not masked and
 * not escaped: whoever prints it does both. Diffs are never shown: they hold whole configuration files.
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
 * For a run of which only failures are told: a check run names every file that it would change. What `print` gets is
 * untrusted and holds secrets, as above.
 */
export function tellingFailures(
  print: (text: string) => void,
): Required<Pick<PlaybookRun, 'onEvent' | 'onLine'>> {
  return {
    onLine: print,
    onEvent: event => {
      const said = event.kind === 'result' && event.status !== 'changed' ? narrate(event) : undefined
      if (said !== undefined) print(said)
    },
  }
}

/** Why a task failed, in the words of its module, its command's outputs, or the items of its loop. */
export function reasonOf({ result }: TaskResult): string {
  const items = result.items.filter(item => item.status === 'failed')
  return items.length > 0 ? items.map(wordsOf).join('\n') : wordsOf(result)
}

const mostLines = 40

function wordsOf(result: ModuleResult): string {
  const parts = [
    result.message,
    result.rc === undefined ? undefined : `exit code ${result.rc}`,
    tail(result.stderr),
    tail(result.stdout),
  ]
  return parts.filter(Boolean).join('\n')
}

function tail(text: string | undefined): string | undefined {
  return text?.trimEnd().split('\n').slice(-mostLines).join('\n')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map(line => `    ${line}`)
    .join('\n')
}
