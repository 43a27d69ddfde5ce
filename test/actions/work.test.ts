import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Repository } from '../../src/actions/repository.ts'
import { workFor } from '../../src/actions/root/work.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { standardAcceptances } from '../../src/actions/validate-config/inputs.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { filesIn, type ServerRepository, serverRepository } from './server-repository.ts'

const hosts = '[matrix_servers]\na.example.test\nb.example.test\n'
const live = `matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: "{{ vault_mas_encryption }}"
`
const prepared = `${live}matrix_authentication_service_migration_in_progress: true
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_synapse_matrix_authentication_service_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false
`
const varsOf = (host: string) => `inventory/host_vars/${host}.example.test.yml`

let server: ServerRepository
beforeEach(() => {
  server = serverRepository()
})
afterEach(() => server.remove())

interface Started {
  readonly eventName?: string
  readonly ref?: string
  readonly before?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly isPrivate?: boolean
}

function workAt(
  commit: string,
  { eventName = 'push', ref = 'main', before = '', inputs = {}, isPrivate = true }: Started,
) {
  const event = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json')
  writeFileSync(event, JSON.stringify({ before, repository: { default_branch: 'main', private: isPrivate } }))
  const environment = {
    GITHUB_EVENT_PATH: event,
    GITHUB_EVENT_NAME: eventName,
    GITHUB_REF: `refs/heads/${ref}`,
    GITHUB_SHA: commit,
    GITHUB_SERVER_URL: server.serverUrl,
    GITHUB_REPOSITORY: 'operator/inventory',
  }
  const repository = new Repository(server.checkOut(commit))
  return workFor(name => inputs[name], {
    environment,
    repository,
    log: () => undefined,
    port: runnerPort({}),
  })
}

/** What each host is in for, after a push of these vars. */
async function afterPush(vars: Readonly<Record<string, string>>) {
  const before = server.git('rev-parse', 'HEAD')
  const { work } = await workAt(server.commit(vars), { before })
  return work.map(({ host, operation }) => [host, operation])
}

describe('a push', () => {
  beforeEach(() => {
    server.commit({ 'inventory/hosts': hosts, [varsOf('a')]: prepared, [varsOf('b')]: prepared })
  })

  test('is work for the hosts that it touches, in the order of the inventory', async () => {
    expect(await afterPush({ [varsOf('b')]: live })).toEqual([['b.example.test', 'migrate']])
    expect(await afterPush({ [varsOf('b')]: prepared })).toEqual([['b.example.test', 'rollback']])
    expect(await afterPush({ 'inventory/group_vars/all.yml': 'a: 1\n' })).toEqual([
      ['a.example.test', 'deploy'],
      ['b.example.test', 'deploy'],
    ])
    expect(await afterPush({ 'README.md': 'text' })).toEqual([])
  })

  test('of the playbook behind a link is work for every host', async () => {
    server.commit(filesIn(join(projectRoot, 'test/lab/playbook/mas-cli'), 'mdad'))
    const before = server.commitLink('playbook', 'mdad')
    const commit = server.commit({ 'mdad/group_vars/all': 'a: 1\n' })
    const { work } = await workAt(commit, { before, inputs: { 'fail-on': 'never' } })
    expect(work.map(({ host }) => host)).toEqual(['a.example.test', 'b.example.test'])
  })

  test('that leads the link of the playbook to another one is work for every host', async () => {
    const playbook = join(projectRoot, 'test/lab/playbook/mas-cli')
    server.commit({ ...filesIn(playbook, 'sites/old'), ...filesIn(playbook, 'sites/new') })
    server.commitLink('playbook', 'sites/old')
    const before = server.git('rev-parse', 'HEAD')
    server.git('rm', '-q', 'playbook')
    const commit = server.commitLink('playbook', 'sites/new')
    const { work } = await workAt(commit, { before, inputs: { 'fail-on': 'never' } })
    expect(work.map(({ host }) => host)).toEqual(['a.example.test', 'b.example.test'])
  })

  test('of what init wrote deploys nothing: the servers have what it pins', async () => {
    const setUp = {
      '.github/workflows/matrix-auth-apply.yml': 'on: push\n',
      '.gitignore': '/playbook/\n',
      'inventory/known_hosts': 'a.example.test ssh-ed25519 AAAA\n',
    }
    expect(await afterPush(setUp)).toEqual([])
    expect(await afterPush({ 'inventory/known_hosts': 'b.example.test ssh-ed25519 BBBB\n' })).toHaveLength(2)
  })

  test('of what init wrote, with other vars, deploys those', async () => {
    const setUp = { '.github/workflows/matrix-auth-apply.yml': 'on: push\n', 'inventory/known_hosts': 'a\n' }
    expect(await afterPush({ ...setUp, [varsOf('b')]: `${prepared}a: 1\n` })).toEqual([
      ['b.example.test', 'deploy'],
    ])
  })

  test('that creates the branch deploys nothing, because nothing is known to have changed', async () => {
    const { work } = await workAt(server.git('rev-parse', 'HEAD'), { before: '0'.repeat(40) })
    expect(work).toEqual([])
  })

  test('rolls back only if the change accepts that', async () => {
    const accepted =
      'accepted:\n  - id: change/live-to-prepared\n    reason: The vendor of our bridge asked for it.\n'
    const back = async (more: Readonly<Record<string, string>> = {}) => {
      const before = server.commit({ [varsOf('b')]: live })
      const { work } = await workAt(server.commit({ [varsOf('b')]: prepared, ...more }), { before })
      return work
    }
    const expected = (plan: string) => [{ host: 'b.example.test', operation: 'rollback', expected: plan }]
    expect(await back()).toEqual(expected('no-roll-back'))
    expect(await back({ [standardAcceptances]: accepted })).toEqual(expected('roll-back'))
    expect(await back({ [standardAcceptances]: `${accepted}    host: a.example.test\n` })).toEqual(
      expected('no-roll-back'),
    )
  })

  test('is refused for all hosts if one of them has a plan that cannot be carried out', async () => {
    const off = 'matrix_domain: example.test\n'
    await afterPush({ [varsOf('a')]: live })
    await expect(afterPush({ [varsOf('a')]: off, [varsOf('b')]: live })).rejects.toMatchObject({
      reason: 'refused-state',
      message: expect.stringContaining('a.example.test'),
    })
  })

  test('of a host that is new, or has a new name, with a live MAS deploys it: the server may be live already', async () => {
    const added = { 'inventory/hosts': `${hosts}c.example.test\n`, [varsOf('c')]: live }
    expect(await afterPush(added)).toContainEqual(['c.example.test', 'deploy'])
  })

  test('is refused if findings must be fixed first, except a rollback, which then deploys nothing', async () => {
    const wrong = live.replace('"{{ vault_mas_encryption }}"', 'short')
    await expect(afterPush({ [varsOf('a')]: wrong })).rejects.toMatchObject({ reason: 'findings' })
    const before = server.git('rev-parse', 'HEAD')
    const back = prepared.replace('"{{ vault_mas_encryption }}"', 'short')
    expect((await workAt(server.commit({ [varsOf('a')]: back }), { before })).work).toMatchObject([
      { host: 'a.example.test', operation: 'rollback', blocked: { reason: 'findings' } },
    ])
  })

  test('has the findings of the review, also those that only a public repository has', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const plain = live.replace('"{{ vault_mas_encryption }}"', randomBytes(32).toString('hex'))
    const commit = server.commit({ [varsOf('a')]: plain })
    expect((await workAt(commit, { before })).work).toHaveLength(1)
    await expect(workAt(commit, { before, isPrivate: false })).rejects.toMatchObject({ reason: 'findings' })
  })

  test('whose hosts a newer commit changes too does nothing, and shows both commits', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const stale = server.commit({ [varsOf('a')]: live })
    const tip = server.commit({ [varsOf('a')]: prepared })
    const refusal = await workAt(stale, { before }).catch(error => error)
    expect(refusal).toMatchObject({ reason: 'commit-outdated' })
    expect(refusal.message).toContain(stale)
    expect(refusal.message).toContain(tip)
  })

  test('is work while newer commits change other hosts or files, until one changes its own', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const commit = server.commit({ [varsOf('a')]: live })
    server.commit({ [varsOf('b')]: live, 'README.md': 'text' })
    expect((await workAt(commit, { before })).work).toMatchObject([{ host: 'a.example.test' }])
    server.commit({ 'playbook.lock': 'f'.repeat(40) })
    await expect(workAt(commit, { before })).rejects.toMatchObject({ reason: 'commit-outdated' })
  })

  test('leaves the hosts that a newer commit changes to its run, and works on the others', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const both = server.commit({ 'inventory/group_vars/all.yml': 'a: 1\n' })
    const tip = server.commit({ [varsOf('a')]: live })
    expect(await workAt(both, { before })).toMatchObject({
      work: [{ host: 'b.example.test', operation: 'deploy' }],
      left: [{ host: 'a.example.test', sentence: expect.stringContaining(tip) }],
    })
    const inputs = { limit: 'a.example.test' }
    await expect(workAt(both, { before, inputs })).rejects.toMatchObject({ reason: 'commit-outdated' })
  })

  test('is work for all hosts where the inventory has a link, whose files can be anywhere', async () => {
    const before = server.commitLink('inventory/group_vars', '../shared')
    const { work } = await workAt(server.commit({ 'shared/all.yml': 'a: 1\n' }), { before })
    expect(work).toMatchObject([{ operation: 'deploy' }, { operation: 'deploy' }])
  })

  test('is refused where a newer commit changes the submodule or link with the inventory', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const commit = server.commit({ [varsOf('a')]: live })
    server.git('rm', '-rq', 'inventory')
    server.git('update-index', '--add', '--cacheinfo', `160000,${before},inventory`)
    server.git('commit', '-qm', 'A submodule')
    server.git('push', '-q', server.url, 'HEAD:refs/heads/main')
    await expect(workAt(commit, { before })).rejects.toMatchObject({ reason: 'commit-outdated' })
  })

  test('is not taken for the newest because of a branch whose name ends like the default branch', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const stale = server.commit({ [varsOf('a')]: live })
    const tip = server.commit({ [varsOf('a')]: prepared })
    server.git('push', '-q', server.url, `${stale}:refs/heads/a/refs/heads/main`)
    await expect(workAt(stale, { before })).rejects.toThrow(tip)
    expect((await workAt(tip, { before })).work).toEqual([])
  })

  test('is refused if an earlier job planned something else, and shows both plans', async () => {
    const before = server.git('rev-parse', 'HEAD')
    const commit = server.commit({ [varsOf('a')]: live, [varsOf('b')]: live })
    const planned = (operations: object, limit?: string) =>
      workAt(commit, {
        before,
        inputs: { planned: JSON.stringify(operations), ...(limit !== undefined && { limit }) },
      })
    const both = { 'a.example.test': 'migrate', 'b.example.test': 'migrate' }
    expect((await planned(both)).work).toHaveLength(2)
    expect((await planned(both, 'b.example.test')).work).toEqual([
      { host: 'b.example.test', operation: 'migrate', expected: 'migrate' },
    ])
    const other = { 'a.example.test': 'migrate', 'b.example.test': 'deploy' }
    expect((await planned(other, 'a.example.test')).work).toHaveLength(1)
    for (const [operations, limit] of [
      [other, undefined],
      [other, 'b.example.test'],
      [{ 'a.example.test': 'migrate' }, undefined],
      [{}, 'b.example.test'],
    ] as const) {
      const refusal = await planned(operations, limit).catch(error => error)
      expect(refusal).toMatchObject({ reason: 'plan-differs' })
      expect(refusal.message).toContain('migrate on b.example.test')
    }
    await expect(planned({ 'b.example.test': 'deploy' }, 'b.example.test')).rejects.toThrow(
      'deploy on b.example.test. The plan is now: migrate on b.example.test',
    )
  })

  test('to another branch does nothing', async () => {
    const commit = server.commit({ [varsOf('a')]: live }, 'other')
    await expect(workAt(commit, { ref: 'other' })).rejects.toMatchObject({ reason: 'commit-outdated' })
  })
})

describe('a workflow that is started by hand', () => {
  const byHand = (commit: string, inputs: Readonly<Record<string, string>>, ref = 'main') =>
    workAt(commit, { eventName: 'workflow_dispatch', inputs, ref })

  test('migrates one host, and refuses to choose one of several', async () => {
    const commit = server.commit({ 'inventory/hosts': hosts, [varsOf('a')]: live })
    await expect(byHand(commit, {})).rejects.toThrow('2 hosts')
    await expect(byHand(commit, { operation: 'rollback' })).rejects.toThrow('2 hosts')
    const migrate = { operation: 'migrate', limit: 'a.example.test' }
    expect((await byHand(commit, migrate)).work).toEqual([{ host: 'a.example.test', operation: 'migrate' }])
    expect((await byHand(commit, { operation: 'status' })).work).toHaveLength(2)
  })

  test('waits while others merge what its hosts do not use, and is refused otherwise', async () => {
    const commit = server.commit({ 'inventory/hosts': hosts, [varsOf('a')]: live })
    const migrate = { operation: 'migrate', limit: 'a.example.test' }
    server.commit({ [varsOf('b')]: live })
    expect((await byHand(commit, migrate)).work).toHaveLength(1)
    await expect(byHand(commit, { operation: 'deploy' })).rejects.toMatchObject({ reason: 'commit-outdated' })
  })

  test('rolls back from an older commit and despite findings, but never from another branch', async () => {
    const wrong = live.replace('"{{ vault_mas_encryption }}"', 'short')
    const files = { 'inventory/hosts': '[matrix_servers]\na.example.test\n', [varsOf('a')]: wrong }
    const old = server.commit(files)
    const tip = server.commit({ [varsOf('a')]: `${wrong}a: 1\n` })
    const rollback = { operation: 'rollback' }
    expect((await byHand(old, rollback)).work).toMatchObject([{ operation: 'rollback' }])
    await expect(byHand(old, rollback, 'other')).rejects.toMatchObject({ reason: 'commit-outdated' })
    await expect(byHand(old, { operation: 'migrate' })).rejects.toMatchObject({ reason: 'commit-outdated' })
    await expect(byHand(tip, { operation: 'migrate' })).rejects.toMatchObject({ reason: 'findings' })
  })
})
