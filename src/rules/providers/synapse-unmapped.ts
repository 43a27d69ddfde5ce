import type { Dialect } from '../../domain/stage.ts'
import { lineInto, withFix } from '../fix.ts'
import { defineRule, type HostContext, type Offence } from '../rule.ts'
import { live } from '../stages.ts'
import { id, providersVariable, publicClient } from './providers.ts'
import {
  type Links,
  linksOf,
  mappingVariable,
  sameService,
  synapseProviders,
  withBoth,
  withSynapse,
} from './synapse-links.ts'

const other = [id, 'issuer: https://other.example.test/', 'client_id: x', 'token_endpoint_auth_method: none']
const mapping = (text: string) => `${mappingVariable}:\n  - "--upstreamProviderMapping ${text}"\n`

export const synapseProviderUnmapped = defineRule({
  id: 'providers/synapse-unmapped',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'Accounts that log in by this provider are linked to it in Synapse. syn2mas stops at the first of them where MAS has no provider to take the link over.',
  remedy: `Add the provider to \`${providersVariable}\` with \`synapse_idp_id\`, and with the Node tool name it in \`${mappingVariable}\`. Synapse puts \`oidc-\` before the \`idp_id\` of its vars.`,
  examples: {
    wrong: [
      withSynapse,
      withBoth(...other),
      withBoth(...publicClient),
      {
        vars: withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak'),
        checkout: { dialect: 'syn2mas-tool' },
      },
      {
        vars: withBoth(...publicClient) + mapping('oidc-keycloak:01HFVBY12TMNTYTBV8W921M5FA'),
        checkout: { dialect: 'mas-cli' },
      },
      { base: withSynapse, vars: `${live}${providersVariable}: []\n` },
      {
        vars: withSynapse,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
    right: [
      withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak'),
      withBoth(...publicClient) + mapping('oidc-keycloak:01HFVBY12TMNTYTBV8W921M5FA'),
      {
        vars: withBoth(...publicClient) + mapping('oidc-keycloak:01HFVBY12TMNTYTBV8W921M5FA'),
        checkout: { dialect: 'syn2mas-tool' },
      },
      withBoth(...publicClient, 'synapse_idp_id: "{{ x }}"'),
      `${withSynapse}${providersVariable}: "{{ my_providers }}"\n`,
      withSynapse.replace('oidc_enabled: true', 'oidc_enabled: false'),
      withSynapse.replace('idp_id: keycloak', 'idp_id: "{{ x }}"'),
      {
        base: withSynapse,
        vars: `${live}${providersVariable}:\n  - ${publicClient.join('\n    ')}\n    synapse_idp_id: oidc-keycloak\n`,
      },
    ],
  },
  check: offences,
})

/** Where the change that migrates removes Synapse's providers, those of the base are what syn2mas meets. */
function offences({ host, stage, base, checkout }: HostContext): readonly Offence[] {
  const own = synapseProviders(host).known
  const before =
    base?.host && base.stage.stage === 'prepared' && stage.stage === 'live' ? base.host : undefined
  const fromBase = before ? synapseProviders(before).known : []
  const providers = own.length > 0 ? own : fromBase
  const links = linksOf(host)
  return providers.flatMap((provider): Offence[] => {
    if (isLinked(links, provider.authProvider, checkout?.dialect)) return []
    const name =
      provider.idpId === undefined ? 'the provider of Synapse' : `Synapse's provider \`${provider.idpId}\``
    const message = `${name} has no counterpart in MAS: \`${provider.authProvider}\` is not mapped`
    const place = own.length > 0 ? provider.place : host.variable(providersVariable).definition?.namePlace
    const same = checkout?.dialect === 'syn2mas-tool' ? undefined : sameService(host, provider)
    const fix = same && lineInto(same.definition, same.value, `synapse_idp_id: ${provider.authProvider}`)
    const unlessIn = vaultsOf(links, checkout?.dialect)
    return [{ message, ...(place && { place }), ...(unlessIn.length > 0 && { unlessIn }), ...withFix(fix) }]
  })
}

/** Where a mapping could be out of sight. */
function vaultsOf({ vaults }: Links, dialect: Dialect | undefined): readonly string[] {
  const key = dialect === 'syn2mas-tool' ? [] : vaults.key
  return key.length > 0 || dialect === 'mas-cli' ? key : vaults.argument
}

export function isLinked(
  { byKey, byArgument, untold }: Links,
  name: string,
  dialect: Dialect | undefined,
): boolean {
  const key = dialect !== 'syn2mas-tool' && (untold.key || byKey.has(name))
  const argument = dialect !== 'mas-cli' && (untold.argument || byArgument.has(name))
  return key || argument
}
