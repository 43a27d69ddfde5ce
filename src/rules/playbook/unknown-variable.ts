import { delegationVariable, inProgressVariable, stageVariables } from '../../domain/variables.ts'
import { dialectOf } from '../../playbook/dialect-variables.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { nearestByLetters, nearestByWords } from '../facts/nearest-name.ts'
import { fileText } from '../facts/source.ts'
import { closedTraps, trapVariables, validatedVersionVariable } from '../facts/variables.ts'
import { type Written, written } from '../facts/written.ts'
import { defineRule, type InventoryContext, live, prepared, type Violation } from '../kit/rule.ts'

const domain = 'matrix_synapse_enabled: true\n'

/** The playbook of 2024 safely ignores these variables of today's playbook. The prepare change contains two of them. */
const harmless = new Set([...trapVariables, validatedVersionVariable])

export const unknownVariable = defineRule({
  id: 'playbook/unknown-variable',
  severity: 'warning',
  why: 'Ansible accepts any variable. A variable that no role uses has no effect, and the intended setting keeps its default. Without a checkout of the playbook, only the names that decide the stage are checked.',
  remedy:
    'Fix its spelling, or remove it. You can define your own variables, but start their names with a prefix that the playbook does not use.',
  examples: {
    wrong: [
      { vars: 'matrix_synapse_enable_registraton: true', checkout },
      { vars: 'matrix_synapse_my_own: 1', checkout },
      { vars: 'exim_relay_sender_adress: a@example.test', checkout },
      { vars: 'mtrix_synapse_enabled: true', checkout },
      `${live}${inProgressVariable.slice(0, -1)}: true`,
      `${live}${inProgressVariable.replace('migration', 'migation')}: true`,
      { vars: `${live}${delegationVariable.replace('service_', 'services_')}: false`, checkout },
    ],
    right: [
      { vars: domain, checkout },
      { vars: 'my_own: 1\nvault_password: invented\nown_matrix_synapse_enable_registration: 1', checkout },
      { vars: 'matrix_my_own: 1\nmatrix_synapse_max_upload_size_mb: "{{ matrix_my_own }}"', checkout },
      { vars: 'matrix_synapse_image_force_pull: true', checkout },
      { vars: 'postgres_password_of_a_role_that_is_not_fetched: invented', checkout },
      {
        files: {
          'inventory/hosts': '[matrix_servers]\n[other]\na.test matrix_synapse_enable_registraton=1\n',
        },
        checkout,
      },
      'matrix_synapse_enable_registraton: true',
      live,
      `${prepared}${closedTraps}`,
      `${live}matrix_authentication_service_admin_api_enabled: true`,
    ],
  },
  checkAll: context => {
    const playbook = context.checkout?.variables
    if (!playbook) return context.checkout ? [] : misspelledSwitches(written(context.hosts))
    const candidates = written(context.hosts)
      .filter(({ definition: { name } }) => isCandidate(name, playbook))
      .toArray()
    if (candidates.length === 0) return []
    const names = new Set(candidates.map(({ definition }) => definition.name))
    for (const name of playbook.mentioned(names)) names.delete(name)
    for (const name of usedBy(context, names)) names.delete(name)
    if (playbook.incomplete) return []
    const known = [...playbook.names()]
    return candidates
      .filter(({ definition }) => names.has(definition.name))
      .flatMap(candidate => violation(candidate, playbook, known))
  },
})

/** Names that closely resemble one that decides the stage. Hosts share names, so each is compared once. */
function misspelledSwitches(all: Generator<Written>): readonly Violation[] {
  const nearest = new Map<string, string | undefined>(stageVariables.map(name => [name, undefined]))
  return all
    .flatMap(({ definition, about }): readonly Violation[] => {
      const { name } = definition
      if (!nearest.has(name)) nearest.set(name, nearestByLetters(name, stageVariables, 2))
      const similar = nearest.get(name)
      if (similar === undefined) return []
      const message = `\`${name}\` has no effect; the closest existing name is \`${similar}\``
      return [{ message, severity: 'error', place: definition.namePlace, ...about }]
    })
    .toArray()
}

function isCandidate(name: string, playbook: PlaybookVariables): boolean {
  if (playbook.defaultsOf(name).length > 0 || harmless.has(name) || dialectOf(name)) return false
  if (/^(?:ansible|vault)_/.test(name) || !/^\w{1,200}$/.test(name)) return false
  return !playbook.replacement(name)
}

/** A name without a prefix of the playbook is the operator's own, unless it closely resembles a playbook variable. */
function violation(
  { definition, about }: Written,
  playbook: PlaybookVariables,
  names: readonly string[],
): Violation[] {
  const { name, namePlace: place } = definition
  const isPlaybookName = hasPlaybookPrefix(name, playbook)
  const maxDistance = isPlaybookName ? Math.max(2, Math.min(4, Math.floor(name.length / 10))) : 2
  const similar = nearestByLetters(name, names, maxDistance)
  const nearest = similar ?? (isPlaybookName ? nearestByWords(name, names) : undefined)
  if (nearest === undefined && !isPlaybookName) return []
  const hint = nearest === undefined ? '' : `; the closest existing name is \`${nearest}\``
  const message = `\`${name}\` is not used by any role of the playbook${hint}`
  const severity = similar !== undefined && stageVariables.includes(similar) ? 'error' : undefined
  return [{ message, severity, place, ...about }]
}

/** Whether a name has the prefix of a role in the checkout. */
function hasPlaybookPrefix(name: string, playbook: PlaybookVariables): boolean {
  return (
    name.startsWith('matrix_') ||
    playbook.roles().some(role => name.startsWith(`${role.replaceAll('-', '_')}_`))
  )
}

/** A name that a value of the inventory uses is the operator's own variable. */
function usedBy({ repository, hosts }: InventoryContext, names: ReadonlySet<string>): readonly string[] {
  const files = new Set(written(hosts).map(({ definition }) => definition.namePlace.file))
  const texts = [...files].map(file => fileText(repository.files, file) ?? '')
  return [...names].filter(name => {
    const use = new RegExp(`\\b${name}\\b(?!["']?\\s*(?::|=(?!=)))`)
    return texts.some(text => text.includes(name) && use.test(text))
  })
}
