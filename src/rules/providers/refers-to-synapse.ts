import { oidcProvidersVariable } from '../../domain/variables.ts'
import { inExtension, inVars, type ListSource } from '../../mas/providers/list-source.ts'
import { extensionProviders } from '../facts/extension-providers.ts'
import { inSynapse } from '../facts/extensions.ts'
import { eachProvider, mappings, providersVariable, withMethod } from '../facts/providers.ts'
import { referencesTo } from '../facts/references.ts'
import { defineRule, type HostContext, live, prepared } from '../kit/rule.ts'

const provider = (secret: string) =>
  mappings(providersVariable, withMethod('client_secret_basic', `client_secret: ${secret}`))
const reference = (index: number) => provider(`"{{ ${oidcProvidersVariable}[${index}].client_secret }}"`)
const extended = provider(`"{{ ${inExtension.list}[0].client_secret }}"`)
const synapse = `${oidcProvidersVariable}:\n  - idp_id: a\n    client_secret: invented\n`

export const providerRefersToSynapse = defineRule({
  id: 'providers/refers-to-synapse',
  severity: 'error',
  why: 'Ansible does not find the provider, and stops in the middle of the run.',
  remedy:
    "Put the client secret in its own variable, preferably in a vault, and refer to that variable. Then you can remove Synapse's providers in the change that migrates.",
  examples: {
    wrong: [
      live + reference(0),
      { base: prepared + synapse + reference(0), vars: live + reference(0) },
      prepared + synapse + reference(1),
      `${live}${oidcProvidersVariable}: []\n${reference(0)}`,
      live + extended,
      live + inSynapse('a: 1') + extended,
    ],
    right: [
      prepared + synapse + reference(0),
      prepared + inSynapse('oidc_providers:', '  - idp_id: a') + extended,
      live + provider(`"{{ (matrix_synapse_configuration_extension_yaml | from_yaml).x }}"`),
      live + provider('"{{ vault_sso }}"'),
      `${live}${oidcProvidersVariable}: "{{ x }}"\n${reference(0)}`,
      live + provider(`"{{ ${oidcProvidersVariable} | default([]) | length }}"`),
    ],
  },
  check: context =>
    [inVars, inExtension].flatMap(list => {
      const count = countOf(context, list)
      if (count === undefined) return []
      return eachProvider(context.host).flatMap(({ name, value }) =>
        referencesTo(new Set([list.variable]), value)
          .filter(({ part }) => indexIn(part.kind === 'unknown' ? part.source : undefined, list) >= count)
          .map(({ part }) => ({
            message: `${name} refers to a provider in \`${list.variable}\` that does not exist`,
            place: part.place,
          })),
      )
    }),
})

/** The number of providers; `undefined` if it is unknown. */
function countOf(context: HostContext, list: ListSource): number | undefined {
  if (list === inExtension) return extensionProviders(context)?.length
  const { state, value } = context.host.variable(oidcProvidersVariable)
  if (state === 'absent' || value?.kind === 'null') return 0
  return value?.kind === 'list' ? value.items.length : undefined
}

/** The index of the provider that a text refers to: the first one if it has no index, and none if it refers to something else. */
function indexIn(source: string | undefined, { key }: ListSource): number {
  const [list, index] = new RegExp(`\\b${key}\\b(?:\\s*\\[\\s*(\\d+))?`).exec(source ?? '') ?? []
  return list === undefined ? -1 : Number(index ?? 0)
}
