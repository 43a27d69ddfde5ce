import type { Host } from '../../inventory/inventory.ts'
import type { Violation } from '../kit/rule.ts'

/**
 * Whether a variable is written nowhere, as far as can be seen; where a vault file could hold it, with those files, for
 * the violation that misses it. `undefined` where it is written, or a broken file could hold it.
 */
export function missing(host: Host, name: string): Pick<Violation, 'unlessIn'> | undefined {
  const { state, vaults } = host.variable(name)
  return state === 'absent' ? {} : vaults && { unlessIn: vaults }
}
