import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WayToMas } from '../../src/cli/plan.ts'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { schemaErrors } from './run.ts'
import { runHere } from './screen.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plan-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

async function plan(): Promise<{ way: WayToMas; ids: Record<string, string[]> }> {
  const { code, stdout, stderr } = await runHere(['plan', '--json'], root)
  expect(code, stderr).toBe(0)
  const way = JSON.parse(stdout) as WayToMas
  expect(schemaErrors('terminal#/definitions/plan', way)).toEqual([])
  return {
    way,
    ids: Object.fromEntries(way.steps.map(({ step, findings }) => [step, findings.map(({ id }) => id)])),
  }
}

const provider =
  'matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - idp_id: sso\n    issuer: https://sso.example.test/\n    client_id: a\n    client_secret: b\n    scopes: [openid]\n'

describe.each([
  ['a folder of vars', 'inventory/host_vars/matrix.example.test/vars.yml'],
  ['a file of vars', 'inventory/host_vars/matrix.example.test.yml'],
])('the plan of a host with %s', (_, file) => {
  test('lists what stands in the way at the step where it does, once, and writes nothing', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(file, `matrix_domain: example.test\n${provider}`)
    const before = readFileSync(join(root, file), 'utf8')
    const { way, ids } = await plan()
    expect(way.hosts).toEqual([{ host: 'matrix.example.test', stage: 'off' }])
    expect(ids.today).not.toContain('providers/synapse-unmapped')
    expect(ids.prepare).toContain('providers/synapse-unmapped')
    expect(ids.migrate).toContain('synapse/oidc-while-live')
    expect(ids.migrate).not.toContain('providers/synapse-unmapped')
    // The lines themselves are right: nothing is found in them.
    expect([ids.prepare, ids.migrate].flat().filter(id => id?.startsWith('mas/encryption'))).toEqual([])
    const places = way.steps.flatMap(({ findings }) => findings.flatMap(({ place }) => place?.file ?? []))
    expect(places.filter(path => path !== file)).toEqual([])
    expect(readFileSync(join(root, file), 'utf8')).toBe(before)
    expect(readdirSync(join(root, dirname(file)))).toHaveLength(1)
  })

  test('is of the stage that the vars are in', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(file, 'matrix_authentication_service_enabled: false\n')
    expect((await plan()).way.hosts[0]?.stage).toBe('off')
    write(file, 'matrix_authentication_service_enabled: "{{ x }}"\n')
    const unknown = await plan()
    expect(unknown.ids.today).toContain('mas/stage-unknown')
    expect(unknown.ids.prepare).not.toContain('mas/stage-unknown')
    expect(unknown.way.steps[1]?.lines).toHaveProperty(['matrix.example.test'])
  })
})

test('the plan of a host without vars has the lines of both pull requests', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const { way, ids } = await plan()
  const [, prepare, migrate] = way.steps
  expect(prepare?.lines['matrix.example.test']?.[0]).toBe('matrix_authentication_service_enabled: true')
  expect(prepare?.lines['matrix.example.test']).toContain(
    'matrix_authentication_service_migration_in_progress: true',
  )
  expect(migrate?.lines['matrix.example.test']).toContain(
    'matrix_authentication_service_migration_in_progress',
  )
  expect(ids.prepare).not.toContain('mas/encryption-secret-missing')
})

test.each(['prepared', 'live'] as const)(
  'the plan of a host that is %s asks for what is left',
  async stage => {
    await writeInventory(root, { dialect: 'mas-cli', address: '192.0.2.1', stage })
    const { way } = await plan()
    expect(way.hosts).toEqual([{ host: 'matrix.example.test', stage }])
    expect(way.steps.map(({ lines }) => Object.keys(lines).length)).toEqual([0, 0, stage === 'live' ? 0 : 1])
    const { stdout } = await runHere(['plan'], root)
    expect(stdout).toContain(
      '2. The prepare pull request installs MAS beside Synapse\nAll hosts are already past this step',
    )
  },
)

test('the plan removes a switch from the vars of a group, too', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const enabled = `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\n`
  write('inventory/host_vars/matrix.example.test.yml', enabled + provider)
  write(
    'inventory/group_vars/matrix_servers.yml',
    'matrix_authentication_service_migration_in_progress: true\n',
  )
  const { way, ids } = await plan()
  expect(way.hosts[0]?.stage).toBe('prepared')
  expect(way.steps[2]?.lines).toEqual({
    'matrix.example.test': ['matrix_authentication_service_migration_in_progress'],
  })
  expect(ids.migrate).toContain('synapse/oidc-while-live')
})
