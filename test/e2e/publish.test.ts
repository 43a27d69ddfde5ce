import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Runs `task: tell` over a folder of reports, by their file names. */
async function tell(
  eventName: 'pull_request' | 'schedule' | 'workflow_dispatch',
  reports: Readonly<Record<string, unknown>>,
  number = 0,
) {
  const workspace = folder()
  mkdirSync(join(workspace, 'report'))
  for (const [name, report] of Object.entries(reports)) {
    writeFileSync(join(workspace, 'report', name), JSON.stringify(report))
  }
  const events = {
    schedule: {},
    pull_request: { number, pull_request: { head: { sha: 'a'.repeat(40) } } },
    workflow_dispatch: { inputs: { 'pull-request': `${number}`, 'head-commit': 'b'.repeat(40) } },
  }
  const event = events[eventName]
  const inputs = {
    task: 'publish',
    'report-path': 'report',
    'github-token': github.token,
    'pull-request': eventName === 'workflow_dispatch' ? `${number}` : '',
  }
  const env = { GITHUB_API_URL: github.url }
  const step = await runStep({ action: '.', inputs, workspace, temp: folder(), eventName, event, env })
  expect(step).toMatchObject({ code: 0, outputs: { 'failure-reason': '' } })
}

const commentOn = (number: number) => github.comments.find(({ issue }) => issue === number)?.body ?? ''
const openIssues = () => github.issues.filter(({ state }) => state === 'open').map(({ title }) => title)

async function verdictOfMigration(): Promise<unknown> {
  const workspace = folder()
  const options = { dialect: 'mas-cli', address: '192.0.2.1' } as const
  await writeInventory(workspace, { ...options, stage: 'live' })
  await writeInventory(join(workspace, 'base'), { ...options, stage: 'prepared' })
  const inputs = { 'base-path': 'base', 'json-path': 'validate.json' }
  await runStep({ action: 'validate-config', inputs, workspace, temp: folder() })
  return JSON.parse(readFileSync(join(workspace, 'validate.json'), 'utf8'))
}

const rehearsal = (parts: object) => ({
  version: 1,
  receipts: [],
  hosts: [{ host: 'matrix.example.test', message: 'So it is.', findings: [], ...parts }],
})

test('a pull request that was not checked says so, and names the commit, in place of an older verdict', async () => {
  await tell('pull_request', { 'validate.json': await verdictOfMigration() }, 21)
  expect(commentOn(21)).not.toContain('Not checked')
  await tell('pull_request', {}, 21)
  expect(commentOn(21)).toContain('Not checked')
  expect(commentOn(21)).toContain('https://github.com/operator/inventory/actions/runs/1')
  expect(commentOn(21)).toContain('a'.repeat(40))
})

test('a rehearsal that was started by hand is told to the pull request of the input, with its commit', async () => {
  await tell('workflow_dispatch', { 'validate.json': await verdictOfMigration() }, 31)
  expect(commentOn(31)).toContain('b'.repeat(40))
  await tell('workflow_dispatch', {}, 31)
  expect(commentOn(31)).toContain('Not checked')
})

test('a pull request that migrates says that nothing was rehearsed until something was', async () => {
  const verdict = await verdictOfMigration()
  await tell('pull_request', { 'validate.json': verdict }, 22)
  expect(commentOn(22)).toContain('Not rehearsed')
  await tell(
    'pull_request',
    { 'validate.json': verdict, 'rehearsal.json': rehearsal({ verdict: 'clean' }) },
    22,
  )
  expect(commentOn(22)).not.toContain('Not rehearsed')
})

test('a rehearsal that failed is the headline, though nothing was found', async () => {
  const verdict = await verdictOfMigration()
  await tell(
    'pull_request',
    { 'validate.json': verdict, 'rehearsal.json': rehearsal({ verdict: 'failed' }) },
    23,
  )
  expect(commentOn(23).split('\n')[2]).toContain('❌ The rehearsal could not run')
})

test('a doctor that gets nowhere opens an issue, and closes it when it runs again', async () => {
  await tell('schedule', {})
  expect(openIssues()).toEqual(['The doctor could not run'])
  await tell('schedule', {})
  const hosts = [{ host: 'matrix.example.test', stage: 'live', findings: [], good: 5, healthy: true }]
  await tell('schedule', { 'doctor.json': { version: 1, hosts } })
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
  await tell('schedule', { 'doctor.json': report })
  expect(openIssues()).toEqual(['matrix.example.test is not healthy'])
})
