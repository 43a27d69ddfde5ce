import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { delegationVariable, elementVariable, synapsePasswordsVariable } from '../../src/domain/variables.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { doorsOf } from '../../src/rules/facts/doors.ts'
import { effectiveValues } from '../../src/rules/facts/effective.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'
import { shown } from './oracle/shown.ts'

const seed = 20261128
const host = 'matrix.example.test'

/** Settings of each role with an extension, and values that they can have. */
const settings = [
  synapsePasswordsVariable,
  'matrix_synapse_enable_registration',
  'matrix_synapse_allow_guest_access',
  'matrix_synapse_database_host',
  'matrix_synapse_database_port',
  delegationVariable,
  'matrix_authentication_service_config_passwords_enabled',
  'matrix_authentication_service_config_matrix_homeserver',
  'matrix_authentication_service_config_upstream_oauth2_providers',
  elementVariable,
  'matrix_bridge_mautrix_signal_bridge_encryption_allow',
].map(name => {
  const [door] = doorsOf(name)
  if (!door) throw new Error(`${name} has no door`)
  return { name, extension: door.extension, path: door.path }
})
const values = [
  'true',
  'false',
  '5432',
  '"5432"',
  'db.example.test',
  '[]',
  '[{id: a, enabled: true}]',
  '"{{ other }}"',
  "''",
]

const places = [
  'inventory/group_vars/all.yml',
  'inventory/group_vars/matrix_servers/a.yml',
  'inventory/group_vars/matrix_servers/b.yml',
  `inventory/host_vars/${host}/a.yml`,
  `inventory/host_vars/${host}/vars.yml`,
  `inventory/host_vars/${host}/vault.yml`,
] as const

interface Line {
  readonly place: (typeof places)[number]
  readonly setting: (typeof settings)[number]
  readonly value: string
  readonly isExtended: boolean
}

const lines: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.record({
    place: fc.constantFrom(...places),
    setting: fc.constantFrom(...settings),
    value: fc.constantFrom(...values),
    isExtended: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

/** The keys of a path in flow style, so that they are also JSON where the value is. */
function nested([key, ...rest]: readonly string[], value: string): string {
  return key === undefined ? value : `{"${key}": ${nested(rest, value)}}`
}

/** The files of one inventory. A later line for the same variable in the same file replaces the earlier one. */
function filesOf(all: readonly Line[]): Readonly<Record<string, string>> {
  const files = new Map<string, Map<string, string>>()
  for (const { place, setting, value, isExtended } of all) {
    const variables = files.get(place) ?? new Map([['other', 'true']])
    files.set(place, variables)
    if (isExtended) variables.set(setting.extension, `|\n  ${nested(setting.path, value)}`)
    else variables.set(setting.name, value)
  }
  return Object.fromEntries(
    [...files].map(([path, variables]) => [
      path,
      [...variables].map(([name, value]) => `${name}: ${value}\n`).join(''),
    ]),
  )
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'effective-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(dialects)(
  'settings have the value that Ansible computes, as the dialect %s has it',
  async dialect => {
    const bin = await ansibleVenv(dialect)
    const samples = fc.sample(lines, { numRuns: 150, seed })
    const roots = samples.map((all, index) => {
      const root = join(folder, dialect, String(index))
      const files = { 'inventory/hosts': `[matrix_servers]\n${host}\n`, ...filesOf(all) }
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
      return root
    })
    encrypt(
      bin,
      roots.map(root => join(root, `inventory/host_vars/${host}/vault.yml`)),
    )
    const input = {
      effective: roots.map(root => ({ inventory: join(root, 'inventory/hosts'), settings })),
    }
    const script = join(import.meta.dirname, 'oracle/ask-ansible.py')
    const output = execFileSync(join(bin, 'python3'), [script], {
      input: JSON.stringify(input),
      env: { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_LOCALHOST_WARNING: 'false' },
      maxBuffer: 1 << 28,
    })
    const answers: { effective: readonly (readonly unknown[])[] } = JSON.parse(output.toString('utf8'))
    let compared = 0
    for (const [index, root] of roots.entries()) {
      const files = diskFiles(root)
      const [found] = readInventory('inventory/hosts', files).hosts
      if (!found) throw new Error(`no host in ${root}`)
      const ours = effectiveValues(files, true)(found)
      for (const [at, setting] of settings.entries()) {
        const { name } = setting
        const { value, hiddenIn, state } = ours.variable(name)
        const theirs = answers.effective[index]?.[at]
        if (hiddenIn.length > 0 || state === 'unknown' || isInVault(samples[index] ?? [], setting)) continue
        compared += 1
        expect(value ? shown(value) : null, `${root} ${name}`).toEqual(theirs)
      }
    }
    expect(compared).toBeGreaterThan(500)
  },
)

/** Where a vault sets what is also set in plain text, the inventory is read as if it did not. */
function isInVault(all: readonly Line[], { name, extension }: Line['setting']): boolean {
  return all.some(({ place, setting, isExtended }) => {
    const isSame = isExtended ? setting.extension === extension : setting.name === name
    return place.endsWith('vault.yml') && isSame
  })
}

function encrypt(bin: string, vaults: readonly string[]): void {
  const password = join(folder, 'password')
  writeFileSync(password, 'invented')
  const existing = vaults.filter(path => existsSync(path))
  execFileSync(join(bin, 'ansible-vault'), ['encrypt', '--vault-password-file', password, ...existing], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: 'pipe',
  })
}
