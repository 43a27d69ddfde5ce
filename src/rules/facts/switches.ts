import type { Host } from '../../inventory/inventory.ts'
import { truthOf } from '../../inventory/value.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'

/** Which services that the playbook can remove are on for a host. Jinja and vaults count as on: they are not evaluated. */
export function switchesOf(host: Host, playbook: PlaybookVariables): ReadonlyMap<string, boolean> {
  return new Map([...playbook.uninstallSwitches()].map(name => [name, isOn(host, name, playbook)]))
}

function isOn(host: Host, name: string, playbook: PlaybookVariables): boolean {
  const { value } = host.variable(name)
  if (value === undefined) return playbook.defaultsOf(name)[0]?.text !== 'false'
  // The conditions of the playbook are `name | bool`: all texts but those of true are false.
  const truth = truthOf(value)
  return truth === true || truth === 'unknown'
}
