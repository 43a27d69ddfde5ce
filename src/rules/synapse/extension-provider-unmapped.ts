import { mappingVariable, synapseExtension } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import { entryOf, truthOf, type Value } from '../../inventory/value.ts'
import { authProviderOf } from '../../mas/providers/provider-mapping.ts'
import { beforeMigration, extendedAt, inSynapse } from '../facts/extensions.ts'
import { providersVariable } from '../facts/providers.ts'
import { howToMap, isLinked, linksOf, withBoth } from '../facts/synapse-links.ts'
import { defineRule, type HostContext, live, prepared, type Violation } from '../kit/rule.ts'

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
    const providers = providersIn(context, before)
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

/** The known providers of an extension, by the name under which Synapse stores links to them. */
function providersIn({ repository }: HostContext, host: Host) {
  const at = (key: string) => extendedAt({ host, repository }, synapseExtension, [key])
  const [list, legacy] = [at('oidc_providers'), at('oidc_config')]
  const items = list?.value.kind === 'list' ? list.value.items : []
  const enabled = legacy && entryOf(legacy.value, 'enabled')?.value
  const isOn = enabled && truthOf(enabled) === true
  return [
    ...items.map(item => ({ authProvider: nameOf(item, authProviderOf), place: list?.place })),
    ...(isOn ? [{ authProvider: nameOf(legacy.value, legacyName), place: legacy.place }] : []),
  ]
}

/** `oidc_config` has no prefix (`all_oidc_providers` of `crates/syn2mas/src/synapse_reader/config/mod.rs`). */
const legacyName = (idpId = 'oidc') => idpId

function nameOf(provider: Value, stored: (idpId: string | undefined) => string): string | undefined {
  if (provider.kind !== 'map') return undefined
  const idp = entryOf(provider, 'idp_id')?.value
  if (!idp || idp.kind === 'null') return stored(undefined)
  return idp.kind === 'string' ? stored(idp.value) : undefined
}
