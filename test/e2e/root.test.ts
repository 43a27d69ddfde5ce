import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { member } from '../../src/support/json.ts'
import { filesIn, type ServerRepository, serverRepository } from '../actions/server-repository.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'
import { projectRoot, runStep } from '../lab/runner/runner.ts'

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

let github: LocalGitHub
let server: ServerRepository
let base = ''
beforeAll(async () => {
  github = await startLocalGitHub()
})
afterAll(() => github.close())
beforeEach(() => {
  server = serverRepository()
  base = server.commit({ 'inventory/hosts': hosts, [varsOf('a')]: prepared, [varsOf('b')]: prepared })
})
afterEach(() => server.remove())

/** Runs the root action for a commit that is checked out. */
async function step(
  eventName: string,
  commit: string,
  inputs: Readonly<Record<string, string>>,
  event: object = {},
  reports: Readonly<Record<string, unknown>> = {},
) {
  const workspace = server.checkOut(commit)
  const temp = mkdtempSync(join(tmpdir(), 'root-'))
  mkdirSync(join(temp, 'report'))
  for (const [name, report] of Object.entries(reports))
    writeFileSync(join(temp, 'report', name), JSON.stringify(report))
  const done = await runStep({
    action: '.',
    inputs: { 'github-token': github.token, ...inputs },
    workspace,
    temp,
    eventName,
    event: { repository: { default_branch: 'main' }, ...event },
    env: { GITHUB_API_URL: github.url, GITHUB_SERVER_URL: server.serverUrl, GITHUB_SHA: commit },
  })
  const report = (name: string) => {
    const file = join(temp, 'report', `${name}.json`)
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  }
  return { ...done, temp, report }
}

test('a pull request that migrates one host of two is rehearsed on that one', async () => {
  const head = server.commit({ [varsOf('b')]: live }, 'change')
  const done = await step('pull_request', head, {}, { pull_request: { base: { sha: base } } })
  expect(done, done.log).toMatchObject({ code: 0, outputs: { matrix: '["b.example.test"]' } })
  expect(done.report('validate').hosts).toHaveLength(2)
})

test('an edit of the text of a pull request is checked, but rehearses nothing again', async () => {
  const head = server.commit({ [varsOf('b')]: live }, 'change')
  const edit = (changes: object) => ({ action: 'edited', changes, pull_request: { base: { sha: base } } })
  const title = await step('pull_request', head, {}, edit({ title: { from: 'a' } }))
  expect(title, title.log).toMatchObject({ code: 0, outputs: { matrix: '[]' } })
  const rebased = await step('pull_request', head, {}, edit({ base: { ref: { from: 'a' } } }))
  expect(rebased.outputs.matrix).toBe('["b.example.test"]')
})

describe('a check that is started by hand', () => {
  test('names the hosts that the default branch has live', async () => {
    const commit = server.commit({ [varsOf('a')]: live })
    const done = await step('workflow_dispatch', commit, { task: 'validate-config' })
    expect(done.outputs.matrix).toBe('["a.example.test"]')
  })

  test('compares the head of a pull request with its base, and refuses every other commit', async () => {
    const commit = server.commit({ [varsOf('b')]: live }, 'change')
    const inputs = { task: 'validate-config', 'head-commit': commit }
    expect((await step('workflow_dispatch', commit, inputs)).outputs['failure-reason']).toBe(
      'commit-outdated',
    )
    const fork = { full_name: 'mallory/inventory' }
    const pull = { number: 1, state: 'open', merged_at: null, base: { ref: 'main', sha: base } }
    github.pulls.push({ ...pull, head: { sha: commit, repo: fork } })
    expect((await step('workflow_dispatch', commit, inputs)).outputs['failure-reason']).toBe(
      'commit-outdated',
    )
    github.pulls.push({
      ...pull,
      number: 2,
      head: { sha: commit, repo: { full_name: 'operator/inventory' } },
    })
    const done = await step('workflow_dispatch', commit, inputs)
    expect(done, done.log).toMatchObject({ code: 0, outputs: { matrix: '["b.example.test"]' } })
    expect(github.complaints).toEqual([])
  })
})

test('a rehearsal of one host by hand leaves the others in the report, and in the status of the commit', async () => {
  const commit = server.commit({ [varsOf('a')]: live, [varsOf('b')]: live }, 'both')
  const head = { sha: commit, repo: { full_name: 'operator/inventory' } }
  const pull = { number: 3, state: 'open', merged_at: null, base: { ref: 'main', sha: base }, head }
  github.pulls.push(pull)
  const inputs = { task: 'validate-config', 'head-commit': commit, limit: 'b.example.test' }
  const done = await step('workflow_dispatch', commit, inputs)
  expect(done, done.log).toMatchObject({ code: 0, outputs: { matrix: '["b.example.test"]' } })
  expect(done.report('validate').hosts).toHaveLength(2)
})

describe('the plan of a push', () => {
  test('for more hosts than GitHub has jobs is refused, and told', async () => {
    const commit = server.commit({ 'inventory/hosts': '[matrix_servers]\nh[001:257].example.test\n' })
    const done = await step('push', commit, { task: 'plan' }, { before: base })
    expect(done, done.log).toMatchObject({ code: 1, outputs: { 'failure-reason': 'input-invalid' } })
    expect(done.outputs.matrix).toBeUndefined()
    expect(done.report('outcome-all').outcomes[0].sentence).toContain('257 hosts')
  })

  test('that fails because of the playbook is told', async () => {
    const commit = server.commit({ 'playbook.lock': 'main\n' })
    const done = await step('push', commit, { task: 'plan' }, { before: base })
    expect(done.outputs['failure-reason']).toBe('input-invalid')
    expect(done.report('outcome-all').outcomes[0].sentence).toContain('playbook.lock')
  })

  test('names the hosts that it has work on, and keeps the whole report', async () => {
    const commit = server.commit({ [varsOf('b')]: live })
    const done = await step('push', commit, { task: 'plan' }, { before: base })
    expect(done, done.log).toMatchObject({ code: 0, outputs: { matrix: '["b.example.test"]' } })
    expect(done.report('validate').hosts).toHaveLength(2)
    expect(done.report('outcome-all')).toBeUndefined()
    expect(done.outputs.planned).toBe('{"b.example.test":"migrate"}')
  })

  test('that is refused is told', async () => {
    const commit = server.commit({ [varsOf('b')]: 'matrix_domain: example.test\n', [varsOf('a')]: live })
    const later = server.commit({ 'inventory/group_vars/all.yml': 'a: 1\n' })
    const done = await step('push', commit, { task: 'plan' }, { before: base })
    expect(done).toMatchObject({ code: 1, outputs: { 'failure-reason': 'commit-outdated' } })
    expect(done.report('outcome-all').outcomes).toMatchObject([
      { host: '', operation: 'plan', ok: false, sentence: expect.stringContaining(later) },
    ])
  })
})

test('a host that a newer commit changes too is left to its run, and told', async () => {
  const commit = server.commit({ [varsOf('a')]: live, [varsOf('b')]: live })
  const later = server.commit({ [varsOf('a')]: `${live}a: 1\n` })
  const done = await step('push', commit, { task: 'plan' }, { before: base })
  expect(done, done.log).toMatchObject({ code: 0, outputs: { matrix: '["b.example.test"]' } })
  expect(done.report('outcome-all').outcomes).toMatchObject([
    { host: 'a.example.test', operation: 'plan', ok: false, sentence: expect.stringContaining(later) },
  ])
})

test('a host that is refused when its turn comes is told by its name', async () => {
  const commit = server.commit({ [varsOf('a')]: live, [varsOf('b')]: live })
  const later = server.commit({ 'inventory/group_vars/all.yml': 'a: 1\n' })
  const inputs = { task: 'apply', limit: 'b.example.test' }
  const done = await step('push', commit, inputs, { before: base })
  expect(done.report('outcome-b.example.test').outcomes).toMatchObject([
    { host: 'b.example.test', operation: 'plan', ok: false, sentence: expect.stringContaining(later) },
  ])
})

test('a host on which nothing could be done is told, and the next one is left alone', async () => {
  const commit = server.commit({ [varsOf('a')]: live, [varsOf('b')]: live })
  const done = await step('push', commit, {}, { before: base })
  expect(done, done.log).toMatchObject({ code: 1, outputs: { 'failure-reason': 'checkout-unsupported' } })
  expect(done.report('outcome-all').outcomes).toMatchObject([
    { host: 'a.example.test', operation: 'migrate', ok: false },
  ])
})

describe('after a rollback by hand', () => {
  const host = 'b.example.test'
  async function publish(files: Readonly<Record<string, string>>, token = github.token, ok = true) {
    const playbook = server.commit(filesIn(join(projectRoot, 'test/lab/playbook/mas-cli')), 'playbook')
    server.git('checkout', '-q', '-B', 'main', base)
    const commit = server.commit({ ...files, 'playbook.lock': `${playbook}\n` })
    const inputs = { task: 'publish', 'playbook-repository': server.url, 'github-token': token }
    const outcome = { host, operation: 'rollback', ok, sentence: 'Rolled back.' }
    const report = { version: 1, outcomes: [outcome] }
    const event = { inputs: { operation: 'rollback' } }
    const done = await step('workflow_dispatch', commit, inputs, event, { 'outcome-b.json': report })
    expect(done, done.log).toMatchObject({ code: 0 })
    return { ...done, commit }
  }
  const patch = '+matrix_authentication_service_migration_in_progress: true'

  test('the pull request that makes the default branch match the server is opened', async () => {
    const { commit, log, temp } = await publish({ [varsOf('a')]: live, [varsOf('b')]: live })
    expect(readdirSync(temp).filter(name => name.startsWith('default-branch-'))).toEqual([])
    const pull = github.pulls.at(-1)
    expect(pull).toMatchObject({ base: { ref: 'main' }, title: expect.stringContaining(host) })
    expect(pull?.body).toContain('matrix_synapse_oidc_')
    expect(github.refs.get(`refs/heads/${member(pull, 'head', 'ref')}`)).toBe('c'.repeat(40))
    expect(github.trees.at(-1)).toMatchObject({ base_tree: commit })
    const switches = `matrix_authentication_service_migration_in_progress: true
matrix_synapse_matrix_authentication_service_enabled: false
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false
`
    expect(github.trees.at(-1)?.tree).toEqual([
      { path: varsOf('b'), mode: '100644', type: 'blob', content: `${switches}${live}` },
    ])
    expect(log).toContain(`Opened #${pull?.number}`)
  })

  test('no second one is opened while it is open', async () => {
    const pulls = github.pulls.length
    const again = await publish({ [varsOf('a')]: live, [varsOf('b')]: live })
    expect(again.log).toContain(`#${github.pulls.at(-1)?.number} is still open`)
    expect(github.pulls.length).toBe(pulls)
    Object.assign(github.pulls.at(-1) ?? {}, { state: 'closed' })
    github.refs.clear()
    await publish({ [varsOf('b')]: live })
    expect(github.pulls.length).toBe(pulls + 1)
    // Somebody else can give a pull request any title.
    Object.assign(github.pulls.at(-1) ?? {}, { user: { login: 'somebody' } })
    github.refs.clear()
    await publish({ [varsOf('b')]: live })
    expect(github.pulls.length).toBe(pulls + 2)
  })

  test('the change is shown where the token may not open it, or no program can make it', async () => {
    const pulls = github.pulls.length
    const { log, summary } = await publish({ [varsOf('b')]: live }, 'may read only')
    expect(log).toContain(patch)
    expect(summary).toContain('git apply --unidiff-zero')
    const inline = `[matrix_servers]\n${host} matrix_authentication_service_enabled=true\n`
    const other = await publish({ 'inventory/hosts': inline, [varsOf('b')]: '' })
    expect(other.log).toContain(patch.slice(1))
    expect(github.pulls.length).toBe(pulls)
  })

  test('nothing is proposed where the rollback failed, or the vars do not ask for a live MAS', async () => {
    const pulls = github.pulls.length
    expect((await publish({ [varsOf('b')]: live }, github.token, false)).log).toContain(
      'No server was rolled back',
    )
    expect((await publish({ [varsOf('b')]: prepared })).log).toContain('do not ask for a live MAS')
    expect(github.pulls.length).toBe(pulls)
    expect(github.complaints).toEqual([])
  })
})
