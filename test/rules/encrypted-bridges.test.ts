import { describe, expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { live } from '../../src/rules/kit/rule.ts'
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
    message.replace(/^.*?` is on,? /, ''),
  )

const works = 'and needs MSC4190 to work with MAS; this playbook turns MSC4190 on'
const isOff = 'and needs MSC4190 to work with MAS, but MSC4190 is off'
const never = 'but does not work with MAS'

describe('a bridge with encryption, depending on the checkout', () => {
  test.each([
    ['all bridges, with MSC4190 on by default', all, [works]],
    ['all bridges, with MSC4190 off', `${all}matrix_bridges_msc4190_enabled: false\n`, [never]],
    ['only one bridge, with MSC4190 off by default', one, [isOff]],
    ['one bridge with its own switch', `${one}${bridge}_msc4190_enabled: true\n`, [works]],
    ['one bridge, with MSC4190 on for all bridges', `${one}matrix_bridges_msc4190_enabled: true\n`, [works]],
    [
      'one bridge without a switch',
      `${hookshot}_enabled: true\n${hookshot}_encryption_enabled: true\n`,
      [never],
    ],
  ])('%s', (_, lines, expected) => {
    expect(needs(lines)).toEqual(expected)
  })

  test('may work, which only a checkout shows', () => {
    expect(needs(all, {})).toEqual([`${never} without MSC4190`])
  })
})
