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
  stages: ['prepared', 'live'],
  why: 'Synapse hashes passwords by bcrypt, and syn2mas writes them as version 1. It refuses to run where version 1 is another algorithm or missing, and afterwards nobody could log in with a password.',
  remedy:
    'Keep version 1 with `algorithm: bcrypt` and the pepper of Synapse, for good. A scheme with a higher version is used for new passwords.',
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
