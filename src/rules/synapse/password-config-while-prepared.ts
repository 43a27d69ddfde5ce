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
  why: 'Until the migration Synapse checks passwords itself. With this off nobody can log in with one; and text such as `only_for_reauth` stops both tools that migrate, which cannot read it.',
  remedy: `Remove the line: with \`${delegationVariable}: false\` the playbook leaves passwords on.`,
  examples: {
    wrong: [`${held}${name}: false`, `${held}${name}: only_for_reauth`],
    right: [held, `${held}${name}: true`, `${held}${name}: "{{ x }}"`, `${live}${name}: false`],
  },
  check: ({ host }) => {
    const { state, place, definition } = switchAt(host, name)
    const isText = definition?.value.kind === 'string' && state === 'unclear'
    if (state !== 'off' && !isText) return []
    const message = `\`${name}\` is ${isText ? 'neither on nor off' : 'off'} while MAS is prepared`
    return [{ message, ...(place && { place }), ...withFix(removeVariable(definition)) }]
  },
})
