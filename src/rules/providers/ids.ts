import type { Host } from '../../inventory/inventory.ts'
import {
  client,
  eachProvider,
  id,
  issuer,
  otherId,
  providerList,
  providerLists,
  publicClient,
  whole,
} from '../facts/providers.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

export const providerIdTwice = defineRule({
  id: 'providers/id-twice',
  severity: 'error',
  why: 'MAS keeps one provider per id. If two have the same id, the last one wins and gets the accounts of the other.',
  remedy: 'Give each provider its own ULID. A provider that was already live must keep its id.',
  examples: {
    wrong: [
      providerLists(whole, [id, 'issuer: https://other.example.test/', ...client]),
      providerLists(whole, ['id: 01hfvby12tmntytbv8w921m5fa', issuer, ...client]),
    ],
    right: [
      providerLists(whole, [otherId, issuer, ...client]),
      providerLists(['id: "{{ a }}"', issuer, ...client], ['id: "{{ b }}"', issuer, ...client]),
    ],
  },
  check: ({ host }) => repeated(host, 'id', id => id.toUpperCase()),
})

const other = [otherId, ...publicClient.slice(1)]
const name = 'synapse_idp_id: oidc-keycloak'

export const synapseIdTwice = defineRule({
  id: 'providers/synapse-twice',
  severity: 'error',
  why: 'Only one provider of MAS can take over the accounts of a Synapse provider. If two have the same `synapse_idp_id`, the last one gets them.',
  remedy: 'Keep `synapse_idp_id` only on the provider that should take over these accounts.',
  examples: {
    wrong: [providerLists([...publicClient, name], [...other, name])],
    right: [
      providerLists([...publicClient, name], other),
      providerLists([...publicClient, name], [...other, 'synapse_idp_id: oidc-other']),
      providerLists([...publicClient, 'synapse_idp_id: "{{ x }}"'], [...other, 'synapse_idp_id: "{{ x }}"']),
      providerLists([...publicClient, 'synapse_idp_id:'], [...other, 'synapse_idp_id:']),
    ],
  },
  check: ({ host }) => repeated(host, 'synapse_idp_id', name => name),
})

/** A violation for each provider that has the same text as an earlier one. */
function repeated(host: Host, key: string, normal: (text: string) => string): readonly Violation[] {
  const seen = new Set<string>()
  return eachProvider(host).flatMap(({ name, part }) => {
    const value = part(key)
    if (value?.kind !== 'string') return []
    const { place } = value
    const given = normal(value.value)
    if (seen.has(given)) return [{ message: `${name} has the same \`${key}\` as an earlier provider`, place }]
    seen.add(given)
    return []
  })
}

const secret = ['client_secret: invented', 'token_endpoint_auth_method: client_secret_basic']
const one = [id, 'issuer: https://one.example.test/', 'client_id: one', ...secret]
const two = ['issuer: https://two.example.test/', 'client_id: two', ...secret]

export const providerIdReused = defineRule({
  id: 'providers/id-reused',
  severity: 'error',
  needs: 'base',
  why: 'Accounts are linked to the id of a provider and the subject of a user. If another service gets the same id, its users may log in to accounts of the first service.',
  remedy:
    'Give the new provider its own id. Keep the old provider, with `enabled: false` if it is no longer used.',
  examples: {
    wrong: [{ base: providerList(...one), vars: providerList(id, ...two) }],
    right: [
      { base: providerList(...one), vars: providerList(...one) },
      { base: providerList(...one), vars: providerList(otherId, ...two) },
      { base: providerList(...one), vars: providerLists(one, [otherId, ...two]) },
      {
        base: providerList(...one),
        vars: providerList(id, 'issuer: https://moved.example.test/', 'client_id: one', ...secret),
      },
    ],
  },
  check: ({ host, base }) => {
    const before = base?.host ? eachProvider(base.host) : []
    return eachProvider(host).flatMap(provider => {
      const ulid = provider.text('id')
      const old = before.find(({ text }) => ulid !== undefined && text('id') === ulid)
      const differs = ['issuer', 'client_id'].every(key => {
        const [previous, current] = [old?.text(key), provider.text(key)]
        return previous !== undefined && current !== undefined && previous !== current
      })
      const place = provider.part('id')?.place
      return differs && place
        ? [{ message: `${provider.name} reuses the \`id\` of another service`, place }]
        : []
    })
  },
})
