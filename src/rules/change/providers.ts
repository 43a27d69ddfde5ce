import type { Host } from '../../inventory/inventory.ts'
import { isUlid } from '../../mas/providers/provider-mapping.ts'
import { onLiveHost, removed, wasLive } from '../facts/change-compare.ts'
import { eachProvider, type Provider, providersVariable } from '../facts/providers.ts'
import { missing } from '../facts/values.ts'
import { defineRule, type HostContext, live, prepared, vault } from '../kit/rule.ts'

const ids = ['01HFVBY12TMNTYTBV8W921M5FA', '01HFVC1K8ZQ8Y6F5J0W4N3T2RS'] as const
const idp = 'https://idp.example.test/'
const provider = (id: string, issuer: string) =>
  `  - id: ${id}\n    issuer: ${issuer}\n    client_id: mas\n    token_endpoint_auth_method: none\n`
const list = (stage: string, ...providers: readonly string[]) =>
  `${stage}${providersVariable}:\n${providers.join('')}`
const one = list(live, provider(ids[0], idp))

export const providerIdChanged = defineRule({
  id: 'change/provider-id',
  severity: 'error',
  needs: 'base',
  why: 'Accounts are linked to the id. MAS treats a provider with another id as a new one. Its users get a new account, or cannot log in.',
  remedy: 'Restore the old id. You can change all other settings of the provider.',
  examples: {
    wrong: [{ base: one, vars: list(live, provider(ids[1], idp)) }],
    right: [
      { base: one, vars: list(live, provider(ids[0], 'https://new.example.test/')) },
      { base: list(prepared, provider(ids[0], idp)), vars: list(prepared, provider(ids[1], idp)) },
      { base: one, vars: list(live, provider('"{{ id }}"', idp)) },
      {
        base: one,
        vars: list(live, provider(ids[1], 'https://new.example.test/'), provider(ids[0], idp)),
      },
    ],
  },
  check: context =>
    removedWhileLive(context).flatMap(({ successor }) =>
      successor
        ? [{ message: `the \`id\` of a provider changes${onLiveHost}`, place: successor.part('id')?.place }]
        : [],
    ),
})

export const providerRemoved = defineRule({
  id: 'change/provider-removed',
  severity: 'warning',
  needs: 'base',
  why: 'MAS disables a provider that is no longer configured. Accounts with no password and no other provider can no longer log in.',
  remedy:
    'Make sure that these accounts have another way to log in. To only prevent new logins, set `enabled: false` instead.',
  examples: {
    wrong: [
      { base: one, vars: `${live}${providersVariable}: []` },
      { base: one, vars: live },
      { base: one, vars: live, files: vault },
      { base: list(live, provider(ids[0], idp), provider(ids[1], 'https://b.example.test/')), vars: one },
    ],
    right: [
      { base: one, vars: one },
      { base: one, vars: list(live, provider(ids[1], idp)) },
      { base: one, vars: `${live}${providersVariable}: "{{ providers }}"` },
    ],
  },
  check: context => {
    const place = context.host.variable(providersVariable).definition?.namePlace ?? context.stage.place
    const gone = removed(context.base?.host, context.host, providersVariable)
    return removedWhileLive(context)
      .filter(({ successor }) => !successor)
      .map(({ provider }) => ({
        message: `${nameOf(provider)} is removed${onLiveHost}`,
        place,
        ...gone,
      }))
  },
})

function nameOf({ text }: Provider): string {
  const id = text('id') ?? ''
  return isUlid(id) ? `the provider \`${id}\`` : 'a provider'
}

/** Providers of a live host that the change removes, each with its successor. */
function removedWhileLive(
  context: HostContext,
): readonly { readonly provider: Provider; readonly successor: Provider | undefined }[] {
  const [old, now] = [comparable(context.base?.host), comparable(context.host)]
  if (!wasLive(context) || !old || !now) return []
  const without = (some: readonly Provider[], others: readonly Provider[]) =>
    some.filter(({ text }) => !others.some(other => other.text('id') === text('id')))
  const added = without(now, old)
  return without(old, now).map(provider => ({
    provider,
    successor: added.find(candidate => isSameService(candidate, provider)),
  }))
}

/** The providers of a host if all ids are plain; otherwise they cannot be compared. */
function comparable(host: Host | undefined): readonly Provider[] | undefined {
  if (!host) return undefined
  const { value } = host.variable(providersVariable)
  if (!value && missing(host, providersVariable)) return []
  if (value?.kind !== 'list') return undefined
  const providers = eachProvider(host).filter(({ text }) => text('id') !== undefined)
  return providers.length === value.items.length ? providers : undefined
}

function isSameService(a: Provider, b: Provider): boolean {
  const key = a.text('issuer') !== undefined && b.text('issuer') !== undefined ? 'issuer' : 'client_id'
  return a.text(key) !== undefined && a.text(key) === b.text(key)
}
