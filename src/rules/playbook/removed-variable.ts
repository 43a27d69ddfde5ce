import { dialectOf } from '../../playbook/dialect-variables.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import { exampleCheckout as checkout } from '../facts/example-checkout.ts'
import { finalName } from '../facts/final-name.ts'
import { switchAt } from '../facts/values.ts'
import { compared, type Written } from '../facts/written.ts'
import { removeVariable } from '../kit/fix.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

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
  checkAll: compared(violations),
})

function violations({ definition, host, about }: Written, playbook: PlaybookVariables): Violation[] {
  const { name, namePlace: place } = definition
  const replacement = dialectOf(name) ? undefined : playbook.replacement(name)
  if (!replacement || finalName(name, playbook)) return []
  if (replacement.guard !== undefined && switchAt(host, replacement.guard).state === 'off') return []
  const { advice } = replacement
  const hint =
    advice === undefined || advice.startsWith('<removed')
      ? ''
      : `; the playbook says: ${advice.replace(/[<>]/g, '')}`
  // A replacement may need the value, so only a variable without one is removed.
  const suggestion = hint === '' ? removeVariable(definition) : undefined
  return [{ message: `\`${name}\` was removed from the playbook${hint}`, place, ...about, suggestion }]
}
