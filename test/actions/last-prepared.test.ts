import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { presentVars } from '../../src/actions/migrate/present-vars.ts'
import type { MigrateInputs } from '../../src/actions/migrate/run.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import type { Target, Targets } from '../../src/actions/targets.ts'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import { inventoryOf } from '../../src/inventory/inventory-of.ts'
import { truthOf } from '../../src/inventory/value.ts'
import { type ServerRepository, serverRepository } from './server-repository.ts'

let server: ServerRepository
beforeEach(() => {
  server = serverRepository()
  server.commit({ 'inventory/hosts': '[matrix_servers]\na.example.test\n' })
})
afterEach(() => server.remove())

const inProgress = 'matrix_authentication_service_migration_in_progress: true\n'
const provider = 'matrix_synapse_oidc_enabled: true\n'
const vars = (...lines: readonly string[]) => ({
  'inventory/host_vars/a.example.test.yml': `matrix_authentication_service_enabled: true\n${lines.join('')}`,
})

/** The vars of a rollback by hand in a clone, as its playbook gets them, and what the log says. */
async function rollbackIn(root: string, change: Partial<MigrateInputs> = {}) {
  const logged: string[] = []
  const repository = new Repository(root)
  const inputs = {
    operation: 'rollback',
    inventory: ['inventory/hosts'],
    presentInventory: undefined,
    githubToken: undefined,
    ...change,
  } as MigrateInputs
  const host = inventoryOf(repository.files, 'inventory/hosts').host('a.example.test')
  if (!host) throw new Error('The inventory has no such host.')
  const target = { host, desired: desiredStage(host) } as Target
  const targets = {
    checkout: { capabilities: { delegatesWhilePrepared: false, advertisingVariables: [] } },
  } as unknown as Targets
  const log = { info: (text: string) => logged.push(text), warning: (text: string) => logged.push(text) }
  const environment = { GITHUB_SERVER_URL: server.serverUrl, GITHUB_REPOSITORY: 'operator/inventory' }
  const runtime = { environment, repository, log: () => undefined, port: runnerPort({}) }
  const found = await presentVars({ inputs, targets, target, before: undefined, log }, runtime)
  return { found, logged }
}

const added = { extraVars: { matrix_authentication_service_migration_in_progress: true } }

test('a rollback by hand has the vars of the last commit in stage prepared, with all that the migrating change removed', async () => {
  server.commit(vars(inProgress))
  const prepared = server.commit(vars(inProgress, provider))
  server.commit(vars())
  const root = server.checkOut(server.commit(vars('matrix_homeserver_something: 1\n')))
  const { found, logged } = await rollbackIn(root)
  expect(found).toEqual({
    commit: prepared,
    inventory: [join(root, '.matrix-auth-actions/base/inventory/hosts')],
  })
  const [host] = inventoryOf(new Repository(root).files, '.matrix-auth-actions/base/inventory/hosts').hosts
  const oidc = host?.variable('matrix_synapse_oidc_enabled').value
  expect(oidc && truthOf(oidc)).toBe(true)
  expect(logged).toEqual([])
})

test('the last commit counts as it was merged, not as its branch had it', async () => {
  const prepared = server.commit(vars(inProgress))
  server.commit(vars(), 'change')
  server.commit(vars(inProgress, '# Half-way.\n'), 'change')
  server.commit(vars(), 'change')
  server.git('checkout', '-q', 'main')
  server.git('merge', '-q', '--no-ff', '--no-edit', 'change')
  server.git('push', '-q', server.url, 'HEAD:refs/heads/main')
  const { found } = await rollbackIn(server.checkOut(server.git('rev-parse', 'HEAD')))
  expect(found.commit).toBe(prepared)
})

test('a rollback whose own vars are in stage prepared uses these', async () => {
  server.commit(vars(inProgress))
  server.commit(vars())
  const { found } = await rollbackIn(server.checkOut(server.commit(vars(inProgress))))
  expect(found).toEqual({})
})

test('without such a commit the variables are added, and the log lists them', async () => {
  const { found, logged } = await rollbackIn(server.checkOut(server.commit(vars())))
  expect(found).toEqual(added)
  expect(logged).toEqual([expect.stringContaining('Adding these variables')])
})

test('an older inventory behind a link, or in a folder of a repository, is not read', async () => {
  server.commit(vars(inProgress))
  const root = server.checkOut(server.commit(vars()))
  const linked = server.checkOut(server.commitLink('inventory/group_vars', '../elsewhere'))
  const below = mkdtempSync(join(root, 'below-'))
  execFileSync('cp', ['-r', join(root, 'inventory'), below])
  expect((await rollbackIn(linked)).found).toEqual(added)
  expect((await rollbackIn(below)).found).toEqual(added)
})

test('a folder that is no repository has no older vars', async () => {
  server.commit(vars(inProgress))
  const root = server.checkOut(server.commit(vars()))
  const copy = mkdtempSync(join(tmpdir(), 'no-repository-'))
  execFileSync('cp', ['-r', join(root, 'inventory'), copy])
  expect((await rollbackIn(copy)).found).toEqual(added)
  rmSync(copy, { recursive: true })
})

test('a history that cannot be fetched is told, and the variables are added', async () => {
  server.commit(vars(inProgress))
  const root = server.checkOut(server.commit(vars()))
  rmSync(server.url.replace('file://', ''), { recursive: true })
  const { found, logged } = await rollbackIn(root)
  expect(found).toEqual(added)
  expect(logged[0]).toContain(
    'The last commit with vars in stage prepared cannot be found. The commits before',
  )
})

test('a clone with its history needs no server', async () => {
  const prepared = server.commit(vars(inProgress))
  server.commit(vars())
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  execFileSync('git', ['clone', '-q', server.url, root])
  rmSync(server.url.replace('file://', ''), { recursive: true })
  expect((await rollbackIn(root)).found.commit).toBe(prepared)
  rmSync(root, { recursive: true })
})
