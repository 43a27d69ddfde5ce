import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lastPrepared } from '../../src/actions/last-prepared.ts'
import type { MigrateInputs } from '../../src/actions/migrate/inputs.ts'
import { lastPreparedVars, presentVars } from '../../src/actions/migrate/present-vars.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import type { Target, Targets } from '../../src/actions/targets.ts'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import { inventoryOf } from '../../src/inventory/inventory-of.ts'
import { truthOf } from '../../src/inventory/value.ts'
import { type ServerRepository, serverRepository } from './server-repository.ts'

const [host, other] = ['a.example.test', 'b.example.test']
const inProgress = 'matrix_authentication_service_migration_in_progress: true\n'
const provider = 'matrix_synapse_oidc_enabled: true\n'
const enabled = 'matrix_authentication_service_enabled: true\n'
const vars = (...lines: readonly string[]) => ({
  [`inventory/host_vars/${host}.yml`]: `${enabled}${lines.join('')}`,
})
const ofOther = (...lines: readonly string[]) => ({
  [`inventory/host_vars/${other}.yml`]: lines.join(''),
})

let server: ServerRepository
beforeEach(() => {
  server = serverRepository()
  server.commit({ 'inventory/hosts': `[matrix_servers]\n${host}\n${other}\n`, ...ofOther() })
})
afterEach(() => server.remove())

const onGitHub = () => ({ GITHUB_SERVER_URL: server.serverUrl, GITHUB_REPOSITORY: 'operator/inventory' })

/** What a rollback by hand needs to know in a clone. */
function rollbackIn(root: string, environment: Record<string, string> = onGitHub(), extraVars = {}) {
  const repository = new Repository(root)
  const inputs = { operation: 'rollback', inventory: ['inventory/hosts'] } as unknown as MigrateInputs
  const options = { extraVars }
  const found = inventoryOf(repository.files, 'inventory/hosts', options).host(host)
  if (!found) throw new Error('The inventory has no such host.')
  const target = { host: found, desired: desiredStage(found) } as Target
  const checkout = { capabilities: { delegatesWhilePrepared: false, advertisingVariables: [] } }
  const targets = { checkout, options } as unknown as Targets
  const runtime = { environment, repository, log: () => undefined, port: runnerPort({}) }
  return { selection: { inputs, targets, target }, runtime }
}

function older(...given: Parameters<typeof rollbackIn>) {
  const { selection, runtime } = rollbackIn(...given)
  return lastPreparedVars(selection, runtime)
}

/** As it is merged in, without a commit for the merge. */
function fastForward(): void {
  server.git('checkout', '-q', 'main')
  server.git('merge', '-q', '--ff-only', 'change')
  server.git('push', '-q', server.url, 'HEAD:refs/heads/main')
}

describe('the last vars in stage prepared', () => {
  test('have all that the migrating change removed', async () => {
    server.commit(vars(inProgress))
    const prepared = server.commit(vars(inProgress, provider))
    server.commit({ unrelated: 'text' })
    server.commit(vars())
    const root = server.checkOut(server.commit(vars('matrix_homeserver_something: 1\n')))
    const inventory = '.matrix-auth-actions/base/inventory/hosts'
    expect(await older(root)).toEqual({ commit: prepared, inventory: [join(root, inventory)] })
    const oidc = inventoryOf(new Repository(root).files, inventory)
      .host(host)
      ?.variable('matrix_synapse_oidc_enabled').value
    expect(oidc && truthOf(oidc)).toBe(true)
  })

  test('confirm the breaking changes that the vars of today confirm', async () => {
    server.commit(vars(inProgress, 'matrix_playbook_migration_validated_version: v2026.03.23.0\n'))
    const root = server.checkOut(server.commit(vars()))
    const { selection, runtime } = rollbackIn(root)
    Object.assign(selection.targets.checkout.capabilities, { validatedVersion: 'v2026.05.18.0' })
    expect(await lastPreparedVars(selection, runtime)).toMatchObject({
      extraVars: { matrix_playbook_migration_validated_version: 'v2026.05.18.0' },
    })
  })

  test('are not searched in a whole history without end, and the reason says so', async () => {
    server.commit(vars(inProgress))
    server.commit(vars())
    const root = server.checkOut(server.commit(vars('a: 1\n')))
    const search = (most: number) =>
      lastPrepared(
        root,
        ['inventory/hosts'],
        { url: server.url },
        older => inventoryOf(older, 'inventory/hosts').host(host),
        most,
      )
    expect(await search(3)).toBeDefined()
    await expect(search(2)).rejects.toMatchObject({
      reason: 'refused-state',
      message: expect.stringContaining('newest 2 commits'),
    })
  })

  test('are of this host: the changes of another one do not matter', async () => {
    server.commit({ ...vars(inProgress), ...ofOther(enabled, inProgress) })
    const prepared = server.commit(ofOther(enabled))
    const root = server.checkOut(server.commit(vars()))
    expect((await older(root))?.commit).toBe(prepared)
  })

  test('are of the branch, as it was after each merge', async () => {
    const prepared = server.commit(vars(inProgress))
    server.commit(vars(), 'change')
    server.commit(vars(inProgress, '# Half-way.\n'), 'change')
    server.commit(vars(), 'change')
    server.git('checkout', '-q', 'main')
    server.git('merge', '-q', '--no-ff', '--no-edit', 'change')
    server.git('push', '-q', server.url, 'HEAD:refs/heads/main')
    expect((await older(server.checkOut(server.git('rev-parse', 'HEAD'))))?.commit).toBe(prepared)
  })

  test('can be those of the newest commit, while the ones on disk are not committed yet', async () => {
    server.commit(vars(inProgress))
    server.commit(vars())
    const prepared = server.commit(vars(inProgress, provider))
    const root = server.checkOut(prepared)
    execFileSync('sed', ['-i', '/in_progress/d', join(root, `inventory/host_vars/${host}.yml`)])
    expect((await older(root))?.commit).toBe(prepared)
  })

  test('are read with the same extra variables', async () => {
    const bare = { [`inventory/host_vars/${host}.yml`]: inProgress }
    const prepared = server.commit(bare)
    const root = server.checkOut(server.commit({ [`inventory/host_vars/${host}.yml`]: '' }))
    expect(await older(root)).toBeUndefined()
    const extraVars = { matrix_authentication_service_enabled: true }
    expect((await older(root, onGitHub(), extraVars))?.commit).toBe(prepared)
  })

  test('are not looked for where the vars are in stage prepared themselves', async () => {
    server.commit(vars(inProgress))
    server.commit(vars())
    const root = server.checkOut(server.commit(vars(inProgress)))
    expect(await older(root)).toBeUndefined()
    const { selection, runtime } = rollbackIn(root)
    expect(presentVars(selection, runtime.repository, { info: () => undefined })).toEqual({})
  })

  test('are none where no commit has them, or there is no repository; then variables are added, and the log lists them', async () => {
    const root = server.checkOut(server.commit(vars()))
    expect(await older(root)).toBeUndefined()
    const copy = mkdtempSync(join(tmpdir(), 'no-repository-'))
    execFileSync('cp', ['-r', join(root, 'inventory'), copy])
    expect(await older(copy)).toBeUndefined()
    rmSync(copy, { recursive: true })
    const logged: string[] = []
    const { selection, runtime } = rollbackIn(root)
    const added = presentVars(selection, runtime.repository, { info: text => void logged.push(text) })
    expect(added).toEqual({ extraVars: { matrix_authentication_service_migration_in_progress: true } })
    expect(logged).toEqual([expect.stringContaining('Adding these variables')])
  })

  test('are none in a folder of a repository, whose history has other paths', async () => {
    const at = (files: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`site/${path}`, text]))
    const hosts = { 'inventory/hosts': `[matrix_servers]\n${host}\n` }
    server.commit({ ...vars(inProgress), ...at({ ...hosts, ...vars(inProgress) }) })
    const root = server.checkOut(server.commit({ ...vars(), ...at(vars()) }))
    expect(await older(root)).toBeDefined()
    expect(await older(join(root, 'site'))).toBeUndefined()
  })

  test.each([
    ['a program that Ansible would run', "x: \"{{ lookup('pipe', 'id') }}\"\n", 'trust/lookup-runs-program'],
    ['a connection to this machine', 'ansible_connection: local\n', 'not the server'],
  ])('with %s are refused: the commit was perhaps never reviewed by itself', async (_, line, expected) => {
    server.commit(vars(inProgress, line), 'change')
    server.commit(vars(), 'change')
    fastForward()
    const root = server.checkOut(server.git('rev-parse', 'HEAD'))
    await expect(older(root)).rejects.toThrow(expected)
  })

  test('with a risk that the vars of today have, too, are used', async () => {
    const line = "x: \"{{ lookup('pipe', 'id') }}\"\n"
    const prepared = server.commit(vars(inProgress, line))
    expect((await older(server.checkOut(server.commit(vars(line)))))?.commit).toBe(prepared)
  })

  test('behind a link are refused, because the link is not followed where they are checked', async () => {
    server.commitLink('inventory/group_vars', '../elsewhere')
    server.commit(vars(inProgress))
    const root = server.checkOut(server.commit({ ...vars(), 'inventory/group_vars': undefined }))
    await expect(older(root)).rejects.toThrow('behind a link')
  })

  test('are fetched from where the job’s repository is, or where the clone at a terminal is from', async () => {
    const prepared = server.commit(vars(inProgress))
    const root = server.checkOut(server.commit(vars()))
    await expect(older(root, {})).rejects.toMatchObject({ reason: 'fetch-failed' })
    execFileSync('git', ['-C', root, 'remote', 'add', 'origin', server.url])
    expect((await older(root, {}))?.commit).toBe(prepared)
    rmSync(server.url.replace('file://', ''), { recursive: true })
    expect((await older(root))?.commit).toBe(prepared)
  })
})

test('vars from before a change that connect to this machine are refused', () => {
  server.commit(vars(inProgress, 'ansible_connection: local\n'))
  const root = server.checkOut(server.git('rev-parse', 'HEAD'))
  const { selection, runtime } = rollbackIn(root)
  const inputs = { ...selection.inputs, operation: 'migrate', presentInventory: ['inventory/hosts'] } as const
  const present = () => presentVars({ ...selection, inputs }, runtime.repository, { info: () => undefined })
  expect(present).toThrow('not the server')
})
