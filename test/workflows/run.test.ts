import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../lab/runner/runner.ts'
import { startSshd } from '../server/sshd.ts'
import { type Engine, playbookName, startEngine } from './engine.ts'
import { type Files, type Pulls, pullsOf } from './pulls.ts'

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
const reviews = { Check: 'success', 'Publish the check': 'success' }

// Building the engine takes some minutes.
let engine: Engine
let pulls: Pulls
let base = ''
beforeAll(async () => {
  engine = await startEngine()
  pulls = pullsOf(engine)
}, 900_000)
afterAll(() => engine.close())
beforeEach(() => {
  const files = { 'inventory/hosts': hosts, [varsOf('a')]: prepared, [varsOf('b')]: prepared }
  base = engine.repository.commit({ ...files, 'README.md': String(Math.random()) })
})
afterEach(() => expect(engine.github.complaints).toEqual([]))

/** Opens a pull request with these files, and runs its review. */
async function review(files: Files, fullName?: string) {
  const pull = pulls.open(files, fullName)
  return { ...pull, ...(await pulls.review(pull)), comment: pulls.comments(pull) }
}

/** Merges files by a pull request, and runs what applies them. */
async function merge(files: Files) {
  const pull = pulls.open(files)
  return { ...pull, ...(await pulls.merge(pull)), comment: pulls.comments(pull) }
}

const openIssues = () =>
  engine.github.issues.filter(({ state }) => state === 'open').map(({ title }) => title)

describe('a pull request', () => {
  test('that is wrong fails, and the comment says why', async () => {
    const { jobs, comment } = await review({ [varsOf('b')]: live.replace(/"{{.*}}"/, 'short') })
    expect(jobs).toEqual({ Check: 'failure', 'Publish the result': 'success' })
    expect(comment).toContain('mas/encryption-secret-format')
  })

  test('of a fork is only checked', async () => {
    const { jobs, comment } = await review({ [varsOf('b')]: live }, 'mallory/inventory')
    expect(jobs).toEqual({ Check: 'success' })
    expect(comment).toBe('')
  })

  test('that contains reports is not believed', async () => {
    const report = { host: 'b.example.test', verdict: 'clean', message: 'So it is.', findings: [] }
    const forged = JSON.stringify({ version: 1, receipts: [], hosts: [report] })
    const files = { 'report/rehearsal.json': forged, '_temp/report/rehearsal.json': forged }
    const { comment } = await review({ ...files, [varsOf('b')]: live })
    expect(comment).toContain('❌ The rehearsal could not run')
    expect(comment).not.toContain('So it is')
  })

  test('that prepares a host is published, and not rehearsed', async () => {
    const { jobs, comment, fields } = await review({ 'inventory/group_vars/all.yml': 'a: 1\n' })
    expect(jobs).toEqual({ Check: 'success', 'Publish the result': 'success' })
    expect(comment).toContain(fields.head.sha)
  })

  test('that adds a host with a live MAS is not rehearsed: its server may be live already', async () => {
    const { jobs } = await review({ 'inventory/hosts': `${hosts}c.example.test\n`, [varsOf('c')]: live })
    expect(jobs).toEqual({ Check: 'success', 'Publish the result': 'success' })
  })

  test('that migrates one host of two is rehearsed on that one; why it could not be is told', async () => {
    const { jobs, comment } = await review({ [varsOf('b')]: live })
    const rehearsed = { 'Rehearse on b.example.test': 'failure', 'Publish the result': 'success' }
    expect(jobs).toEqual({ ...reviews, ...rehearsed })
    expect(comment).toContain('❌ The rehearsal could not run')
    expect(comment).toMatch(/b\.example\.test[\s\S]*not a supported playbook/)
  })
})

describe('a pull request of a branch that a person pushed', () => {
  const pushed = (files: Files) => {
    engine.repository.commit(files, 'mine')
    engine.repository.git('checkout', '-q', 'main')
  }

  test('is opened once, follows the branch, and is over when it is merged', async () => {
    pushed({ 'README.md': 'one' })
    const { number, fields } = pulls.propose('mine')
    const { sha } = fields.head
    pushed({ 'README.md': 'two' })
    const again = pulls.propose('mine')
    expect(again.number).toBe(number)
    expect(again.fields.head.sha).not.toBe(sha)
    expect(pulls.find('mine')?.number).toBe(number)
    await pulls.merge(again)
    expect(pulls.find('mine')).toBeUndefined()
    expect(() => pulls.propose('mine')).toThrow('mine has no commit that main does not have')
  })

  test('needs a branch that was pushed and does not conflict with main', () => {
    expect(() => pulls.propose('elsewhere')).toThrow('git push origin elsewhere')
    pushed({ 'README.md': 'mine' })
    engine.repository.commit({ 'README.md': 'theirs' })
    expect(() => pulls.propose('mine')).toThrow('mine conflicts with main')
    expect(pulls.tip()).toBe(engine.repository.git('rev-parse', 'HEAD'))
  })
})

test('an engine with a folder keeps repository and pull requests, and runs the workflows of the commit', async () => {
  const state = mkdtempSync(join(tmpdir(), 'state-'))
  const first = await startEngine({ state })
  const commit = first.repository.commit({ 'inventory/hosts': hosts })
  first.repository.commit({ 'README.md': 'text' }, 'mine')
  pullsOf(first).propose('mine')
  await expect(first.run('review', 'workflow_dispatch', commit)).rejects.toThrow(
    'The branch has no .github/workflows/matrix-auth-review.yml',
  )
  await first.close()
  const second = await startEngine({ state })
  expect(pullsOf(second).find('mine')?.number).toBe(1)
  const template = readFileSync(join(projectRoot, 'workflows/matrix-auth-review.yml'), 'utf8')
  const workflow = template.replace('name: Check\n', 'name: Our check\n')
  const changed = second.repository.commit({ '.github/workflows/matrix-auth-review.yml': workflow })
  const told: string[] = []
  const onJob = ({ name }: { readonly name: string }) => told.push(name)
  const { jobs } = await second.run('review', 'workflow_dispatch', changed, {}, { onJob })
  expect(jobs).toEqual({ 'Our check': 'success' })
  expect(told).toEqual(['Our check'])
  await second.close()
  rmSync(state, { recursive: true })
})

describe('a rehearsal that is started by hand', () => {
  test('is of the default branch, for the hosts that it has live', async () => {
    const commit = engine.repository.commit({ [varsOf('a')]: live })
    const { jobs } = await engine.run('review', 'workflow_dispatch', commit, { inputs: {} })
    expect(jobs).toEqual({ Check: 'success', 'Rehearse on a.example.test': 'failure' })
  })

  test('is refused for a commit that is not the head of a pull request', async () => {
    const other = engine.repository.commit({ [varsOf('a')]: live }, 'nobody')
    engine.repository.git('checkout', '-q', 'main')
    const inputs = { 'head-commit': other }
    const { jobs } = await engine.run('review', 'workflow_dispatch', base, { inputs })
    expect(jobs.Check).toBe('failure')
    expect(Object.keys(jobs)).not.toContain('Rehearse on a.example.test')
  })
})

describe('a merge', () => {
  test('is applied to the host that it touches, and its pull request gets the outcome', async () => {
    const { jobs, comment } = await merge({ [varsOf('b')]: live })
    expect(jobs).toEqual({
      Plan: 'success',
      'Apply to b.example.test': 'failure',
      'Publish the outcome': 'success',
    })
    expect(comment).toMatch(/❌ `b\.example\.test`, migration/)
    expect(comment).not.toContain('a.example.test')
  })

  test('that touches no host does nothing', async () => {
    const { jobs, comment } = await merge({ 'README.md': 'text' })
    expect(jobs).toEqual({ Plan: 'success' })
    expect(comment).toBe('')
  })

  test('whose hosts a newer one changes too is refused, and says so', async () => {
    const { commit, event, ...pull } = await merge({ [varsOf('b')]: `${prepared}a: 1\n` })
    const tip = engine.repository.commit({ [varsOf('b')]: `${prepared}a: 2\n` })
    const { jobs } = await engine.run('apply', 'push', commit, event)
    expect(jobs).toEqual({ Plan: 'failure', 'Publish the outcome': 'success' })
    expect(pulls.comments(pull)).toContain(tip)
  })
})

test('a rollback by hand asks which of two hosts is meant', async () => {
  const byHand = (inputs: object) => engine.run('apply', 'workflow_dispatch', base, { inputs })
  const published = { 'Publish the outcome': 'success' }
  expect((await byHand({ operation: 'rollback' })).jobs).toEqual({ Plan: 'failure', ...published })
  const { jobs } = await byHand({ operation: 'rollback', host: 'b.example.test' })
  expect(jobs).toEqual({ Plan: 'success', 'Apply to b.example.test': 'failure', ...published })
})

describe('the doctor', () => {
  test('that gets nowhere opens an issue', async () => {
    const { jobs } = await engine.run('doctor', 'schedule', base)
    expect(jobs).toEqual({ Doctor: 'failure', Publish: 'success' })
    expect(openIssues()).toEqual(['The doctor could not run'])
  })

  test('fetches the pinned playbook, reaches a server with the key, and leaves no agent behind', async () => {
    const { repository } = engine
    const sshd = await startSshd()
    const playbook = repository.add(playbookName, join(projectRoot, 'test/lab/playbook/mas-cli'))
    repository.git('checkout', '-q', '-B', 'main', base)
    const { address, port, user } = sshd.address
    const commit = repository.commit({
      'inventory/hosts': `[matrix_servers]\na.example.test ansible_host=${address} ansible_port=${port} ansible_user=${user}\n`,
      'inventory/known_hosts': sshd.knownHosts,
      'playbook.lock': `${playbook}\n`,
    })
    const key = readFileSync(join(sshd.folder, 'user'), 'utf8')
    const secrets = { MATRIX_SSH_KEY: key }
    const { jobs, log, agents } = await engine.run('doctor', 'schedule', commit, {}, { secrets })
    sshd.stop()
    expect(jobs).toEqual({ Doctor: 'failure', Publish: 'success' })
    expect(log).toContain(`Fetching the playbook, commit ${playbook}`)
    expect(openIssues()).toEqual(['a.example.test is not healthy'])
    expect(engine.github.issues.at(-1)?.body).toContain('The probe script')
    expect(log).not.toContain(key.split('\n')[2])
    expect(agents).toEqual([])
  })
})
