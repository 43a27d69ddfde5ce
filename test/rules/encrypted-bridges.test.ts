import { describe, expect, test } from 'vitest'
import { askAbout } from '../../src/rules/example.ts'
import { live } from '../../src/rules/facts/stages.ts'
import { encryptedBridges } from '../../src/rules/services/encrypted-bridges.ts'

const bridge = 'matrix_bridge_mautrix_signal'
const hookshot = 'matrix_bridge_hookshot'
const checkout = {
  dialect: 'mas-cli',
  files: {
    'roles/custom/matrix-base/defaults/main.yml': 'matrix_bridges_msc4190_enabled: "{{ x }}"\n',
    'roles/custom/matrix-bridge-mautrix-signal/defaults/main.yml': `${bridge}_msc4190_enabled: "{{ x }}"\n`,
  },
} as const
const all = 'matrix_bridges_encryption_enabled: true\n'
const one = `${bridge}_enabled: true\n${bridge}_bridge_encryption_allow: true\n`

const needs = (lines: string, given: { readonly checkout?: typeof checkout } = { checkout }) =>
  askAbout(encryptedBridges, { vars: live + lines, ...given }).violations.map(({ message }) =>
    message.replace(/^.* is on; /, ''),
  )

const works = 'with MAS it needs MSC4190, which this playbook turns on'
const isOff = 'with MAS it needs MSC4190, which is off'
const never = 'it does not work with MAS'

describe('a bridge with encryption, by what the checkout can do', () => {
  test.each([
    ['all of them, which turns MSC4190 on', all, [works]],
    ['all of them, and MSC4190 off', `${all}matrix_bridges_msc4190_enabled: false\n`, [never]],
    ['one alone, for which MSC4190 stays off', one, [isOff]],
    ['one with its own switch', `${one}${bridge}_msc4190_enabled: true\n`, [works]],
    ['one where all have it', `${one}matrix_bridges_msc4190_enabled: true\n`, [works]],
    ['one that has no switch', `${hookshot}_enabled: true\n${hookshot}_encryption_enabled: true\n`, [never]],
  ])('%s', (_, lines, expected) => {
    expect(needs(lines)).toEqual(expected)
  })

  test('does not work where no checkout tells more', () => {
    expect(needs(all, {})).toEqual([never])
  })
})
