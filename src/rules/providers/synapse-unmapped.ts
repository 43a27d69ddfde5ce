import type { Dialect } from '../../domain/stage.ts'
import { mappingVariable } from '../../domain/variables.ts'
import { id, providerList, providersVariable, publicClient } from '../facts/providers.ts'
import {
  howToMap,
  isLinked,
  type Links,
  linksOf,
  migratedProviders,
  sameService,
  withBoth,
  withSynapse,
} from '../facts/synapse-links.ts'
import { lineInto } from '../kit/fix.ts'
import { defineRule, type HostContext, live, type Violation, vault } from '../kit/rule.ts'

const other = [id, 'issuer: https://other.example.test/', 'client_id: x', 'token_endpoint_auth_method: none']
const mapping = (text: string) => `${mappingVariable}:\n  - "--upstreamProviderMapping ${text}"\n`

const mapped = withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak')
const byArgument = withBoth(...publicClient) + mapping('oidc-keycloak:01HFVBY12TMNTYTBV8W921M5FA')

const prefix = 'Synapse puts `oidc-` before the `idp_id` of its vars.'

export const synapseProviderUnmapped = defineRule({
  id: 'providers/synapse-unmapped',
  severity: 'error',
  why: 'Synapse links accounts to this provider. syn2mas stops at the first linked account if MAS has no matching provider.',
  remedy: `Add the provider to \`${providersVariable}\` with \`synapse_idp_id\`, and in the dialect \`syn2mas-tool\` map it in \`${mappingVariable}\`. ${prefix}`,
  examples: {
    wrong: [
      withSynapse,
      withBoth(...other),
      withBoth(...publicClient),
      { vars: mapped, checkout: { dialect: 'syn2mas-tool' } },
      { vars: byArgument, checkout: { dialect: 'mas-cli' } },
      { base: withSynapse, vars: `${live}${providersVariable}: []\n` },
      { vars: withSynapse, files: vault },
    ],
    right: [
      mapped,
      byArgument,
      { vars: byArgument, checkout: { dialect: 'syn2mas-tool' } },
      withBoth(...publicClient, 'synapse_idp_id: "{{ x }}"'),
      `${withSynapse}${providersVariable}: "{{ my_providers }}"\n`,
      withSynapse.replace('oidc_enabled: true', 'oidc_enabled: false'),
      withSynapse.replace('idp_id: keycloak', 'idp_id: "{{ x }}"'),
      { base: withSynapse, vars: providerList(...publicClient, 'synapse_idp_id: oidc-keycloak') },
    ],
  },
  check: violations,
})

function violations(context: HostContext): readonly Violation[] {
  const { host, checkout } = context
  const { providers, fromBase, isUnclear } = migratedProviders(context)
  const links = linksOf(host)
  return providers.flatMap((provider): Violation[] => {
    const { authProvider, idpId } = provider
    if (isLinked(links, authProvider, checkout?.dialect)) return []
    const name = idpId === undefined ? 'the provider of Synapse' : `Synapse's provider \`${idpId}\``
    const message = `${name} has no matching provider in MAS: \`${authProvider}\` is not mapped`
    const place = fromBase ? host.variable(providersVariable).definition?.namePlace : provider.place
    const same = sameService(host, provider)
    const suggestion =
      same && checkout?.dialect !== 'syn2mas-tool'
        ? lineInto(same.definition, same.value, `synapse_idp_id: ${authProvider}`)
        : undefined
    const unlessIn = vaultsOf(links, checkout?.dialect)
    const remedy = `${howToMap(authProvider, checkout?.dialect, same)} ${prefix}`
    const severity = isUnclear ? 'warning' : undefined
    return [{ message, place, remedy, suggestion, severity, ...(unlessIn.length > 0 && { unlessIn }) }]
  })
}

/** Vaults that could contain the mapping. */
function vaultsOf({ vaults }: Links, dialect: Dialect | undefined): readonly string[] {
  const key = dialect === 'syn2mas-tool' ? [] : vaults.key
  return key.length > 0 || dialect === 'mas-cli' ? key : vaults.argument
}
