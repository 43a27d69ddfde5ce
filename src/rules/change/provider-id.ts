import { wasLive } from '../facts/change-compare.ts'
import { idp, ids, list, provider, removedProviders } from '../facts/provider-ids.ts'
import { live, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const providerIdChanged = defineRule({
  id: 'change/provider-id',
  severity: 'error',
  needs: 'base',
  why: 'Accounts are linked to the id. MAS treats a provider with another id as a new one. Its users get a new account, or cannot log in.',
  remedy: 'Restore the old id. You can change all other settings of the provider.',
  examples: {
    wrong: [{ base: list(live, provider(ids[0], idp)), vars: list(live, provider(ids[1], idp)) }],
    right: [
      {
        base: list(live, provider(ids[0], idp)),
        vars: list(live, provider(ids[0], 'https://new.example.test/')),
      },
      { base: list(prepared, provider(ids[0], idp)), vars: list(prepared, provider(ids[1], idp)) },
      { base: list(live, provider(ids[0], idp)), vars: list(live, provider('"{{ id }}"', idp)) },
      {
        base: list(live, provider(ids[0], idp)),
        vars: list(live, provider(ids[1], 'https://new.example.test/'), provider(ids[0], idp)),
      },
    ],
  },
  check: context => {
    if (!wasLive(context)) return []
    return removedProviders(context.base?.host, context.host).flatMap(({ successor }) =>
      successor ? [{ message: 'the `id` of a provider changes on a live host', place: successor.place }] : [],
    )
  },
})
