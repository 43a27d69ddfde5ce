import { wasLive } from '../facts/change-compare.ts'
import { idp, ids, list, provider, providersVariable, removedProviders } from '../facts/provider-ids.ts'
import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const providerRemoved = defineRule({
  id: 'change/provider-removed',
  severity: 'warning',
  needs: 'base',
  why: 'MAS disables a provider that is no longer configured. Accounts with no password and no other provider can no longer log in.',
  remedy:
    'Make sure that these accounts have another way to log in. To only prevent new logins, set `enabled: false` instead.',
  examples: {
    wrong: [
      { base: list(live, provider(ids[0], idp)), vars: `${live}${providersVariable}: []` },
      {
        base: list(live, provider(ids[0], idp), provider(ids[1], 'https://b.example.test/')),
        vars: list(live, provider(ids[0], idp)),
      },
    ],
    right: [
      { base: list(live, provider(ids[0], idp)), vars: list(live, provider(ids[0], idp)) },
      { base: list(live, provider(ids[0], idp)), vars: list(live, provider(ids[1], idp)) },
      { base: list(live, provider(ids[0], idp)), vars: `${live}${providersVariable}: "{{ providers }}"` },
    ],
  },
  check: context => {
    if (!wasLive(context)) return []
    const { definition } = context.host.variable(providersVariable)
    return removedProviders(context.base?.host, context.host).flatMap(({ successor }) =>
      successor ? [] : [{ message: 'a provider is removed on a live host', place: definition?.namePlace }],
    )
  },
})
