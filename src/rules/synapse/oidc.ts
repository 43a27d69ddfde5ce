import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { defineRule } from '../rule.ts'
import { switchAt } from '../switches.ts'

const live = `${enabledVariable}: true\n`
const prepared = `${live}${inProgressVariable}: true\n`
const enabledName = 'matrix_synapse_oidc_enabled'
const providersName = 'matrix_synapse_oidc_providers'
const provider = `${providersName}:\n  - idp_id: example\n    issuer: https://idp.example.test/\n`

export const oidcWhileLive = defineRule({
  id: 'synapse/oidc-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Synapse does not start with its own OpenID Connect beside the delegation to MAS. Today the playbook refuses it; the one of 2024 lets it pass.',
  remedy: `Remove \`${enabledName}\` and \`${providersName}\` in the change that migrates: MAS has the providers by then.`,
  examples: {
    wrong: [`${live}${enabledName}: true`, `${live}${enabledName}: true\n${provider}`],
    right: [
      live,
      `${live}${enabledName}: false`,
      `${live}${enabledName}: "{{ x }}"`,
      `${prepared}${enabledName}: true\n${provider}`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, enabledName)
    return state === 'on'
      ? [{ message: `\`${enabledName}\` is on while MAS is live`, ...(place && { place }) }]
      : []
  },
})

export const oidcLeftOver = defineRule({
  id: 'synapse/oidc-left-over',
  severity: 'warning',
  stages: ['live'],
  why: 'Providers of Synapse have no effect once MAS is live. They hold client secrets, and whoever reads them may take them for what is in use.',
  remedy: `Remove \`${providersName}\`.`,
  examples: {
    wrong: [`${live}${provider}`, `${live}${enabledName}: false\n${provider}`],
    right: [
      live,
      `${live}${providersName}: []`,
      `${prepared}${provider}`,
      `${live}${providersName}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { value, definition } = host.variable(providersName)
    if (!definition || value.kind !== 'list' || value.items.length === 0) return []
    if (switchAt(host, enabledName).state === 'on') return []
    return [{ message: `\`${providersName}\` is left over while MAS is live`, place: definition.namePlace }]
  },
})
