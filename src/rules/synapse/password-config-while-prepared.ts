import { removeVariable, withFix } from '../fix.ts'
import { delegationVariable } from '../mas/traps.ts'
import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'

const name = 'matrix_synapse_password_config_enabled'
const held = `${prepared}${delegationVariable}: false\n`

export const passwordConfigWhilePrepared = defineRule({
  id: 'synapse/password-config-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'Both tools that migrate read whether Synapse takes passwords as yes or no; text such as `only_for_reauth` stops them before they have done anything.',
  remedy: `Remove the line: with \`${delegationVariable}: false\` the playbook leaves passwords on.`,
  examples: {
    wrong: [`${held}${name}: only_for_reauth`],
    right: [
      held,
      `${held}${name}: true`,
      `${held}${name}: false`,
      `${held}${name}: "{{ x }}"`,
      `${live}${name}: only_for_reauth`,
    ],
  },
  check: ({ host }) => {
    const { state, place, definition } = switchAt(host, name)
    if (definition?.value.kind !== 'string' || state !== 'unclear') return []
    const message = `\`${name}\` is neither on nor off while MAS is prepared`
    return [{ message, ...(place && { place }), ...withFix(removeVariable(definition)) }]
  },
})
