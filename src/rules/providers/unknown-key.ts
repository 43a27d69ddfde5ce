import { entryOf, partAt, toJson } from '../../inventory/value.ts'
import { defineRule, type Offence } from '../rule.ts'
import { providersVariable as name, providerList, providersOf, whole } from './providers.ts'
import { isUnknownKey, schemaErrors } from './schema-errors.ts'

export const providerUnknownKey = defineRule({
  id: 'providers/unknown-key',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'MAS ignores a key that it does not know, without a word: a setting that is spelt wrong has no effect.',
  remedy: 'Correct its spelling, or remove it.',
  examples: {
    wrong: [
      providerList(...whole, 'pkce_mode: always'),
      providerList(...whole, 'claims_imports:', '  display_name:', '    action: force'),
      providerList(...whole, 'name: Example'),
    ],
    right: [providerList(...whole), providerList(...whole, 'pkce_method: always', 'human_name: Example')],
  },
  check: context => {
    const value = providersOf(context)
    if (!value) return []
    const { json, opaque } = toJson(value)
    return schemaErrors(json, opaque)
      .filter(isUnknownKey)
      .map((error): Offence => {
        const key = error.params.additionalProperty
        const owner = partAt(value, error.instancePath)
        const place = entryOf(owner, key)?.keyPlace ?? owner.place
        return { message: `MAS knows no key \`${key}\` in ${name}`, place }
      })
  },
})
