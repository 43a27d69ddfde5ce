import {
  enabledVariable,
  inProgressVariable,
  schemesVariable,
  stageVariables,
} from '../../domain/variables.ts'
import { type Definition, isOfInventoryGroup, isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { hostnameVariable, pathPrefixVariable } from './hostname.ts'

import { written } from './written.ts'

/** Variables that the playbook's own `group_vars/matrix_servers` sets. They matter most, so they are known without a checkout. */
export const setByPlaybook: ReadonlySet<string> = new Set([
  ...stageVariables.filter(name => !name.endsWith('_in_progress')),
  schemesVariable,
  hostnameVariable,
  pathPrefixVariable,
])

/** Whether a definition for a group has no effect, because the playbook's own `group_vars` override it for this host. */
export function isOverruled(host: Host, definition: Definition): boolean {
  if (!isOfInventoryGroup(definition)) return false
  const winner = host.variable(definition.name).definition
  return winner === undefined || isOfPlaybook(winner)
}

/** The switch of a host beside which new lines have an effect: beside one of a group, the playbook would overrule them. */
export function ownSwitch(host: Host): Definition | undefined {
  return [inProgressVariable, enabledVariable]
    .flatMap(name => host.variable(name).definition ?? [])
    .find(definition => !isOfInventoryGroup(definition) && !isOfPlaybook(definition))
}

/** Whether the inventory sets a variable only where it has no effect. */
export function isSetInVain(host: Host, name: string): boolean {
  return written([{ host }], new Set([name])).some(({ definition }) => isOverruled(host, definition))
}
