import { extensionProviders } from '../facts/extension-providers.ts'
import { inSynapse } from '../facts/extensions.ts'
import {
  eachProvider,
  mappings,
  providerList,
  providersVariable,
  publicClient,
  whole,
} from '../facts/providers.ts'
import { type SynapseProvider, synapseProviders, withBoth } from '../facts/synapse-links.ts'
import { editText, replacePart } from '../kit/fix.ts'
import { defineRule, type HostContext, prepared } from '../kit/rule.ts'

export const synapseIdPrefix = defineRule({
  id: 'providers/synapse-prefix',
  severity: 'error',
  why: 'Synapse stores account links under `oidc-` followed by the `idp_id`, or under `oidc` for a provider without one. syn2mas looks for exactly that name.',
  remedy: 'Put `oidc-` before the `idp_id`: `synapse_idp_id: oidc-NAME`.',
  examples: {
    wrong: [
      providerList(...whole, 'synapse_idp_id: keycloak'),
      providerList(...whole, 'synapse_idp_id: oidc_keycloak'),
    ],
    right: [
      providerList(...whole, 'synapse_idp_id: oidc-keycloak'),
      providerList(...whole, 'synapse_idp_id: oidc'),
      providerList(...whole, 'synapse_idp_id: saml'),
      providerList(...whole, 'synapse_idp_id: null'),
      providerList(...whole, 'synapse_idp_id: "{{ x }}"'),
    ],
  },
  check: ({ host }) =>
    eachProvider(host).flatMap(({ name, definition, part, text }) => {
      const [value, idp] = [part('synapse_idp_id'), text('synapse_idp_id')]
      if (!value || idp === undefined || /^(?:oidc(?:-.+)?|saml|cas)$/.test(idp)) return []
      const message = `the \`synapse_idp_id\` of ${name} does not start with \`oidc-\``
      const right = intended(idp, synapseProviders(host).known)
      const remedy = right === undefined ? undefined : `Write \`synapse_idp_id: ${right}\`.`
      const canPrefix = /^[a-z0-9._~-]+$/.test(idp) && !/^oidc/.test(idp)
      const suggestion =
        right !== undefined
          ? replacePart(definition, value, right)
          : canPrefix
            ? editText(definition, value, { before: 'oidc-' })
            : undefined
      return [{ message, place: value.place, suggestion, remedy }]
    }),
})

/** The name that is meant: of a provider of Synapse, or with the prefix. Only what is certainly a name is repeated. */
function intended(idp: string, known: readonly SynapseProvider[]): string | undefined {
  const names = known.map(({ authProvider }) => authProvider)
  const withoutPrefix = idp.replace(/^oidc[^a-z0-9]*/i, '')
  const found = [`oidc-${idp}`, `oidc-${withoutPrefix}`, `oidc-${withoutPrefix.toLowerCase()}`].find(name =>
    names.includes(name),
  )
  if (found !== undefined) return found
  return /^(?!oidc)[a-z]+(?:[._~-][a-z]+)*\d?$/.test(idp) ? `oidc-${idp}` : undefined
}

export const synapseIdUnknown = defineRule({
  id: 'providers/synapse-unknown',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Synapse has no provider with this name. If the name is misspelled, the accounts of the intended provider are not migrated.',
  remedy:
    'Set `synapse_idp_id: oidc-NAME`, with the `idp_id` of a provider in Synapse as `NAME`. Remove `synapse_idp_id` if Synapse does not have this provider.',
  examples: {
    wrong: [
      withBoth(...publicClient, 'synapse_idp_id: oidc-keycloack'),
      `${prepared}${mappings(providersVariable, [...publicClient, 'synapse_idp_id: oidc-sos'])}${inSynapse('oidc_providers:', '  - idp_id: sso')}`,
    ],
    right: [
      withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak'),
      withBoth(...publicClient),
      `${prepared}${providersVariable}:\n  - ${publicClient.join('\n    ')}\n    synapse_idp_id: oidc-keycloak\n`,
      withBoth(...publicClient, 'synapse_idp_id: oidc-sso') + inSynapse('oidc_providers:', '  - idp_id: sso'),
      withBoth(...publicClient, 'synapse_idp_id: oidc-sso') + inSynapse('oidc_providers: "{{ x }}"'),
    ],
  },
  check: context => {
    const { host } = context
    const names = namesInSynapse(context)
    if (names === undefined || names.size === 0) return []
    return eachProvider(host).flatMap(({ name, part, text }) => {
      const [place, idp] = [part('synapse_idp_id')?.place, text('synapse_idp_id')]
      if (!place || idp === undefined || names.has(idp) || !idp.startsWith('oidc')) return []
      const message = `the \`synapse_idp_id\` of ${name} matches no provider of Synapse`
      const list = [...names].map(known => `\`${known}\``).join(', ')
      const [only] = names
      const remedy =
        names.size === 1
          ? `Write \`synapse_idp_id: ${only}\`, or remove it if Synapse does not have this provider.`
          : `Write one of ${list}, or remove \`synapse_idp_id\` if Synapse does not have this provider.`
      return [{ message, place, remedy }]
    })
  },
})

export const synapseProviderGone = defineRule({
  id: 'providers/synapse-gone',
  severity: 'warning',
  stages: ['prepared'],
  why: 'While MAS is only prepared, users log in through Synapse. Synapse has none of its login providers, so the users of this one cannot log in, and syn2mas refuses their accounts.',
  remedy:
    'Restore the `matrix_synapse_oidc_*` variables. If you rolled back, revert the commit that removed them. Remove `synapse_idp_id` if Synapse never had this provider.',
  examples: {
    wrong: [`${prepared}${mappings(providersVariable, [...publicClient, 'synapse_idp_id: oidc-keycloak'])}`],
    right: [
      withBoth(...publicClient, 'synapse_idp_id: oidc-keycloak'),
      `${prepared}${mappings(providersVariable, publicClient)}`,
      `${prepared}${mappings(providersVariable, [...publicClient, 'synapse_idp_id: oidc-sso'])}${inSynapse('oidc_providers:', '  - idp_id: sso')}`,
      `${prepared}${mappings(providersVariable, [...publicClient, 'synapse_idp_id: oidc-sso'])}matrix_synapse_configuration_extension_yaml: "{{ x }}{% if y %}{% endif %}"\n`,
      `${prepared}matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers: "{{ x }}"\n${mappings(providersVariable, [...publicClient, 'synapse_idp_id: oidc-keycloak'])}`,
    ],
  },
  check: context => {
    const { host } = context
    if (namesInSynapse(context)?.size !== 0) return []
    return eachProvider(host).flatMap(({ name, part, text }) => {
      const place = part('synapse_idp_id')?.place
      if (!place || !text('synapse_idp_id')?.startsWith('oidc')) return []
      return [{ message: `${name} continues a login provider that Synapse does not have`, place }]
    })
  },
})

/** The names under which Synapse stores links; `undefined` if there may be others. */
function namesInSynapse(context: HostContext): ReadonlySet<string> | undefined {
  const { known, incomplete } = synapseProviders(context.host)
  const extended = extensionProviders(context)
  const providers = [...known, ...(extended ?? [])]
  const names = providers.flatMap(({ authProvider }) => authProvider ?? [])
  return incomplete || extended === undefined || names.length < providers.length ? undefined : new Set(names)
}
