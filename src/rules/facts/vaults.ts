import type { Host } from '../../inventory/inventory.ts'
import type { Violation } from '../kit/rule.ts'

/**
 * Whether a variable is not set in plain text. If vault files could contain it, the result names them for the
 * violation. `undefined` if the variable is set, or if a broken file could contain it.
 */
export function missing(host: Host, name: string): Pick<Violation, 'unlessIn'> | undefined {
  const { state, vaults } = host.variable(name)
  return state === 'absent' ? {} : vaults && { unlessIn: vaults }
}
