import { client, eachProvider, id, issuer, otherId, providerLists, whole } from '../facts/providers.ts'
import { defineRule } from '../kit/rule.ts'

export const providerIdTwice = defineRule({
  id: 'providers/id-twice',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS keeps one provider for an id: of two with the same one the last wins, and accounts of the other are led to it.',
  remedy: 'Give each provider a ULID of its own. One that has been live keeps its id.',
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
      if (seen.has(ulid)) return [{ message: `${name} has the \`id\` of another before it`, place }]
      seen.add(ulid)
      return []
    })
  },
})
