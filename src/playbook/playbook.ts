import type { Checkout } from './checkout.ts'
import type { PlaybookConnection } from './environment.ts'
import { printFailures } from './narrate.ts'
import type { PlaybookOutcome } from './outcome.ts'
import { type PlaybookRun, type PlaybookTrust, runPlaybook } from './run.ts'

/** What all playbook runs for one host have in common. */
export interface PlaybookTarget {
  readonly checkout: Checkout
  readonly inventory: string | readonly string[]
  readonly host: string
  readonly extraVars: Readonly<Record<string, unknown>>
  readonly trust: PlaybookTrust
  readonly connection: PlaybookConnection
  readonly vaultPassword?: string
}

/** Replaces the inventory, or overrides variables in it. */
export interface OtherVars {
  readonly inventory?: string | readonly string[]
  readonly extraVars?: Readonly<Record<string, unknown>>
}

export interface HostRun extends Pick<PlaybookRun, 'playbook' | 'tags' | 'timeoutMs' | 'onEvent' | 'onLine'> {
  /** Changes nothing and returns the difference of every file. */
  readonly check?: boolean
  readonly vars?: OtherVars
  /** Receives the start of each task, beside `onEvent`. */
  readonly onTask?: PlaybookRun['onEvent']
}

export interface Playbook {
  readonly target: PlaybookTarget
  run(run: HostRun): Promise<PlaybookOutcome>
}

/**
 * @param print Receives failures and output, unless a run has its own `onEvent`. The lines are untrusted and may contain
 * secrets.
 * @param abort Ends every run, with all processes that it started.
 */
export function playbookFor(
  target: PlaybookTarget,
  print: (text: string) => void,
  abort: AbortSignal | undefined,
): Playbook {
  const { host, inventory, extraVars, ...common } = target
  const { onEvent, onLine } = printFailures(print)
  return {
    target,
    run: ({ check = false, vars = {}, onTask, ...run }) =>
      runPlaybook({
        ...common,
        inventory: vars.inventory ?? inventory,
        limit: host,
        extraVars: { ...extraVars, ...vars.extraVars },
        check,
        diff: check,
        ...(abort === undefined ? {} : { abort }),
        onLine,
        onEvent: event => {
          onTask?.(event)
          onEvent(event)
        },
        ...run,
      }),
  }
}
