import { entryOf } from '../../inventory/value.ts'
import { prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import { oidcEnabledVariable, oidcProvidersVariable } from '../facts/variables.ts'
import { defineRule } from '../kit/rule.ts'

const synapse = (...lines: readonly string[]) =>
  `${prepared}${oidcEnabledVariable}: true\n${oidcProvidersVariable}:\n  - ${lines.join('\n    ')}\n`
const keys = ['issuer', 'scopes']
const checkout = { dialect: 'syn2mas-tool' } as const
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
      { vars: synapse('idp_id: a', 'issuer: https://idp.example.test/'), checkout },
      { vars: synapse('idp_id: a', 'scopes: [openid]'), checkout },
    ],
    right: [
      { vars: synapse(...whole), checkout },
      { vars: synapse('idp_id: a'), checkout: { dialect: 'mas-cli' } },
      { vars: synapse('idp_id: a').replace('oidc_enabled: true', 'oidc_enabled: false'), checkout },
      synapse('idp_id: a'),
    ],
  },
  check: ({ host }) => {
    const { value } = host.variable(oidcProvidersVariable)
    const isOn = switchAt(host, oidcEnabledVariable).state === 'on'
    if (!isOn || value?.kind !== 'list') return []
    return value.items.flatMap((item, index) => {
      const missing = item.kind === 'map' ? keys.filter(key => !entryOf(item, key)) : []
      const of = (key: string) => `provider ${index + 1} of Synapse has no \`${key}\``
      return missing.map(key => ({ message: of(key), place: item.place }))
    })
  },
})
