import { matchesIn } from '../facts/characters.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const word = /[\p{L}\p{N}_.-]+/gu
const latin = /\p{Script=Latin}/u
const lookalikeScripts =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u

/** Letters of other scripts that look the same as the Latin letters below. */
const lookalikeLetters = [...'аеорсхуіјѕһԁԛԝАВЕКМНОРСТХІЅονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ']
const latinLetters = [...'aeopcxyijshdqwABEKMHOPCTXISovABEZHIKMNOPTYX']
const latinOf = new Map(lookalikeLetters.map((letter, index) => [letter, latinLetters[index] ?? letter]))

const find: FindRisks = repository =>
  matchesIn(repository, word)
    .filter(({ text, line }) => latin.test(text) && lookalikeScripts.test(text) && !/^\s*#/.test(line))
    .map(({ place, text, line, key }): Risk => {
      const isName =
        /^\s*$/.test(line.slice(0, place.column - 1)) && line.charAt((place.endColumn ?? 0) - 1) === ':'
      const plain = [...text].map(char => latinOf.get(char) ?? char).join('')
      const isSafeFix = isName && /^[A-Za-z_]\w*$/.test(plain)
      return {
        key,
        message: 'a word mixes Latin letters with letters of another script that look like them',
        place,
        ...(isSafeFix && { suggestion: { place, text: plain } }),
      }
    })

export const homoglyphs = defineRule({
  id: 'trust/homoglyphs',
  severity: 'warning',
  why: 'The name or address only looks like the intended one. Such a variable has no effect, and such a host may belong to someone else.',
  remedy: 'Type the word again. If you need both scripts, use separate words.',
  examples: {
    wrong: [
      'mаtrix_domain: example.test',
      'matrix_domain: exаmple.test',
      'matrix_domain: ｅxample.test',
      { base: 'matrix_domain: example.test', vars: 'matrix_domain: ехample.test' },
    ],
    right: [
      'matrix_domain: example.test',
      'matrix_name: "Größe und Москва"',
      '# exаmple\nmatrix_domain: example.test',
    ],
  },
  checkAll: context => risksOf(context, find),
})
