import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { boundValues } from '../../src/migration/rehearsal/receipt-variables.ts'

const pepper = 'matrix_synapse_password_config_pepper'
const schemes = 'matrix_authentication_service_config_passwords_schemes'
const vault = '$ANSIBLE_VAULT;1.1;AES256\n6162\n'

async function bound(vars: string, computed: Readonly<Record<string, unknown>>, more = {}) {
  const folder = 'inventory/host_vars/matrix.example.test'
  const files = {
    'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n',
    [`${folder}/vars.yml`]: vars,
    ...more,
  }
  const host = readInventory('inventory/hosts', memoryFiles(files)).host('matrix.example.test')
  if (!host) throw new Error('no host')
  const asked: string[] = []
  const values = await boundValues(host, names => {
    asked.push(...names)
    return Promise.resolve(new Map(Object.entries(computed)))
  })
  return { values, asked }
}

test('plain values are bound without Ansible', async () => {
  const { values, asked } = await bound(`${pepper}: a\nmatrix_domain: example.test\n`, {})
  expect(asked).toEqual([])
  expect(values).toMatchObject({ [pepper]: '"a"', matrix_domain: '"example.test"', [schemes]: '(absent)' })
})

test.each([
  ['Jinja', `${pepper}: "{{ vault_pepper }}"`, pepper, 'one', 'two'],
  ['an inline vault', `${pepper}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`, pepper, 'one', 'two'],
  [
    'Jinja in a list',
    `${schemes}: [{version: 1, secret: "{{ p }}"}]`,
    schemes,
    [{ secret: 'one' }],
    [{ secret: 'two' }],
  ],
  ['a boolean and its text', `${pepper}: "{{ x }}"`, pepper, true, 'true'],
  ['a version', 'matrix_synapse_version: "{{ v }}"', 'matrix_synapse_version', 'v1.2', 'v1.3'],
  [
    'passwords_enabled',
    'matrix_authentication_service_config_passwords_enabled: "{{ p }}"',
    'matrix_authentication_service_config_passwords_enabled',
    true,
    false,
  ],
])('another computed value is another bound value: %s', async (_, vars, name, one, two) => {
  const [first, again, second] = await Promise.all(
    [one, one, two].map(value => bound(vars, { [name]: value })),
  )
  expect(first?.asked).toEqual([name])
  expect(first?.values).toEqual(again?.values)
  expect(first?.values[name]).not.toBe(second?.values[name])
})

test('a whole encrypted file could set each variable that no other file sets', async () => {
  const more = { 'inventory/host_vars/matrix.example.test/vault.yml': vault }
  const { values, asked } = await bound('matrix_domain: a\n', { [pepper]: 'hidden' }, more)
  expect(asked).toContain(pepper)
  expect(asked).not.toContain('matrix_domain')
  expect(values[pepper]).toBe('evaluated: "hidden"')
})

test('where Ansible has no value, the text of the Jinja is bound', async () => {
  const one = await bound(`${pepper}: "{{ a }}"`, {})
  const other = await bound(`${pepper}: "{{ b }}"`, {})
  expect(one.values[pepper]).not.toBe(other.values[pepper])
})
