import type { Suggestion } from '../../domain/finding.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { dialectOf } from '../../playbook/dialect-variables.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { usersOf } from '../facts/references.ts'
import { switchAt } from '../facts/values.ts'
import { compared, type Written } from '../facts/written.ts'
import { removeVariable, renameVariable } from '../kit/fix.ts'
import { defineRule, type InventoryContext, type Violation } from '../kit/rule.ts'

export const removedVariable = defineRule({
  id: 'playbook/removed-variable',
  severity: 'error',
  needs: 'checkout',
  why: 'The playbook refuses removed variables: the installation stops at the validation of the role.',
  remedy: 'Remove it. The changelog of the playbook describes the replacement.',
  examples: {
    wrong: [
      { vars: 'matrix_synapse_image_force_pull: true', checkout },
      { vars: 'matrix_dimension_enabled: true\nmatrix_synapse_enabled: true', checkout },
      {
        vars: 'matrix_dimension_widgets:\n  - a\n  - b\n\n# a comment\nmatrix_synapse_enabled: true\n',
        checkout,
      },
    ],
    right: [
      { vars: 'matrix_synapse_enabled: true', checkout },
      { vars: 'matrix_synapse_docker_image_name_prefix: "localhost/"', checkout },
      'matrix_dimension_enabled: true',
    ],
  },
  checkAll: compared(removals),
})

type Hosts = InventoryContext['hosts']

function removals(written: Written, playbook: PlaybookVariables, hosts: Hosts): Violation[] {
  const { definition, host, about } = written
  const { name, namePlace: place } = definition
  const rejected = rejectedBy(playbook, name, host)
  if (!rejected || rejected.final) return []
  const { advice } = rejected
  const hint =
    advice === undefined || advice.startsWith('<removed')
      ? ''
      : `; the playbook says: ${advice.replace(/[<>]/g, '')}`
  // A replacement may need the value, so only a variable without one is removed.
  const message = `\`${name}\` was removed from the playbook${hint}`
  const suggestion = hint === '' ? removeVariable(definition) : undefined
  return [
    { message, place, ...about, ...unlessUsed(usersIn(written, hosts), removedVariable.remedy, suggestion) },
  ]
}

export const renamedVariable = defineRule({
  id: 'playbook/renamed-variable',
  severity: 'error',
  needs: 'checkout',
  why: 'The playbook refuses the old name: the installation stops at the validation of the role.',
  remedy: 'Use the new name. If both are set, keep only the new one.',
  examples: {
    wrong: [
      { vars: 'matrix_synapse_docker_image_name_prefix: "localhost/"', checkout },
      { vars: 'matrix_mailer_sender_address: a@example.test', checkout },
      {
        vars: 'matrix_synapse_docker_image_name_prefix: a/\nmatrix_synapse_container_image_registry_prefix: b/',
        checkout,
      },
    ],
    right: [
      { vars: 'matrix_synapse_container_image_registry_prefix: "localhost/"', checkout },
      { vars: 'matrix_synapse_image_force_pull: true', checkout },
      'matrix_synapse_docker_image_name_prefix: "localhost/"',
    ],
  },
  checkAll: compared(renames),
})

function renames(written: Written, playbook: PlaybookVariables, hosts: Hosts): Violation[] {
  const { definition, host, about } = written
  const { name, namePlace: place } = definition
  const final = rejectedBy(playbook, name, host)?.final
  if (!final) return []
  const message = `\`${name}\` was renamed to \`${final.name}\``
  const other = host.variable(final.name).definition
  if (other && !isOfPlaybook(other)) {
    return [{ message: `${message}, which is also set`, place, ...about }]
  }
  const suggestion = final.certain ? renameVariable(definition, final.name) : undefined
  return [
    { message, place, ...about, ...unlessUsed(usersIn(written, hosts), renamedVariable.remedy, suggestion) },
  ]
}

/** On the hosts for which it is written. */
function usersIn({ definition: { name }, host, about }: Written, hosts: Hosts): ReadonlySet<string> {
  const own = about.host === undefined ? hosts : [{ host }]
  return new Set(own.flatMap(each => [...(usersOf(each.host).get(name) ?? [])]))
}

/** What uses the name would stop Ansible, or get another value, once nothing defines it. */
function unlessUsed(
  users: ReadonlySet<string>,
  remedy: string,
  suggestion: Suggestion | undefined,
): Pick<Violation, 'remedy' | 'suggestion'> {
  const [first] = users
  if (first === undefined) return { suggestion }
  const more = users.size > 1 ? ` and ${users.size - 1} more` : ''
  return { remedy: `${remedy} Also change \`${first}\`${more}, which uses this name.` }
}

/** How the playbook replaces a variable that it rejects on this host. */
function rejectedBy(playbook: PlaybookVariables, name: string, host: Host) {
  const replacement = dialectOf(name) ? undefined : playbook.replacement(name)
  const isOff = replacement?.guard !== undefined && switchAt(host, replacement.guard).state === 'off'
  return replacement && !isOff ? { ...replacement, final: finalName(name, playbook) } : undefined
}

/** The last name in a chain of renames; `certain` if a role in the checkout has that variable. */
interface FinalName {
  readonly name: string
  readonly certain: boolean
}

/** `undefined` if the chain ends in a removal or is circular. */
function finalName(old: string, playbook: PlaybookVariables): FinalName | undefined {
  let name = old
  for (let step = 0; step < 10; step += 1) {
    const replacement = playbook.replacement(name)
    if (!replacement) return { name, certain: isThere(name, playbook) }
    const next = replacement.newName(name)
    if (next === undefined) return undefined
    name = next
  }
  return undefined
}

/** Roles of `requirements.yml` may be missing in the checkout. The playbook's own roles, with this prefix, are always there. */
function isThere(name: string, playbook: PlaybookVariables): boolean {
  return playbook.defaultsOf(name).length > 0 || !name.startsWith('matrix_')
}
