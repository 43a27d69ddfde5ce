import fc from 'fast-check'
import { Environment } from 'minijinja-js'
import { describe, expect, test } from 'vitest'
import { cleanUserName } from '../../src/mas/providers/user-name.ts'

/** MiniJinja, which MAS uses, with the filter that the build for JavaScript lacks (`urlencode` of minijinja/src/filters.rs). */
const environment = new Environment()
environment.addFilter('urlencode', (text: string) =>
  encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replace(/[!'()*~]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
)

/** `map_username_to_mxid_localpart` in other words. */
function nameInSynapse(text: string): string {
  const bytes = [...new TextEncoder().encode(text.trim())].map(byte => String.fromCharCode(byte))
  const mapped = bytes.map(byte => {
    const lower = /[A-Z]/.test(byte) ? byte.toLowerCase() : byte
    return /[a-z0-9_./+-]/.test(lower) ? lower : `=${lower.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return mapped.join('').replace(/^_/, '=5f')
}

const rendered = (template: string, user: Readonly<Record<string, string>>) =>
  environment.renderStr(template, { user })

describe("the localpart's template", () => {
  test.each([
    // Answers of Synapse 1.163.2 itself.
    ['Alice', 'alice'],
    ['A.B-C_d/e', 'a.b-c_d/e'],
    ['Jürgen MÜLLER', 'j=c3=bcrgen=20m=c3=9cller'],
    ['_bot', '=5fbot'],
    ['__x', '=5f_x'],
    ['a+b@example.com', 'a+b=40example.com'],
    ['a=b', 'a=3db'],
    ['%2B', '=252b'],
    ['日本', '=e6=97=a5=e6=9c=ac'],
    ['É', '=c3=89'],
    ['İstanbul', '=c4=b0stanbul'],
    ['{{x}}', '=7b=7bx=7d=7d'],
    ['~x', '=7ex'],
    ['', ''],
  ])('gives the same name as Synapse: %s', (name, expected) => {
    expect(nameInSynapse(name)).toBe(expected)
    expect(rendered(cleanUserName('{{ user.name }}'), { name })).toBe(expected)
  })

  test('gives the same name as Synapse, whatever the service sends', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'_%+=/.Aé @~2bB') }),
    )
    const template = cleanUserName('{{ user.first }}.{{ user.last }}')
    fc.assert(
      fc.property(name, name, (first, last) => {
        expect(rendered(template, { first, last })).toBe(nameInSynapse(`${first}.${last}`))
      }),
    )
  })

  test('is empty if the service sends nothing, so that MAS asks for a name', () => {
    expect(rendered(cleanUserName('{{ user.name }}'), {})).toBe('')
  })
})
