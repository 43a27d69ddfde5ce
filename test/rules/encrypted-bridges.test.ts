import { expect, test } from 'vitest'
import { askAbout } from '../../src/rules/example.ts'
import { encryptedBridges } from '../../src/rules/services/encrypted-bridges.ts'
import { prepared } from '../../src/rules/stages.ts'

const vars = `${prepared}matrix_bridges_encryption_enabled: true\n`
const said = (files: Record<string, string>) =>
  askAbout(encryptedBridges, { vars, checkout: { dialect: 'mas-cli', files } }).offences

test('a playbook that gives bridges MSC4190 is no reason to turn their encryption off', () => {
  const defaults = 'roles/custom/matrix-base/defaults/main.yml'
  const [newer] = said({ [defaults]: 'matrix_bridges_msc4190_enabled: "{{ x }}"\n' })
  expect(newer?.remedy).toContain('matrix_bridges_msc4190_enabled')
  const [older] = said({ [defaults]: 'matrix_domain: ~\n' })
  expect(older?.message).toContain('does not work with MAS')
  expect(older?.remedy).toBeUndefined()
})
