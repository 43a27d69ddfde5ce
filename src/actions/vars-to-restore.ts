import type { VarsToRestore } from '../domain/reports.ts'
import { enabledVariable } from '../domain/variables.ts'
import type { Host } from '../inventory/inventory.ts'
import { switchPatch } from '../inventory/patch.ts'
import { preparedVariables } from '../migration/run/server.ts'
import type { Checkout } from '../playbook/checkout.ts'
import type { FileReader } from '../support/files/files.ts'

/** Lines that make vars that ask for a live MAS match a server with Synapse's built-in login. */
export function varsToRestore(checkout: Checkout, host: Host, files: FileReader): VarsToRestore {
  const switches = preparedVariables(checkout)
  const lines = Object.entries(switches).map(([name, value]) => `${name}: ${value}`)
  const patch = switchPatch(host, switches, enabledVariable, files)
  const file = host.variable(enabledVariable).value?.place.file
  return { lines, ...(file !== undefined && { file }), ...(patch !== undefined && { patch }) }
}
