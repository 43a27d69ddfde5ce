import { dialectOf } from '../../playbook/dialect-variables.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { finalName } from '../facts/final-name.ts'
import { switchAt } from '../facts/values.ts'
import { compared, type Written } from '../facts/written.ts'
import { renameVariable } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

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
  checkAll: compared(violations),
})

function violations({ definition, host, about }: Written, playbook: PlaybookVariables): Violation[] {
  const { name, namePlace: place } = definition
  const replacement = dialectOf(name) ? undefined : playbook.replacement(name)
  const next = replacement?.newName(name)
  if (!replacement || next === undefined || isOff(host, replacement.guard)) return []
  const final = finalName(name, playbook)
  if (final === undefined) return []
  const message = `\`${name}\` was renamed to \`${final.name}\``
  if (host.variable(final.name).definition?.source.startsWith('playbook_') === false) {
    return [{ message: `${message}, which is also set`, place, ...about }]
  }
  const suggestion = final.certain ? renameVariable(definition, final.name) : undefined
  return [{ message, place, ...about, suggestion }]
}

function isOff(host: Written['host'], guard: string | undefined): boolean {
  return guard !== undefined && switchAt(host, guard).state === 'off'
}
