import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkOutBase, withEventBase } from '../../src/actions/event-base.ts'
import { playbookAtPin, playbookToRun } from '../../src/actions/playbook.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { desiredStage } from '../../src/inventory/desired-stage.ts'
import { inventoryOf } from '../../src/inventory/inventory-of.ts'
import { varsDigest } from '../../src/migration/deployment-record.ts'
import { type ServerRepository, serverRepository } from './server-repository.ts'

let server: ServerRepository
beforeEach(() => {
  server = serverRepository()
})
afterEach(() => server.remove())

function jobOf(root: string, event: unknown, sha = '') {
  const file = join(mkdtempSync(join(tmpdir(), 'event-')), 'event.json')
  writeFileSync(file, JSON.stringify(event))
  const environment = {
    GITHUB_EVENT_PATH: file,
    GITHUB_SERVER_URL: server.serverUrl,
    GITHUB_REPOSITORY: 'operator/inventory',
    GITHUB_SHA: sha,
  }
  return { environment, repository: new Repository(root), log: () => undefined, port: runnerPort({}) }
}

const noInputs = {
  inventory: ['inventory/hosts'],
  baseRef: undefined,
  basePath: undefined,
  githubToken: undefined,
}

describe('the commit before the change', () => {
  const baseFor = async (root: string, event: unknown, sha?: string) =>
    (await withEventBase(noInputs, jobOf(root, event, sha))).baseRef

  test('of a push is fetched into a shallow clone', async () => {
    const before = server.commit({ vars: 'old' })
    const after = server.commit({ vars: 'new' })
    const root = server.checkOut(after)
    const base = await baseFor(root, { before })
    expect(base).toBe(before)
    const files = await new Repository(root).at(before)
    expect(Buffer.from(files.read('vars')).toString()).toBe('old')
    const folder = await checkOutBase(root, before, () => undefined)
    expect(readFileSync(join(root, folder, 'vars'), 'utf8')).toBe('old')
    expect(readFileSync(join(root, 'vars'), 'utf8')).toBe('new')
  })

  test('has, in its folder, an inventory like the repository’s own', async () => {
    const hosts = '[matrix_servers]\na.example.test\n'
    const vars = 'inventory/host_vars/a.example.test.yml'
    const enabled = 'matrix_authentication_service_enabled: true\n'
    const before = server.commit({ 'inventory/hosts': hosts, [vars]: enabled })
    const root = server.checkOut(server.commit({ [vars]: '' }))
    await withEventBase(noInputs, jobOf(root, { before }))
    const path = join(await checkOutBase(root, before, () => undefined), 'inventory/hosts')
    const { files } = new Repository(root)
    const [host] = inventoryOf(files, path).hosts
    expect(host && desiredStage(host).stage).toBe('live')
    const checkout = { commit: 'a'.repeat(40), digest: '' }
    const own = new Repository(server.checkOut(before)).files
    expect(varsDigest(files, [path], checkout, {}, 'a.example.test')).toBe(
      varsDigest(own, ['inventory/hosts'], checkout, {}, 'a.example.test'),
    )
    expect(varsDigest(files, ['inventory/hosts'], checkout, {}, 'a.example.test')).not.toBe(
      varsDigest(own, ['inventory/hosts'], checkout, {}, 'a.example.test'),
    )
  })

  test('of a force push, which no branch has any more, is fetched too', async () => {
    server.commit({ vars: 'first' })
    const before = server.commit({ vars: 'rewritten later' })
    server.git('reset', '-q', '--hard', 'HEAD^')
    const root = server.checkOut(server.commit({ vars: 'instead' }))
    expect(await baseFor(root, { before })).toBe(before)
  })

  test('of a pull request is what the merge commit was merged into, though the event names an older one', async () => {
    const older = server.commit({ vars: 'old' })
    server.commit({ vars: 'new' }, 'change')
    server.git('checkout', '-q', 'main')
    const newer = server.commit({ other: 'merged since' })
    server.git('merge', '-q', '--no-edit', 'change')
    server.git('push', '-q', server.url, 'HEAD:refs/pull/1/merge')
    const merge = server.git('rev-parse', 'HEAD')
    const root = server.checkOut(merge)
    const event = { pull_request: { base: { sha: older } } }
    expect(await baseFor(root, event, merge)).toBe(newer)
    expect(await baseFor(root, event, 'f'.repeat(40))).toBe(older)
  })

  test('of a merge group is named by the event', async () => {
    const before = server.commit({ vars: 'old' })
    const root = server.checkOut(server.commit({ vars: 'new' }))
    expect(await baseFor(root, { merge_group: { base_sha: before } })).toBe(before)
  })

  test('is none for the first push, for a dispatch, and where the step names one', async () => {
    const root = server.checkOut(server.commit({ vars: 'old' }))
    expect(await baseFor(root, { before: '0'.repeat(40) })).toBeUndefined()
    expect(await baseFor(root, {})).toBeUndefined()
    const given = { ...noInputs, basePath: 'base' }
    expect(await withEventBase(given, jobOf(root, { before: 'a'.repeat(40) }))).toBe(given)
  })

  test('is none for an inventory in a submodule, whose older files are not in the repository', async () => {
    const before = server.commit({ vars: 'old' })
    server.git('update-index', '--add', '--cacheinfo', `160000,${before},inventory`)
    server.git('commit', '-q', '-m', 'A submodule')
    server.git('push', '-q', '--force', server.url, 'HEAD:refs/heads/main')
    const root = server.checkOut(server.git('rev-parse', 'HEAD'))
    expect(await baseFor(root, { before })).toBeUndefined()
  })

  test.each([
    ['inventory', '../sites/one'],
    ['inventory/host_vars', '../sites/host_vars'],
  ])('is none where %s is a link, which is not followed in an older commit', async (path, target) => {
    const before = server.commit({ vars: 'old' })
    const root = server.checkOut(server.commitLink(path, target))
    expect(await baseFor(root, { before })).toBeUndefined()
  })

  test('is not written through a link of the repository', async () => {
    const before = server.commit({ vars: 'old' })
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    writeFileSync(join(outside, 'base'), 'not ours')
    const root = server.checkOut(server.commitLink('.matrix-auth-actions', outside))
    await expect(checkOutBase(root, before, () => undefined)).rejects.toMatchObject({
      reason: 'checkout-unsupported',
    })
    expect(readFileSync(join(outside, 'base'), 'utf8')).toBe('not ours')
  })

  test('that the server does not have fails the step', async () => {
    const root = server.checkOut(server.commit({ vars: 'old' }))
    await expect(baseFor(root, { before: 'a'.repeat(40) })).rejects.toMatchObject({ reason: 'fetch-failed' })
  })
})

describe('the playbook', () => {
  const pinned = (root: string, playbookPath?: string) =>
    playbookAtPin({ playbookPath, playbookRepository: server.url }, jobOf(root, {}))

  test('is fetched at the commit of playbook.lock, once', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    server.commit({ 'setup.yml': 'newer' })
    const lock = `# The playbook.\n${commit} # as of today\n`
    const root = server.checkOut(server.commit({ 'playbook.lock': lock }))
    expect(await pinned(root)).toBe('playbook')
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('at the pin')
    expect(await pinned(root, 'playbook')).toBe('playbook')
  })

  test('is fetched at the commit of a submodule', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    server.git('rm', '-q', 'setup.yml')
    server.git('update-index', '--add', '--cacheinfo', `160000,${commit},playbook`)
    server.git('commit', '-q', '-m', 'A submodule')
    server.git('push', '-q', '--force', server.url, 'HEAD:refs/heads/main')
    const root = server.checkOut(server.git('rev-parse', 'HEAD'))
    expect(await pinned(root)).toBe('playbook')
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('at the pin')
  })

  test('is fetched again when playbook.lock names another commit', async () => {
    const old = server.commit({ 'setup.yml': 'old' })
    const root = server.checkOut(server.commit({ 'playbook.lock': `${old}\n` }))
    await pinned(root)
    writeFileSync(join(root, 'playbook.lock'), `${server.commit({ 'setup.yml': 'newer' })}\n`)
    await pinned(root)
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('newer')
  })

  test.each([
    ['is a clone with a branch', ['switch', '-q', '-c', 'own']],
    ['has changes', ['rm', '-q', '--cached', 'setup.yml']],
  ])('at another commit is refused where it %s', async (_, own) => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const root = server.checkOut(server.commit({ 'playbook.lock': `${commit}\n` }))
    await pinned(root)
    execFileSync('git', ['-C', join(root, 'playbook'), ...own])
    writeFileSync(join(root, 'playbook.lock'), `${server.commit({ 'setup.yml': 'newer' })}\n`)
    await expect(pinned(root)).rejects.toMatchObject({ reason: 'checkout-unsupported' })
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('at the pin')
  })

  test.each([
    ['playbook', 'playbook'],
    ['a/playbook', 'a'],
  ])(
    'is not fetched into %s through a link of the repository: it could replace git’s own files',
    async (path, link) => {
      const commit = server.commit({ hooks: 'of a stranger' })
      const root = server.checkOut(server.commit({ hooks: undefined, 'playbook.lock': `${commit}\n` }))
      symlinkSync('.git', join(root, link))
      await expect(pinned(root, path)).rejects.toMatchObject({ reason: 'checkout-unsupported' })
      expect(existsSync(join(root, '.git/.git'))).toBe(false)
      expect(existsSync(join(root, '.git/playbook'))).toBe(false)
    },
  )

  test('in the repository as plain files is refused beside a playbook.lock, which it may not match', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const files = { 'playbook.lock': `${commit}\n`, 'playbook/setup.yml': 'older' }
    const root = server.checkOut(server.commit(files))
    await expect(pinned(root)).rejects.toMatchObject({
      reason: 'checkout-unsupported',
      message: expect.stringContaining('its commit is unknown'),
      remedy: expect.stringContaining('playbook.lock'),
    })
  })

  test('is not the repository itself, unless the step names that', async () => {
    const role = 'roles/custom/matrix-authentication-service/tasks/main.yml'
    const clone = server.commit({ 'setup.yml': '', [role]: '', 'inventory/hosts': '' })
    const root = server.checkOut(clone)
    const toRun = (playbookPath: string) =>
      playbookToRun({ playbookPath, playbookRepository: server.url }, jobOf(root, {}))
    await expect(toRun('playbook')).rejects.toMatchObject({
      reason: 'input-invalid',
      message: expect.stringContaining('The repository is a clone of the playbook.'),
      remedy: expect.stringContaining('cp -r inventory ../matrix-inventory/'),
    })
    expect(await toRun('.')).toBe(root)
  })

  test('stays what the step names if the repository pins none', async () => {
    const root = server.checkOut(server.commit({ vars: '' }))
    expect(await pinned(root)).toBeUndefined()
    expect(await pinned(root, 'elsewhere')).toBe('elsewhere')
    expect(existsSync(join(root, 'playbook'))).toBe(false)
  })

  test('is not fetched among files of the repository: what is run would not be the commit', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const files = { 'setup.yml': undefined, 'playbook.lock': `${commit}\n`, 'playbook/library/own.py': '' }
    const root = server.checkOut(server.commit(files))
    await expect(pinned(root)).rejects.toThrow('this folder has files and is not a clone')
    expect(existsSync(join(root, 'playbook/setup.yml'))).toBe(false)
  })

  test.each(['.', 'other'])('does not replace a clone of something else at %s', async path => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const root = server.checkOut(server.commit({ 'setup.yml': undefined, 'playbook.lock': `${commit}\n` }))
    const argv = ['clone', '-q', root, join(root, 'other')]
    execFileSync('git', argv)
    writeFileSync(join(root, path, 'playbook.lock'), `# not committed\n${commit}\n`)
    await expect(pinned(root, path)).rejects.toThrow('is not a clone of the playbook')
    expect(readFileSync(join(root, path, 'playbook.lock'), 'utf8')).toContain('# not committed')
  })

  test('is fetched where an earlier fetch failed', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const root = server.checkOut(server.commit({ 'setup.yml': undefined, 'playbook.lock': `${commit}\n` }))
    const inputs = { playbookPath: undefined, playbookRepository: `${server.url}-gone` }
    await expect(playbookAtPin(inputs, jobOf(root, {}))).rejects.toMatchObject({ reason: 'fetch-failed' })
    expect(await pinned(root)).toBe('playbook')
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('at the pin')
  })

  test('is fetched into a folder that has only what keeps it in git', async () => {
    const commit = server.commit({ 'setup.yml': 'at the pin' })
    const kept = { 'playbook/.gitkeep': '', 'playbook/.gitignore': '*\n!.git*\n' }
    const root = server.checkOut(
      server.commit({ 'setup.yml': undefined, 'playbook.lock': `${commit}\n`, ...kept }),
    )
    expect(await pinned(root)).toBe('playbook')
    expect(readFileSync(join(root, 'playbook/setup.yml'), 'utf8')).toBe('at the pin')
  })

  test('is not fetched at a commit behind a link, which can change without a change of playbook.lock', async () => {
    server.commit({ pin: `${server.commit({ 'setup.yml': 'at the pin' })}\n` })
    const root = server.checkOut(server.commitLink('playbook.lock', 'pin'))
    await expect(pinned(root)).rejects.toThrow('does not name a commit')
  })

  const inComment = `# as of today\u2028${'a'.repeat(40)}\n`
  test.each(['main\n', '', `${'a'.repeat(40)}\n${'b'.repeat(40)}\n`, '--upload-pack=x\n', inComment])(
    'is never fetched for a lock file that names no commit: %j',
    async lock => {
      const root = server.checkOut(server.commit({ 'playbook.lock': lock }))
      await expect(pinned(root)).rejects.toThrow('does not name a commit')
    },
  )
})
