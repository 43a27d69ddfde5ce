import { eachProvider, id, otherId, providerList, providerLists } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

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
