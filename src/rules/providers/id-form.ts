import { partAt } from '../../inventory/value.ts'
import { client, issuer, providerList, providersOf, whole } from '../facts/providers.ts'
import { isIdForm, schemaErrors } from '../facts/schema-errors.ts'
import { defineRule } from '../kit/rule.ts'

export const providerIdForm = defineRule({
  id: 'providers/id-form',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'MAS knows a provider by a ULID, and does not start with another kind of id.',
  remedy:
    'Make one up, of 26 characters: digits and capital letters without I, L, O and U, the first from 0 to 7; any generator of ULIDs does it. Keep it for good: accounts are linked to it.',
  examples: {
    wrong: [
      providerList('id: keycloak', issuer, ...client),
      providerList('id: 81HFVBY12TMNTYTBV8W921M5FA', issuer, ...client),
      providerList('id: 01HFVBY12TMNTYTBV8W921M5F', issuer, ...client),
      providerList('id: 01HFVBY12TMNTYTBV8W921M5FU', issuer, ...client),
    ],
    right: [
      providerList(...whole),
      providerList('id: 01hfvby12tmntytbv8w921m5fa', issuer, ...client),
      providerList('id: "{{ provider_id }}"', issuer, ...client),
    ],
  },
  check: context => {
    const value = providersOf(context)
    if (!value) return []
    return schemaErrors(value)
      .filter(isIdForm)
      .map(({ instancePath }) => ({
        message: `the \`id\` of provider ${Number(instancePath.split('/')[1]) + 1} is no ULID`,
        place: partAt(value, instancePath).place,
      }))
  },
})
