import { enabledVariable } from '../../domain/variables.ts'
import { plainText, switchAt } from '../facts/values.ts'
import { defineRule, live, off, prepared } from '../kit/rule.ts'

const enabledSynapse = 'matrix_synapse_enabled'
const name = 'matrix_homeserver_implementation'

export const otherHomeserver = defineRule({
  id: 'synapse/other-homeserver',
  severity: 'error',
  why: 'Only Synapse can delegate to MAS, and syn2mas reads only accounts of Synapse. With another homeserver, MAS is not used.',
  remedy: `Set \`${enabledVariable}: false\`. MAS supports only Synapse.`,
  examples: {
    wrong: [`${prepared}${name}: dendrite`, `${live}${name}: conduit`, `${live}${enabledSynapse}: false`],
    right: [live, `${live}${name}: synapse`, `${live}${name}: "{{ x }}"`, `${off}${name}: continuwuity`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, enabledSynapse)
    if (state === 'off') return [{ message: `MAS is enabled, but \`${enabledSynapse}\` is off`, place }]
    const chosen = plainText(host, name)
    if (!chosen || chosen.text === 'synapse') return []
    return [{ message: `MAS is enabled, but \`${name}\` is not \`synapse\``, place: chosen.value.place }]
  },
})
