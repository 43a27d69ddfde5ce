import { partAt } from '../../inventory/value.ts'
import { client, issuer, providerList, providersOf, whole } from '../facts/providers.ts'
import { isIdForm, schemaErrors } from '../facts/schema-errors.ts'
import { defineRule } from '../kit/rule.ts'

export const providerIdForm = defineRule({
  id: 'providers/id-form',
  severity: 'error',
  why: 'MAS identifies a provider by a ULID, and does not start with any other id.',
  remedy:
    'Generate a ULID: 26 digits and capital letters, without I, L, O and U. The first character is a digit from 0 to 7. Never change it afterwards: accounts are linked to it.',
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
        message: `the \`id\` of provider ${Number(instancePath.split('/')[1]) + 1} is not a ULID`,
        place: partAt(value, instancePath).place,
      }))
  },
})
