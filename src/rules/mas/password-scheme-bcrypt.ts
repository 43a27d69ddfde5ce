import {
  argon2id,
  bcrypt,
  firstScheme,
  schemesVariable as name,
  schemes,
  schemesOf,
} from '../facts/password-schemes.ts'
import { defineRule } from '../kit/rule.ts'

export const passwordSchemeBcrypt = defineRule({
  id: 'mas/password-scheme-bcrypt',
  severity: 'error',
  why: 'Synapse hashes passwords with bcrypt, and syn2mas stores them as version 1. It refuses to run if version 1 is missing or uses another algorithm, because migrated passwords would not work.',
  remedy:
    'Keep version 1 with `algorithm: bcrypt` and the pepper of Synapse permanently. MAS uses the scheme with the highest version for new passwords.',
  examples: {
    wrong: [
      schemes('version: 1, algorithm: argon2id'),
      schemes(argon2id),
      schemes(argon2id, bcrypt.replace('version: 1', 'version: 3')),
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(argon2id, bcrypt),
      schemes('version: 1, algorithm: "{{ a }}"'),
      schemes('version: "{{ v }}", algorithm: bcrypt'),
      `${name}: []`,
    ],
  },
  check: ({ host }) => {
    const all = schemesOf(host)
    if (!all || all.schemes.length === 0) return []
    const first = firstScheme(host)
    if (first) {
      const algorithm = first.part('algorithm')
      if (algorithm?.kind !== 'string' || algorithm.value === 'bcrypt') return []
      return [{ message: `version 1 of \`${name}\` is not bcrypt`, place: algorithm.place }]
    }
    if (all.schemes.some(({ version }) => version === undefined)) return []
    return [{ message: `\`${name}\` has no version 1`, place: all.definition.namePlace }]
  },
})
