import { codeOf, matchesIn } from '../facts/characters.ts'
import { type FindRisks, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const find: FindRisks = repository =>
  matchesIn(repository, directions).map(({ place, text, key }) => ({
    key,
    message: `the character ${codeOf(text)} changes the direction in which the line is displayed`,
    place,
    suggestion: { place, text: '' },
  }))

export const bidiCharacters = defineRule({
  id: 'trust/bidi-characters',
  severity: 'error',
  why: 'The character is invisible and changes the order in which the text after it is displayed. Reviewers see different text than Ansible reads. An inventory never needs such a character.',
  remedy: 'Remove the character, and read the line again.',
  examples: {
    wrong: [
      'matrix_domain: "\u202etset.elpmaxe"',
      'matrix_domain: example.test # \u2066looks like a comment\u2069',
      { base: 'matrix_domain: example.test', vars: 'matrix_domain: "example\u200f.test"' },
    ],
    right: ['matrix_domain: example.test', 'matrix_name: "שלום"', 'matrix_name: "Größe"'],
  },
  checkAll: context => risksOf(context, find),
})
