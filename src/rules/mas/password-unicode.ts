import { argon2id, bcrypt, schemesVariable as name, schemes, schemesOf } from '../facts/password-schemes.ts'
import { lineInto, withFix } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const without = (scheme: string) => scheme.replace(', unicode_normalization: true', '')

export const passwordUnicode = defineRule({
  id: 'mas/password-unicode',
  severity: 'warning',
  stages: ['prepared', 'live'],
  dialects: ['mas-cli'],
  why: 'Keyboards send é in two forms, and Synapse makes them one before it hashes a password. MAS does so only for schemes that say it; and it hashes anew by the highest scheme at the first login. Where one scheme does not say it, people with accents in their password are locked out by the device that sends the other form.',
  remedy: 'Put `unicode_normalization: true` into every scheme.',
  examples: {
    wrong: [
      schemes(without(bcrypt), argon2id),
      schemes(bcrypt, without(argon2id)),
      schemes(without(bcrypt), without(argon2id)),
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(bcrypt, `${without(argon2id)}, unicode_normalization: "{{ x }}"`),
      { vars: schemes(without(bcrypt)), checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: ({ host }) => {
    const found = schemesOf(host)
    if (!found || found.definition.source.startsWith('playbook_')) return []
    return found.schemes.flatMap(({ value, part }, index) => {
      const given = part('unicode_normalization')
      if (given && (given.kind !== 'boolean' || given.value)) return []
      const message = `scheme ${index + 1} of \`${name}\` has no \`unicode_normalization: true\``
      const fix = given ? undefined : lineInto(found.definition, value, 'unicode_normalization: true')
      return [{ message, place: (given ?? value).place, ...withFix(fix) }]
    })
  },
})
