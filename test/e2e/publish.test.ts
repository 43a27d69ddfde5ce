import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { projectRoot, runStep } from '../lab/runner/runner.ts'

let github: LocalGitHub

beforeAll(async () => {
  github = await startLocalGitHub()
})
afterAll(async () => {
  expect(github.complaints).toEqual([])
  await github.close()
})

const folder = () => mkdtempSync(join(tmpdir(), 'matrix-auth-actions-tell-'))

/** A pull request of this repository whose newest commit this is. */
function openPullRequest(number: number, sha: string, parts: object = {}): void {
  const head = { sha, repo: { full_name: 'operator/inventory' } }
  github.pulls.push({
    number,
    state: 'open',
    merged_at: null,
    head,
    base: { ref: 'main', sha: 'f'.repeat(40) },
    ...parts,
  })
}

/** Runs `task: publish` over a folder of reports, by their file names. */
async function publish(
  eventName: 'pull_request' | 'schedule' | 'workflow_dispatch' | 'push',
  reports: Readonly<Record<string, unknown>>,
  number = 0,
  { commit = 'a'.repeat(40), attempt = '1', commits = [] as readonly string[] } = {},
) {
  const workspace = folder()
  mkdirSync(join(workspace, 'report'))
  for (const [name, report] of Object.entries(reports)) {
    const file = join(workspace, 'report', name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(report))
  }
  const events = {
    schedule: {},
    push: { commits: commits.map(id => ({ id })) },
    pull_request: { number, pull_request: { head: { sha: commit } } },
    workflow_dispatch: { inputs: { 'head-commit': commit } },
  }
  const event = events[eventName]
  const inputs = {
    task: 'publish',
    'report-path': 'report',
    'github-token': github.token,
  }
  const env = { GITHUB_API_URL: github.url, GITHUB_SHA: commit, GITHUB_RUN_ATTEMPT: attempt }
  const step = await runStep({ action: '.', inputs, workspace, temp: folder(), eventName, event, env })
  expect(step).toMatchObject({ code: 0, outputs: { 'failure-reason': '' } })
}

const commentOn = (number: number) => github.comments.find(({ issue }) => issue === number)?.body ?? ''
const openIssues = () => github.issues.filter(({ state }) => state === 'open').map(({ title }) => title)

async function verdictOfMigration(): Promise<object> {
  const workspace = folder()
  const options = { dialect: 'mas-cli', address: '192.0.2.1' } as const
  await writeInventory(workspace, { ...options, stage: 'live' })
  await writeInventory(join(workspace, 'base'), { ...options, stage: 'prepared' })
  const inputs = { 'base-path': 'base', 'json-path': 'validate.json' }
  await runStep({ action: 'validate-config', inputs, workspace, temp: folder() })
  return JSON.parse(readFileSync(join(workspace, 'validate.json'), 'utf8')) as object
}

const rehearsal = (parts: object) => ({
  version: 1,
  receipts: [],
  hosts: [{ host: 'matrix.example.test', message: 'So it is.', findings: [], ...parts }],
})

test('a pull request that was not checked says so, and names the commit, in place of an older verdict', async () => {
  openPullRequest(21, 'a'.repeat(40))
  await publish('pull_request', { 'validate.json': await verdictOfMigration() }, 21)
  expect(commentOn(21)).not.toContain('Not checked')
  await publish('pull_request', {}, 21)
  expect(commentOn(21)).toContain('Not checked')
  expect(commentOn(21)).toContain('https://github.com/operator/inventory/actions/runs/1')
  expect(commentOn(21)).toContain('a'.repeat(40))
})

test('a check of a commit that is no longer the newest overwrites nothing', async () => {
  openPullRequest(24, '1'.repeat(40))
  await publish('pull_request', { 'validate.json': await verdictOfMigration() }, 24, {
    commit: '2'.repeat(40),
  })
  expect(commentOn(24)).toBe('')
})

test('a rehearsal that was started by hand is told to the pull request of its commit', async () => {
  const commit = 'b'.repeat(40)
  openPullRequest(31, commit)
  const verdict = await verdictOfMigration()
  await publish('workflow_dispatch', { 'validate.json': verdict }, 0, { commit })
  expect(commentOn(31)).toContain(commit)
  const status = () => github.statuses.findLast(({ sha }) => sha === commit)
  expect(status()).toMatchObject({ context: 'Rehearsal', state: 'failure' })
  const rehearsed = { 'validate.json': verdict, 'rehearsal-a.json': rehearsal({ verdict: 'clean' }) }
  await publish('workflow_dispatch', rehearsed, 0, { commit })
  expect(status()).toMatchObject({ state: 'success', description: expect.stringContaining('1 of 1 host') })
  const failed = { 'validate.json': verdict, 'rehearsal-a.json': rehearsal({ verdict: 'would-fail' }) }
  await publish('workflow_dispatch', failed, 0, { commit })
  expect(status()).toMatchObject({ state: 'failure' })
})

test('the pull request of a commit is found without the permission to read the contents', async () => {
  const commit = '0a'.repeat(20)
  openPullRequest(33, commit)
  const before = github.requests.length
  await publish('workflow_dispatch', {}, 0, { commit })
  const routes = github.requests.slice(before).map(({ path }) => path)
  expect(routes.filter(route => /\/(?:compare|contents|git)\//.test(route))).toEqual([])
  expect(routes).toContainEqual(expect.stringContaining(`/commits/${commit}/pulls`))
})

test('a check that was started by hand and failed is told to the pull request, not as an issue of the doctor', async () => {
  const commit = '4'.repeat(40)
  openPullRequest(32, commit)
  const before = github.issues.length
  await publish('workflow_dispatch', {}, 0, { commit })
  expect(commentOn(32)).toContain('Not checked')
  expect(github.statuses.findLast(({ sha }) => sha === commit)).toMatchObject({ state: 'failure' })
  expect(github.issues).toHaveLength(before)
})

test('a merge is told to its pull request, with a row per host', async () => {
  const commit = 'c'.repeat(40)
  openPullRequest(41, 'd'.repeat(40), {
    state: 'closed',
    merged_at: '2026-11-28T12:00:00Z',
    merge_commit_sha: commit,
  })
  const outcome = (host: string, ok: boolean, sentence: string) => ({
    version: 1,
    outcomes: [{ host, operation: 'migrate', ok, sentence, ...(ok && { migrated: true }) }],
  })
  const reports = {
    'outcome-a.json': outcome('a.example.test', true, 'Migrated; downtime for users: 4.2 s.'),
    'outcome-b.json': outcome('b.example.test', false, 'The server restored its previous state.'),
  }
  await publish('push', reports, 0, { commit })
  expect(commentOn(41)).toContain('not applied completely')
  expect(commentOn(41)).toMatch(/✅ `a\.example\.test`, migration: Migrated/)
  expect(commentOn(41)).toMatch(
    /\*\*Next:\*\* fix the problem on `b\.example\.test`, as its line above says\. Then run/,
  )
  expect(commentOn(41)).toMatch(
    /through MAS now:\*\* log in with an app of your own, and send users the text/,
  )
  expect(commentOn(41)).toMatch(/❌ `b\.example\.test`, migration: The server restored/)
  // The same run once more, as an old run that is refused.
  const refused = { host: '', operation: 'plan', ok: false, sentence: 'Nothing was done.' }
  const again = { 'outcome-all.json': { version: 1, outcomes: [refused] } }
  await publish('push', again, 0, { commit, attempt: '2' })
  expect(commentOn(41)).toContain('migration: Migrated')
})

test('a merge that was refused for want of a rehearsal says where one is started', async () => {
  const commit = '7'.repeat(40)
  openPullRequest(43, '8'.repeat(40), {
    state: 'closed',
    merged_at: '2026-11-28T12:00:00Z',
    merge_commit_sha: commit,
  })
  const outcome = { host: 'a.example.test', operation: 'migrate', ok: false, sentence: 'Refused.' }
  const reports = { 'outcome.json': { version: 1, outcomes: [{ ...outcome, needsRehearsal: true }] } }
  await publish('push', reports, 0, { commit })
  expect(commentOn(43)).toContain(
    'https://github.com/operator/inventory/actions/workflows/matrix-auth-review.yml',
  )
})

test('a host that a merge did not reach is told', async () => {
  const commit = '5'.repeat(40)
  openPullRequest(44, '6'.repeat(40), {
    state: 'closed',
    merged_at: '2026-11-28T12:00:00Z',
    merge_commit_sha: commit,
  })
  const outcome = { host: 'canary.example.test', operation: 'migrate', ok: false, sentence: 'It failed.' }
  const reports = {
    'validate.json': await verdictOfMigration(),
    'outcome-canary.json': { version: 1, outcomes: [outcome] },
  }
  await publish('push', reports, 0, { commit })
  expect(commentOn(44)).toMatch(/❌ `canary\.example\.test`, migration: It failed/)
  expect(commentOn(44)).toMatch(/❌ `matrix\.example\.test`, plan: No result/)
})

test('a merge whose run was replaced before it did anything is told', async () => {
  const commit = 'e'.repeat(40)
  openPullRequest(42, '3'.repeat(40), {
    state: 'closed',
    merged_at: '2026-11-28T12:00:00Z',
    merge_commit_sha: commit,
  })
  await publish('push', {}, 0, { commit })
  expect(commentOn(42)).toContain('replaced by a newer run')
})

test('a push without a pull request is told nowhere', async () => {
  const before = github.comments.length
  await publish('push', {}, 0, { commit: '9'.repeat(40) })
  expect(github.comments).toHaveLength(before)
})

test('a pull request that migrates says that nothing was rehearsed until something was', async () => {
  const verdict = await verdictOfMigration()
  openPullRequest(22, 'a'.repeat(40))
  await publish('pull_request', { 'validate.json': verdict }, 22)
  expect(commentOn(22)).toContain('Not rehearsed')
  await publish(
    'pull_request',
    { 'validate.json': verdict, 'rehearsal.json': rehearsal({ verdict: 'clean' }) },
    22,
  )
  expect(commentOn(22)).not.toContain('Not rehearsed')
})

test('a run without a rehearsal keeps the rehearsal of the same commit with the same verdict, and no other', async () => {
  const verdict = await verdictOfMigration()
  openPullRequest(25, 'a'.repeat(40))
  const rehearsed = { 'validate.json': verdict, 'rehearsal.json': rehearsal({ verdict: 'clean' }) }
  await publish('pull_request', rehearsed, 25)
  const comment = commentOn(25)
  await publish('pull_request', { 'validate.json': verdict }, 25)
  expect(commentOn(25)).toBe(comment)
  await publish('pull_request', { 'validate.json': { ...verdict, findings: [] } }, 25)
  expect(commentOn(25)).toContain('Not rehearsed')
})

test('a rehearsal that failed is the headline, though nothing was found', async () => {
  const verdict = await verdictOfMigration()
  openPullRequest(23, 'a'.repeat(40))
  await publish(
    'pull_request',
    { 'validate.json': verdict, 'rehearsal-matrix.example.test.json': rehearsal({ verdict: 'failed' }) },
    23,
  )
  expect(commentOn(23).split('\n')[2]).toContain('❌ Not ready: The rehearsal could not run')
})

test('a doctor that gets nowhere opens an issue, and closes it when it runs again', async () => {
  await publish('schedule', {})
  expect(openIssues()).toEqual(['The doctor could not run'])
  await publish('schedule', {})
  const hosts = [{ host: 'matrix.example.test', stage: 'live', findings: [], good: 5, healthy: true }]
  await publish('schedule', { 'doctor.json': { version: 1, hosts } })
  expect(openIssues()).toEqual([])
})

test('a server that the doctor cannot reach is not healthy, and an issue says so', async () => {
  const workspace = folder()
  const options = { dialect: 'mas-cli', address: '127.0.0.1', sshPort: 1 } as const
  await writeInventory(workspace, { ...options, stage: 'live' })
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm8yVvYg9b0oVyC0pJmC1mYfJq5x0v1Q2b3c4d5e6f7'
  writeFileSync(join(workspace, 'inventory/known_hosts'), `[127.0.0.1]:1 ${key}\n`)
  const result = await runStep({
    action: 'doctor',
    inputs: {
      'playbook-path': join(projectRoot, 'test/lab/playbook/mas-cli'),
      'json-path': 'doctor.json',
    },
    workspace,
    temp: folder(),
    env: { SSH_AUTH_SOCK: join(workspace, 'no-agent') },
  })
  expect(result).toMatchObject({ code: 1, outputs: { 'failure-reason': 'unhealthy', healthy: 'false' } })
  const report = JSON.parse(readFileSync(join(workspace, 'doctor.json'), 'utf8'))
  expect(report.hosts).toMatchObject([
    { healthy: false, findings: [{ id: 'doctor/unreachable', severity: 'error' }] },
  ])
  await publish('schedule', { 'doctor.json': report })
  expect(openIssues()).toEqual(['matrix.example.test is not healthy'])
})

test('a merge queue that merged several pull requests at once tells each of them', async () => {
  const [first = '', last = ''] = ['5'.repeat(40), '6'.repeat(40)]
  const merged = { state: 'closed', merged_at: '2026-11-28T12:00:00Z' }
  openPullRequest(61, '51'.repeat(20), { ...merged, merge_commit_sha: first })
  openPullRequest(62, '61'.repeat(20), { ...merged, merge_commit_sha: last })
  openPullRequest(63, '71'.repeat(20), { ...merged, merge_commit_sha: '7'.repeat(40) })
  const outcome = { host: 'a.example.test', operation: 'deploy', ok: true, sentence: 'Deployed.' }
  const report = { version: 1, outcomes: [outcome] }
  await publish('push', { 'outcome-a.json': report }, 0, { commit: last, commits: [first, last] })
  expect([61, 62, 63].map(number => commentOn(number).includes('Deployed.'))).toEqual([true, true, false])
})

test('a fix of one line is a suggestion in the diff, once; without the line in the diff, the comment has it', async () => {
  const file = 'inventory/vars.yml'
  const place = { file, line: 2, column: 4, endLine: 2, endColumn: 10 }
  const fix = { id: 'mas/a', severity: 'error', message: 'Not a boolean.', why: '', remedy: 'Fix.', place }
  const findings = [{ ...fix, suggestion: { place, text: 'true' } }]
  const verdict = { ...(await verdictOfMigration()), findings }
  openPullRequest(27, 'a'.repeat(40))
  await publish('pull_request', { 'validate.json': verdict }, 27)
  expect(commentOn(27)).toContain('In line 2, replace columns 4 to 9 with `true`.')
  expect(commentOn(27)).toContain(`/blob/${'a'.repeat(40)}/${file}#L2`)

  github.diffs.set(27, [{ filename: file, patch: '@@ -1 +1,2 @@\n a: 1\n+b: "true"' }])
  await publish('pull_request', { 'validate.json': verdict }, 27)
  await publish('pull_request', { 'validate.json': verdict }, 27)
  const suggestions = github.lineComments.filter(({ pull }) => pull === 27)
  expect(suggestions).toMatchObject([
    { path: file, line: 2, body: expect.stringContaining('```suggestion\nb: true\n```') },
  ])
  expect(commentOn(27)).toContain('a suggestion in the diff')
  expect(commentOn(27)).toMatch(/\/pull\/27\/files#diff-[0-9a-f]{64}R2\)/)
  expect(commentOn(27)).toContain('no change in the findings')
})

test('an unhealthy server has one issue: since when, what users notice, what to do first, and the last checks', async () => {
  const host = 'sick.example.test'
  const finding = (id: string, severity: string) => ({
    ...{ id, severity, message: `${id} failed.`, why: 'Users cannot log in.', remedy: 'Start MAS.' },
  })
  const report = (...findings: object[]) => ({
    'doctor.json': {
      version: 1,
      hosts: [{ host, stage: 'live', findings, good: 5, healthy: findings.length === 0 }],
    },
  })
  const issue = () => github.issues.find(({ title }) => title.startsWith(host))
  await publish('schedule', report(finding('doctor/a', 'warning'), finding('doctor/b', 'error')))
  await publish('schedule', report(finding('doctor/b', 'error'), finding('doctor/c', 'error')))
  const body = issue()?.body ?? ''
  expect(body).toMatch(/has been unhealthy since \*\*\d{4}/)
  expect(body).toContain('**What is wrong:** doctor/b failed. Another finding is below.')
  expect(body).toContain('**What users notice:** Users cannot log in.')
  expect(body).toContain('**What to do first:** Start MAS.')
  expect(body.match(/^\| \d{4}.*/gm)?.map(row => row.split('|')[2]?.trim())).toEqual([
    '`doctor/b`, `doctor/c`',
    '`doctor/b`',
  ])
  await publish('schedule', report())
  expect(issue()?.state).toBe('closed')
  expect(github.comments.at(-1)?.body).toBe(
    `\`${host}\` is healthy again, 1 minute after the first failed check.`,
  )
})

test('the job that rehearses cannot replace the result of the check', async () => {
  openPullRequest(26, 'a'.repeat(40))
  const verdict = (await verdictOfMigration()) as object
  const finding = { id: 'a/b', severity: 'error', message: 'As the check found.', why: '', remedy: '' }
  const reports = {
    'matrix-auth-check/validate.json': { ...verdict, findings: [finding] },
    'matrix-auth-rehearsal-0/validate.json': { ...verdict, findings: [] },
    'matrix-auth-rehearsal-0/rehearsal-a.json': rehearsal({ verdict: 'clean' }),
  }
  await publish('pull_request', reports, 26)
  expect(commentOn(26)).toContain('As the check found.')
  expect(commentOn(26)).toContain('So it is.')
})
