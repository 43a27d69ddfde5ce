import { client, eachProvider, id, issuer, otherId, providerLists, whole } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

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
  check: ({ host }) => {
    const seen = new Set<string>()
    return eachProvider(host).flatMap(({ name, part, text }) => {
      const [place, ulid] = [part('id')?.place, text('id')?.toUpperCase()]
      if (!place || ulid === undefined) return []
      if (seen.has(ulid)) return [{ message: `${name} has the same \`id\` as an earlier provider`, place }]
      seen.add(ulid)
      return []
    })
  },
})
