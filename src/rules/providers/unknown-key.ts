import { closest, distance } from 'fastest-levenshtein'
import type { Dialect } from '../../domain/stage.ts'
import { entryOf, partAt, type Value, valueAt } from '../../inventory/value.ts'
import { keysAt } from '../facts/provider-keys.ts'
import { providersVariable as name, providerList, providersOf, whole } from '../facts/providers.ts'
import { isUnknownKey, schemaErrors, type UnknownKeyError } from '../facts/schema-errors.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

/** Keys that MAS removed before it added `mas-cli syn2mas`. */
const removedKeys = ['set_email_verification']
const email = providerList(...whole, 'claims_imports:', '  email:', '    set_email_verification: always')

export const providerUnknownKey = defineRule({
  id: 'providers/unknown-key',
  severity: 'warning',
  why: 'MAS silently ignores unknown keys, so a misspelled setting has no effect.',
  remedy: 'Correct its spelling, or remove it.',
  examples: {
    wrong: [
      providerList(...whole, 'pkce_mode: always'),
      providerList(...whole, 'claims_imports:', '  display_name:', '    action: force'),
      providerList(...whole, 'name: Example'),
      { vars: email, checkout: { dialect: 'mas-cli' } },
    ],
    right: [
      providerList(...whole),
      providerList(...whole, 'pkce_method: always', 'human_name: Example'),
      email,
      { vars: email, checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: context => {
    const value = providersOf(context)
    if (!value) return []
    const unknown = schemaErrors(value)
      .filter(isUnknownKey)
      .map(error => violation(error, value))
    return [...unknown, ...violationsOfRemoved(value, context.checkout?.dialect)]
  },
})

function violation({ instancePath, params }: UnknownKeyError, value: Value): Violation {
  const key = params.additionalProperty
  const owner = partAt(value, instancePath)
  const place = entryOf(owner, key)?.keyPlace ?? owner.place
  const shown = key.length > 100 ? `${key.slice(0, 100)}…` : key
  return {
    message: `\`${shown}\` is not a known key in \`${name}\`${nearest(key, keysAt(instancePath))}`,
    place,
  }
}

function nearest(key: string, keys: readonly string[]): string {
  if (keys.length === 0 || key.length > 100) return ''
  const nearestKey = closest(key, keys)
  return distance(key, nearestKey) <= 4 ? `; the closest known key is \`${nearestKey}\`` : ''
}

function violationsOfRemoved(value: Value, dialect: Dialect | undefined): Violation[] {
  if (dialect !== 'mas-cli' || value.kind !== 'list') return []
  return value.items.flatMap(provider => {
    const emailClaim = valueAt(provider, 'claims_imports', 'email')
    return removedKeys.flatMap(key => {
      const entry = emailClaim && entryOf(emailClaim, key)
      return entry
        ? [
            {
              message: `\`${key}\` in \`${name}\` is a key that MAS no longer supports`,
              place: entry.keyPlace,
            },
          ]
        : []
    })
  })
}
