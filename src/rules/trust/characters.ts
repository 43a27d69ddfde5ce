import type { Place } from '../../domain/finding.ts'
import { fileText } from '../facts/source.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { defineRule, type Repository } from '../kit/rule.ts'

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const findDirections: FindRisks = repository =>
  matchesIn(repository, directions)
    .filter(({ place, line }) => !isOrdinary(line, place.column - 1))
    .map(({ place, text, key }) => ({
      key,
      message: `the character ${codeOf(text)} changes the direction in which the line is displayed`,
      place,
      suggestion: { place, text: '' },
    }))

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** Text without a character that YAML or Jinja gives a meaning. It contains no code that could be reordered. */
const textBefore = /[^"'#:{}[\]|>&*%`,]*$/
const textAfter = /^[^"'#:{}[\]|>&*%`,]*/
const pair = /[\u202a\u202b\u2066-\u2068][^\u202a-\u202e\u2066-\u2069]*[\u202c\u2069]/g
const mostText = 200

/** Whether a character belongs to ordinary writing from right to left: a mark, or a pair around such text. */
function isOrdinary(line: string, at: number): boolean {
  const before = textBefore.exec(line.slice(Math.max(0, at - mostText), at))?.[0] ?? ''
  const text = before + (textAfter.exec(line.slice(at, at + mostText))?.[0] ?? '')
  if (/[\u061c\u200e\u200f]/.test(line.charAt(at))) return rightToLeft.test(text)
  return [...text.matchAll(pair)].some(
    ({ 0: inside, index }) =>
      rightToLeft.test(inside) && (index === before.length || index + inside.length - 1 === before.length),
  )
}

export const bidiCharacters = defineRule({
  id: 'trust/bidi-characters',
  severity: 'error',
  why: 'The character is invisible and changes the order in which the text after it is displayed. Reviewers see different text than Ansible reads. Only text that runs from right to left needs such characters, and there they are not reported.',
  remedy: 'Remove the character, and read the line again.',
  examples: {
    wrong: [
      'matrix_domain: "\u202etset.elpmaxe"',
      'matrix_domain: example.test # \u2066looks like a comment\u2069',
      { base: 'matrix_domain: example.test', vars: 'matrix_domain: "example\u200f.test"' },
      'matrix_name: "\u202eمساعد\u202c"',
      'matrix_name: "مساعد" \u2066# false\u2069',
      'matrix_name: "\u2067مساعد"',
      'matrix_na\u200eme: "مساعد"',
    ],
    right: [
      'matrix_domain: example.test',
      'matrix_name: "שלום"',
      'matrix_name: "Größe"',
      'matrix_name: "مساعد\u200e"',
      'matrix_name: "\u200fשלום (Matrix)\u200f"',
      'matrix_name: "ربات \u2067کمک\u2069 ماتریکس"',
      '# یادداشت\u061c: تنظیمات',
    ],
  },
  checkAll: context => risksOf(context, findDirections),
})

/** Spaces that YAML does not treat as spaces, and characters without width. A joiner between two emoji is allowed. */
const hidden =
  /[\u00a0\u00ad\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200c\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]|\u034f|[\u{e0100}-\u{e01ef}]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu

/** Joiners between letters of scripts that need them, and the space of Chinese, Japanese and Korean text. */
const joined =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}'
const eastAsian =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3001-\\u301f\\uff01-\\uff65'
const ordinary = new RegExp(
  `[${joined}]\\p{M}*[\\u200c\\u200d]$|[${eastAsian}]\\u3000$|\\u3000[${eastAsian}]`,
  'u',
)

/** Whether a character belongs to ordinary writing: the text that ends with it, or begins with it. */
function isJoinerOrSpace(line: string, at: number): boolean {
  return ordinary.test(line.slice(Math.max(0, at - 8), at + 1)) || ordinary.test(line.slice(at, at + 2))
}

const findHidden: FindRisks = repository =>
  matchesIn(repository, hidden)
    .filter(({ place, line }) => !isJoinerOrSpace(line, place.column - 1))
    .map(({ place, text, key }) => ({
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
      'matrix_domain: exa\u200cmple.test',
      'matrix_domain:\u3000example.test',
    ],
    right: [
      'matrix_domain: example.test',
      'matrix_name: "Ünïcödé 漢字 👩\u200d👧"',
      'matrix_name: "می\u200cخواهم"',
      'matrix_name: "क्\u200dष"',
      'matrix_name: "管理\u3000部屋"',
    ],
  },
  checkAll: context => risksOf(context, findHidden),
})

const word = /[\p{L}\p{N}_.-]+/gu
/** Without the full-width letters of Chinese, Japanese and Korean text. */
const latin = /(?![\uff01-\uff5e])\p{Script=Latin}/u
const lookalikeScripts =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u

/** Letters of other scripts that look the same as the Latin letters below. */
const lookalikeLetters = [...'аеорсхуіјѕһԁԛԝАВЕКМНОРСТХІЅονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ']
const latinLetters = [...'aeopcxyijshdqwABEKMHOPCTXISovABEZHIKMNOPTYX']
const latinOf = new Map(lookalikeLetters.map((letter, index) => [letter, latinLetters[index] ?? letter]))

const findLookalikes: FindRisks = repository =>
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
      'matrix_name: "ＬＩＮＥの部屋"',
      'matrix_name: "Matrixサーバー"',
      '# exаmple\nmatrix_domain: example.test',
    ],
  },
  checkAll: context => risksOf(context, findLookalikes),
})

export interface CharacterMatch {
  readonly place: Place
  readonly text: string
  readonly line: string
  /** Identifies the match even if its line moves. Never shown. */
  readonly key: string
}

/** The maximum number of matches; more appear once these are fixed. */
const most = 1000

/** The first matches of a pattern in the files of an inventory with non-ASCII characters. */
export function matchesIn({ files, inventory }: Repository, pattern: RegExp): readonly CharacterMatch[] {
  const matches: CharacterMatch[] = []
  for (const file of inventory.nonAscii) {
    const lines = fileText(files, file)?.split('\n') ?? []
    for (const [index, line] of lines.entries()) {
      for (const { 0: text, index: at } of line.matchAll(pattern)) {
        if (matches.length === most) return matches
        const [column, endColumn] = [at + 1, at + 1 + text.length]
        const place = { file, line: index + 1, column, endLine: index + 1, endColumn }
        matches.push({ place, text, line, key: `${file} ${line.slice(Math.max(0, at - 40), at + 40)}` })
      }
    }
  }
  return matches
}

/** The code point of a character, because it may be invisible. */
export function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
