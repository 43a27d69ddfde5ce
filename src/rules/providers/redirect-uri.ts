import { defineRule } from '../rule.ts'
import { off, prepared } from '../stages.ts'
import { client, eachProvider, id, issuer, otherId, providerList, providerLists, whole } from './providers.ts'

const second = [otherId, issuer, ...client]

/** The address is of MAS's router (crates/router/src/endpoints.rs). */
export const providerRedirectUri = defineRule({
  id: 'providers/redirect-uri',
  severity: 'notice',
  stages: ['prepared', 'live'],
  needs: 'base',
  why: 'A provider sends people back only to addresses that are registered with it. That of Synapse is another one, so nobody can log in by the provider until the new one is added.',
  remedy:
    'Add to the redirect URIs at the provider: the address of MAS (`https://`, its hostname and path prefix), then `/upstream/callback/` and the `id` of the provider. Keep the one of Synapse until the migration is done.',
  examples: {
    wrong: [
      { base: off, vars: providerList(...whole) },
      { base: providerList(...whole), vars: providerLists(whole, second) },
    ],
    right: [
      { base: providerList(...whole), vars: providerList(...whole) },
      {
        base: providerList(...whole),
        vars: providerList(id, issuer, 'client_id: other', 'token_endpoint_auth_method: none'),
      },
      { base: off, vars: prepared },
      providerList(...whole),
    ],
  },
  check: ({ host, base }) => {
    const known = new Set(base?.host ? eachProvider(base.host).map(({ text }) => text('id')) : [])
    return eachProvider(host).flatMap(({ name, part, text, value }) => {
      const ulid = text('id')
      if (ulid === undefined || known.has(ulid)) return []
      const place = part('id')?.place ?? value.place
      return [{ message: `${name} is new: its redirect URI must be registered at the provider`, place }]
    })
  },
})
