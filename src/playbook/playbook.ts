import type { Checkout } from './checkout.ts'
import { tellingFailures } from './narrate.ts'
import type { PlaybookOutcome } from './outcome.ts'
import { type PlaybookRun, type PlaybookTrust, runPlaybook } from './run.ts'

/** The playbook as one host is run with it: what all of its runs share. */
export interface PlaybookTarget {
  readonly checkout: Checkout
  readonly inventory: string | readonly string[]
  readonly host: string
  readonly extraVars: Readonly<Record<string, unknown>>
  readonly trust: PlaybookTrust
  readonly vaultPassword?: string
  /** Folder of `ansible-playbook`; the PATH's where left out. */
  readonly ansibleBin?: string
}

/** Vars other than the inventory's: another inventory, or variables that win over it. */
export interface OtherVars {
  readonly inventory?: string | readonly string[]
  readonly extraVars?: Readonly<Record<string, unknown>>
}

export interface HostRun extends Pick<PlaybookRun, 'tags' | 'timeoutMs' | 'abort' | 'onEvent'> {
  /** Changes nothing, and gives the difference of every file. */
  readonly check?: boolean
  readonly vars?: OtherVars
}

export interface Playbook {
  readonly target: PlaybookTarget
  run(run: HostRun): Promise<PlaybookOutcome>
}

/**
 * @param print Receives failures and output, unless a run has an `onEvent` of its own: untrusted lines that may hold
 * secrets.
 */
export function playbookFor(target: PlaybookTarget, print: (text: string) => void): Playbook {
  const { checkout, host, trust, vaultPassword, ansibleBin } = target
  return {
    target,
    run: ({ check = false, vars = {}, ...run }) =>
      runPlaybook({
        checkout,
        inventory: vars.inventory ?? target.inventory,
        limit: host,
        extraVars: { ...target.extraVars, ...vars.extraVars },
        check,
        diff: check,
        trust,
        ...(vaultPassword === undefined ? {} : { vaultPassword }),
        ...(ansibleBin === undefined ? {} : { ansibleBin }),
        ...tellingFailures(print),
        ...run,
      }),
  }
}
