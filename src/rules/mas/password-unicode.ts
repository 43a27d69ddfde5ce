import { argon2id, bcrypt, schemesVariable as name, schemes, schemesOf } from '../facts/password-schemes.ts'
import { lineInto } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const without = (scheme: string) => scheme.replace(', unicode_normalization: true', '')

export const passwordUnicode = defineRule({
  id: 'mas/password-unicode',
  severity: 'warning',
  dialects: ['mas-cli'],
  why: 'Devices encode é in two forms. Synapse normalizes them before it hashes a password. MAS does so only for schemes with `unicode_normalization`, and it rehashes each password with the highest scheme at the first login. If a scheme lacks the setting, users with accents in their password are locked out on devices that send the other form.',
  remedy: 'Add `unicode_normalization: true` to every scheme.',
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
    const all = schemesOf(host)
    if (!all || all.definition.source.startsWith('playbook_')) return []
    return all.schemes.flatMap(({ value, part }, index) => {
      const given = part('unicode_normalization')
      if (given && (given.kind !== 'boolean' || given.value)) return []
      const message = `scheme ${index + 1} of \`${name}\` has no \`unicode_normalization: true\``
      const suggestion = given ? undefined : lineInto(all.definition, value, 'unicode_normalization: true')
      return [{ message, place: (given ?? value).place, suggestion }]
    })
  },
})
