import { entryOf } from '../../inventory/value.ts'
import { client, id, issuer, providerList, publicClient } from '../facts/providers.ts'
import { type Mapped, mappedProviders, withBoth, withMapped, withSynapse } from '../facts/synapse-links.ts'
import { defineRule } from '../kit/rule.ts'

const mapped = 'synapse_idp_id: oidc-keycloak'
const elsewhere = [id, 'issuer: https://other.example.test/', ...client, mapped]

export const providerMappedElsewhere = defineRule({
  id: 'providers/mapped-elsewhere',
  severity: 'error',
  why: 'Account links store the user names of one service. At another service the same name can belong to another person, or to none. Users lose their accounts, or get the accounts of others.',
  remedy:
    'Set `synapse_idp_id` on the provider with the same issuer as in Synapse, or correct the `issuer`. If the service has moved, change the issuer in Synapse first, and check that users can log in.',
  examples: {
    wrong: [withBoth(...elsewhere), { base: withSynapse, vars: providerList(...elsewhere) }],
    right: [
      withBoth(...publicClient, mapped),
      withBoth(id, 'issuer: https://idp.example.test', ...client, mapped),
      withBoth(id, 'issuer: https://other.example.test/', ...client),
      withBoth(id, 'issuer: "{{ issuer }}"', ...client, mapped),
      withBoth(...elsewhere, 'discovery_mode: disabled'),
      withBoth(...elsewhere, 'discovery_mode: insecure'),
      withMapped(['discover: false'], elsewhere),
      withMapped(['skip_verification: true'], elsewhere),
      withMapped([], [id, issuer, ...client]),
    ],
  },
  check: context =>
    mappedProviders(context).flatMap(pair => {
      const { mas, synapse } = pair
      const [place, issuer] = [mas.part('issuer')?.place, mas.text('issuer')]
      if (!place || issuer === undefined || synapse.issuer === undefined || !areDiscovered(pair)) return []
      if (bare(issuer) === bare(synapse.issuer)) return []
      const message = `${mas.name} takes over accounts of \`${synapse.authProvider}\`, but has another issuer`
      return [{ message, place }]
    }),
})

/** Without a verified discovery document, the issuer may differ from the one that the service reports. */
function areDiscovered({ mas, synapse }: Mapped): boolean {
  const isPlain = (key: string, usual: boolean) => {
    const value = entryOf(synapse.value, key)?.value
    return !value || (value.kind === 'boolean' && value.value === usual)
  }
  const mode = mas.part('discovery_mode')
  const isOidc = !mode || mas.text('discovery_mode') === 'oidc'
  return isOidc && isPlain('discover', true) && isPlain('skip_verification', false)
}

/** `providers/issuer` checks case and the trailing slash. */
function bare(address: string): string {
  return address.replace(/\/$/, '').toLowerCase()
}
