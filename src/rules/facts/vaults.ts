import type { Host } from '../../inventory/inventory.ts'
import type { Offence } from '../kit/rule.ts'

const mostNamed = 3

/** Files that are encrypted whole, for a sentence. */
export function vaultsAsText(files: readonly string[]): string {
  const more = files.length > mostNamed ? ` or ${files.length - mostNamed} more` : ''
  const named = files.slice(0, mostNamed)
  return `the vault ${named.map(file => `\`${file}\``).join(' or ')}${more}`
}

/**
 * Whether a variable is written nowhere, as far as can be seen; where a vault file could hold it, with those files, for
 * the offence that misses it. `undefined` where it is written, or a broken file could hold it.
 */
export function missing(host: Host, name: string): Pick<Offence, 'unlessIn'> | undefined {
  const { state, vaults } = host.variable(name)
  return state === 'absent' ? {} : vaults && { unlessIn: vaults }
}
