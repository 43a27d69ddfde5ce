import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import { switchPatch } from '../../src/inventory/patch.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'

const anchor = 'matrix_authentication_service_enabled'
const inProgress = 'matrix_authentication_service_migration_in_progress'
const delegation = 'matrix_synapse_matrix_authentication_service_enabled'
const live = `---\nmatrix_domain: example.test\n${anchor}: true\nsecret: hush\n`
const vars = 'inventory/host_vars/a.example.test/vars.yml'
const groupVars = 'inventory/group_vars/matrix_servers.yml'
const one = '[matrix_servers]\na.example.test\n'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patch-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function patchFor(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries({ 'inventory/hosts': one, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const { host, reader } = read()
  return switchPatch(host, { [inProgress]: true, [delegation]: false }, anchor, reader)
}

function read() {
  const reader = diskFiles(root)
  const { hosts } = readInventory('inventory/hosts', reader)
  const [host] = hosts
  if (!host) throw new Error('no host')
  return { host, reader }
}

/** Applies a patch with git, and reads the inventory again. */
function applied(patch: string | undefined) {
  execFileSync('git', ['apply', '--unidiff-zero'], { cwd: root, input: `${patch}\n` })
  const { host } = read()
  return [desiredStage(host).stage, host.variable(delegation).value]
}

const prepared = ['prepared', expect.objectContaining({ value: false })]

test('adds what is not set, and quotes no other line', () => {
  const patch = patchFor({ [vars]: live })
  expect(patch).not.toContain('hush')
  expect(applied(patch)).toEqual(prepared)
  expect(readFileSync(join(root, vars), 'utf8')).toBe(
    live.replace(anchor, `${inProgress}: true\n${delegation}: false\n${anchor}`),
  )
})

test.each([
  ['before', (line: string) => live.replace('---\n', `---\n${line}`)],
  ['after', (line: string) => `${live}${line}last: 1\n`],
])('replaces what is set otherwise, %s the line before which the rest is added', (_, place) => {
  const patch = patchFor({ [vars]: place(`${inProgress}: "{{ false }}"\n`) })
  expect(applied(patch)).toEqual(prepared)
  expect(readFileSync(join(root, vars), 'utf8').match(/in_progress/g)).toHaveLength(1)
})

test('changes several files, and nothing that is right', () => {
  const other = vars.replace('vars.yml', 'z.yml')
  const patch = patchFor({ [vars]: live, [other]: `${inProgress}: true\n${delegation}: true\n` })
  expect(patch).toBe(
    `--- a/${other}\n+++ b/${other}\n@@ -2,1 +2,1 @@\n-${delegation}: true\n+${delegation}: false`,
  )
  expect(applied(patch)).toEqual(prepared)
})

test('leaves the vars of a group as they are: other hosts have them too', () => {
  const patch = patchFor({ [groupVars]: `${delegation}: true\n`, [vars]: live })
  expect(patch).not.toContain(groupVars)
  expect(applied(patch)).toEqual(prepared)
  expect(patchFor({ [groupVars]: live, [vars]: 'a: 1\n' })).toBeUndefined()
})

test.each([
  ['INI', { 'inventory/hosts': `[matrix_servers]\na.example.test ${anchor}=true\n` }],
  ['a last line that does not end', { [vars]: live.replace(/\nsecret[\\s\\S]*/, '') }],
  ['Windows lines', { [vars]: live.replaceAll('\n', '\r\n') }],
  ['JSON', { [vars.replace('yml', 'json')]: `{\n"${anchor}": true\n}\n` }],
])('leaves %s to a person', (_, files) => {
  expect(patchFor(files)).toBeUndefined()
})
