import type { OurFacts, ServerFacts } from '../domain/server-facts.ts'
import { startOperation } from '../domain/start-apply.ts'
import { serverProgram } from '../server/window/window.ts'
import { capitalised } from '../support/capitalised.ts'
import { ToolkitError } from '../support/errors.ts'

/**
 * What an earlier run left on the server that prevents other work, and how to remove it; undefined where there is nothing. Only
 * meaningful while no run is alive.
 */
export function unfinished({ open, hold }: OurFacts): { what: string; remedy: string } | undefined {
  if (open !== undefined) {
    return {
      what: 'A run on the server is unfinished, and its program is not running.',
      remedy: `${capitalised(startOperation('resume'))}. It ends the run: the server restores its previous state, unless the run was complete. Or run on the server: \`${serverProgram} restore\``,
    }
  }
  if (!hold) return undefined
  return {
    what: 'matrix-auth-actions prevents Synapse from starting (the hold is on).',
    remedy: `Run on the server: \`${serverProgram} uninstall && systemctl start matrix-synapse\``,
  }
}

/** @throws ToolkitError `refused-state`. */
export function requireNothingUnfinished({ host, ours }: Pick<ServerFacts, 'host' | 'ours'>): void {
  const left = unfinished(ours)
  if (left) throw new ToolkitError({ reason: 'refused-state', where: host, ...left })
}
