import { entryOf } from '../../inventory/value.ts'
import { prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import { oidcEnabledVariable, oidcProvidersVariable } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

const synapse = (...lines: readonly string[]) =>
  `${prepared}${oidcEnabledVariable}: true\n${oidcProvidersVariable}:\n  - ${lines.join('\n    ')}\n`
const keys = ['issuer', 'scopes']
const whole = ['idp_id: a', 'issuer: https://idp.example.test/', 'scopes: [openid]']

export const synapseProviderIncomplete = defineRule({
  id: 'providers/synapse-incomplete',
  severity: 'error',
  stages: ['prepared'],
  dialects: ['syn2mas-tool'],
  needs: 'checkout',
  why: "The Node tool also reads Synapse's providers. It stops at a provider without `issuer` or `scopes`, although Synapse has defaults for them.",
  remedy: 'Set both. To keep the default scopes, add `scopes: [openid]`.',
  examples: {
    wrong: [
      {
        vars: synapse('idp_id: a', 'issuer: https://idp.example.test/'),
        checkout: { dialect: 'syn2mas-tool' },
      },
      { vars: synapse('idp_id: a', 'scopes: [openid]'), checkout: { dialect: 'syn2mas-tool' } },
    ],
    right: [
      { vars: synapse(...whole), checkout: { dialect: 'syn2mas-tool' } },
      { vars: synapse('idp_id: a'), checkout: { dialect: 'mas-cli' } },
      {
        vars: synapse('idp_id: a').replace('oidc_enabled: true', 'oidc_enabled: false'),
        checkout: { dialect: 'syn2mas-tool' },
      },
      synapse('idp_id: a'),
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(oidcProvidersVariable)
    const isOn = switchAt(host, oidcEnabledVariable).state === 'on'
    if (!isOn || value?.kind !== 'list') return []
    return value.items.flatMap((item, index) =>
      item.kind !== 'map'
        ? []
        : keys
            .filter(key => !entryOf(item, key))
            .map(key => ({
              message: `provider ${index + 1} of Synapse has no \`${key}\``,
              place: item.place,
            })),
    )
  },
})
