import { oidcProvidersVariable } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import { eachProvider, mappings, providersVariable, withMethod } from '../facts/providers.ts'
import { referencesTo } from '../facts/references.ts'
import { defineRule, live, prepared } from '../kit/rule.ts'

const provider = (secret: string) =>
  mappings(providersVariable, withMethod('client_secret_basic', `client_secret: ${secret}`))
const reference = (index: number) => provider(`"{{ ${oidcProvidersVariable}[${index}].client_secret }}"`)
const synapse = `${oidcProvidersVariable}:\n  - idp_id: a\n    client_secret: invented\n`

export const providerRefersToSynapse = defineRule({
  id: 'providers/refers-to-synapse',
  severity: 'error',
  why: `The default of \`${oidcProvidersVariable}\` in the playbook is an empty list. Ansible does not find the entry, and stops in the middle of the run.`,
  remedy: `Put the client secret in its own variable, preferably in a vault, and refer to that variable. Then you can remove \`${oidcProvidersVariable}\` in the change that migrates.`,
  examples: {
    wrong: [
      live + reference(0),
      { base: prepared + synapse + reference(0), vars: live + reference(0) },
      prepared + synapse + reference(1),
      `${live}${oidcProvidersVariable}: []\n${reference(0)}`,
    ],
    right: [
      prepared + synapse + reference(0),
      live + provider('"{{ vault_sso }}"'),
      `${live}${oidcProvidersVariable}: "{{ x }}"\n${reference(0)}`,
      live + provider(`"{{ ${oidcProvidersVariable} | default([]) | length }}"`),
    ],
  },
  check: ({ host }) => {
    const count = countOf(host)
    if (count === undefined) return []
    return eachProvider(host).flatMap(({ name, value }) =>
      referencesTo(new Set([oidcProvidersVariable]), value)
        .filter(
          ({ part }) => count === 0 || indexIn(part.kind === 'unknown' ? part.source : undefined) >= count,
        )
        .map(({ part }) => ({
          message: `${name} refers to an entry of \`${oidcProvidersVariable}\` that does not exist`,
          place: part.place,
        })),
    )
  },
})

/** The number of providers; `undefined` if it is unknown. */
function countOf(host: Host): number | undefined {
  const { state, value } = host.variable(oidcProvidersVariable)
  if (state === 'absent' || value?.kind === 'null') return 0
  return value?.kind === 'list' ? value.items.length : undefined
}

/** The index of the entry that a text refers to; the first one if it has no index. */
function indexIn(source: string | undefined): number {
  const [, index] = new RegExp(`${oidcProvidersVariable}\\s*\\[\\s*(\\d+)`).exec(source ?? '') ?? []
  return Number(index ?? 0)
}
