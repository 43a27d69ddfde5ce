import { mappingVariable, synapseExtension } from '../../domain/variables.ts'
import { extensionProviders } from '../facts/extension-providers.ts'
import { beforeMigration, inSynapse } from '../facts/extensions.ts'
import { providersVariable } from '../facts/providers.ts'
import { howToMap, isLinked, linksOf, withBoth } from '../facts/synapse-links.ts'
import { defineRule, live, prepared, type Violation } from '../kit/rule.ts'

const one = inSynapse('oidc_providers:', '  - idp_id: sso')
const mapped = (key: string) =>
  `${providersVariable}:\n  - id: 01HFVBY12TMNTYTBV8W921M5FA\n    synapse_idp_id: ${key}\n`

export const synapseExtensionProviderUnmapped = defineRule({
  id: 'synapse/extension-provider-unmapped',
  severity: 'error',
  why: 'A provider in the extension works like any other provider of Synapse: accounts are linked to it. syn2mas stops at the first linked account if MAS has no matching provider.',
  remedy: `Add the provider to \`${providersVariable}\` with \`synapse_idp_id\`, and in the dialect \`syn2mas-tool\` map it in \`${mappingVariable}\`. Synapse adds \`oidc-\` to the \`idp_id\` of a list entry; the provider in \`oidc_config\` is \`oidc\`.`,
  examples: {
    wrong: [
      prepared + one,
      prepared + one + mapped('oidc-other'),
      prepared + inSynapse('oidc_config:', '  enabled: true', '  issuer: https://idp.example.test/'),
      prepared + inSynapse('oidc_providers:', '  - idp_id: sso', '    client_secret: "{{ x }}"'),
      { base: prepared + one, vars: live },
      { vars: prepared + one + mapped('oidc-sso'), checkout: { dialect: 'syn2mas-tool' } },
    ],
    right: [
      prepared + one + mapped('oidc-sso'),
      `${prepared}${one}${mappingVariable}:\n  - "--upstreamProviderMapping oidc-sso:01HFVBY12TMNTYTBV8W921M5FA"\n`,
      `${prepared}${one}${providersVariable}: "{{ providers }}"\n`,
      prepared + inSynapse('oidc_providers:', '  - idp_id: "{{ x }}"'),
      prepared + inSynapse('oidc_providers: []', 'oidc_config:', '  enabled: false'),
      `${prepared}${inSynapse('oidc_config:', '  enabled: true')}${mapped('oidc')}`,
      { base: prepared + one, vars: live + mapped('oidc-sso') },
      live + one,
      withBoth('id: 01HFVBY12TMNTYTBV8W921M5FA', 'synapse_idp_id: oidc-keycloak'),
    ],
  },
  check: context => {
    const before = beforeMigration(context)
    if (!before) return []
    const providers = extensionProviders({ host: before, repository: context.repository }) ?? []
    if (providers.length === 0) return []
    const links = linksOf(context.host)
    return providers.flatMap(({ authProvider, place }): Violation[] => {
      if (authProvider === undefined || isLinked(links, authProvider, context.checkout?.dialect)) return []
      const message = `a provider in \`${synapseExtension}\` has no matching provider in MAS: \`${authProvider}\` is not mapped`
      const shown = before === context.host ? place : context.stage.place
      const remedy = howToMap(authProvider, context.checkout?.dialect, undefined)
      return [{ message, place: shown, remedy }]
    })
  },
})
