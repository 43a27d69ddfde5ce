import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { defineRule, type RuleContext } from '../rule.ts'
import { switchAt } from '../switches.ts'

const live = `${enabledVariable}: true\n`
const prepared = `${live}${inProgressVariable}: true\n`
const off = `${enabledVariable}: false\n`
const variables = ['shared_secret_auth', 'rest_auth', 'ldap'].map(
  kind => `matrix_synapse_ext_password_provider_${kind}_enabled`,
)

function offences({ host }: RuleContext, what: string) {
  return variables.flatMap(variable => {
    const { state, place } = switchAt(host, variable)
    return state === 'on' ? [{ message: `\`${variable}\` ${what}`, ...(place && { place }) }] : []
  })
}

export const passwordProviderWhileLive = defineRule({
  id: 'synapse/password-provider-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS it authenticates nobody itself: the playbook refuses its password providers, and Synapse does not start with them.',
  remedy: 'Set it to `false` or remove the line in the change that migrates.',
  examples: {
    wrong: variables.map(variable => `${live}${variable}: true`),
    right: variables.flatMap(variable => [
      `${live}${variable}: false`,
      `${live}${variable}: "{{ x }}"`,
      `${prepared}${variable}: true`,
      `${off}${variable}: true`,
    ]),
  },
  check: context => offences(context, 'is on while MAS is live'),
})

export const passwordProviderWhilePrepared = defineRule({
  id: 'synapse/password-provider-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS has no such provider, and syn2mas does not notice this one: accounts whose password only the provider knows cannot log in after the migration, and bridges that log in by shared secret need another way.',
  remedy:
    'It may stay on until the migration. Before that, see which accounts and bridges rely on it, and give them a password, an upstream provider or appservice login.',
  examples: {
    wrong: variables.map(variable => `${prepared}${variable}: true`),
    right: variables.flatMap(variable => [
      `${prepared}${variable}: false`,
      `${live}${variable}: true`,
      `${off}${variable}: true`,
    ]),
  },
  check: context => offences(context, 'is on, and MAS will not have it after the migration'),
})
