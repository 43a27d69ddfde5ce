import { providersVariable } from '../facts/providers.ts'
import { live } from '../facts/stages.ts'
import { isUnset, switchAt } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_authentication_service_config_passwords_enabled'

export const noWayToLogIn = defineRule({
  id: 'mas/no-way-to-log-in',
  severity: 'error',
  why: 'Password login is off, so users need an upstream provider, and there is none. Once MAS is live, no user can log in.',
  remedy: `Set up a provider in \`${providersVariable}\`, or keep password login on.`,
  examples: {
    wrong: [`${live}${name}: false`, `${live}${name}: false\n${providersVariable}: []`],
    right: [
      live,
      `${live}${name}: true`,
      `${live}${name}: "{{ x }}"`,
      `${live}${name}: false\n${providersVariable}: "{{ x }}"`,
      `${live}${name}: false\n${providersVariable}:\n  - id: 01HFVBY12TMNTYTBV8W921M5FA`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    const { value } = host.variable(providersVariable)
    const isEmpty = value?.kind === 'list' && value.items.length === 0
    if (state !== 'off' || !(isUnset(host, providersVariable) || isEmpty)) return []
    return [{ message: 'password login is off and MAS has no upstream provider', place }]
  },
})
