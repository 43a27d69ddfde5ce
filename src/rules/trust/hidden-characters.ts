import { codeOf, matchesIn } from '../facts/characters.ts'
import { type FindRisks, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

/** Blanks that are none for YAML, and what takes no room at all; a joiner between two emoji is fine. */
const hidden =
  /[\u00a0\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200c\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]|\u034f|[\u{e0100}-\u{e01ef}]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

const find: FindRisks = repository =>
  matchesIn(repository, hidden).map(({ place, text, key }) => ({
    key,
    message: `${codeOf(text)} stands here, which is not seen or looks like a blank`,
    place,
  }))

export const hiddenCharacters = defineRule({
  id: 'trust/hidden-characters',
  severity: 'warning',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'Ansible takes such a character for part of the name or value: a variable that looks right is another one, and a secret is not what it seems.',
  remedy:
    'Remove it, or write a plain blank. In a value that is in use already, see first whether the server has it too.',
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
