import { codeOf, matchesIn } from '../facts/characters.ts'
import { type FindRisks, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

/** Spaces that YAML does not treat as spaces, and characters without width. A joiner between two emoji is allowed. */
const hidden =
  /[\u00a0\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200c\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]|\u034f|[\u{e0100}-\u{e01ef}]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

const find: FindRisks = repository =>
  matchesIn(repository, hidden).map(({ place, text, key }) => ({
    key,
    message: `the character ${codeOf(text)} is invisible or looks like a space`,
    place,
  }))

export const hiddenCharacters = defineRule({
  id: 'trust/hidden-characters',
  severity: 'warning',
  why: 'Ansible treats the character as part of the name or value. A variable or secret that looks right can differ from what reviewers see.',
  remedy:
    'Remove it, or replace it with a plain space. If the value is already in use, first check whether the server has the character too.',
  examples: {
    wrong: [
      'matrix_\u200bdomain: example.test',
      'matrix_domain:\u00a0example.test',
      'matrix_bot_password: "invented\u00ad"',
      { base: '', vars: 'matrix_domain: example.test\u2060' },
    ],
    right: ['matrix_domain: example.test', 'matrix_name: "Ünïcödé 漢字 👩\u200d👧"'],
  },
  checkAll: context => risksOf(context, find),
})
