/**
 * A day with the templates and a real server: act runs them for pull requests, merges, schedules and by hand, against the lab.
 * The tests are one story, in this order. What a person sees of it is kept for `scripts/tour.ts`.
 */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { filesIn } from '../actions/server-repository.ts'
import { cli } from '../cli/run.ts'
import { passwordLogin } from '../lab/data/client.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import { verifyLedger } from '../lab/data/verify.ts'
import { toolCache } from '../lab/engine/ansible.ts'
import { timed } from '../lab/engine/run.ts'
import type { Lab, Vars } from '../lab/lab.ts'
import { encryptionSecret } from '../lab/playbook/inventory/write.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { leftOfOurs } from '../migration/look-at-server.ts'
import { type Engine, playbookName, type RunOptions, startEngine } from './engine.ts'
import { type Merged, type Pull, type Pulls, pullsOf } from './pulls.ts'

const minutes = 60_000
const host = 'matrix.example.test'
const varsFile = `inventory/host_vars/${host}/vars.yml`
const tour = join(projectRoot, 'act-output')
const mas = 'matrix-authentication-service'

let lab: Lab
let engine: Engine
let pulls: Pulls
let options: RunOptions
let runs = 0

beforeAll(async () => {
  lab = await labForTests('mas-cli')
  await timed('the server without MAS', async () => {
    await lab.reset('absent')
    await lab.settle()
  })
  const started = await startEngine({ toolCache: toolCache() })
  const key = readFileSync(lab.sshKey, 'utf8')
  // The time of each run is printed. None leaves an agent, or has the key in its log.
  const run: Engine['run'] = async (template, event, ...others) => {
    const done = await timed(`act: ${template}, ${event}`, () => started.run(template, event, ...others))
    runs += 1
    writeFileSync(join(tour, `${runs}-${template}-${event}.log`), done.log)
    expect(done.agents).toEqual([])
    expect(done.log).not.toContain(key.split('\n')[2])
    return done
  }
  engine = { ...started, run }
  pulls = pullsOf(engine)
  options = { secrets: { MATRIX_SSH_KEY: key } }
  rmSync(tour, { recursive: true, force: true })
  mkdirSync(tour)
  commitFirst()
}, 20 * minutes)
afterAll(() => engine?.close())
afterEach(() => expect(engine.github.complaints).toEqual([]))

/** The repository as the quick start of the README makes it, before the pull request that prepares. */
function commitFirst(): void {
  const { repository } = engine
  const playbook = repository.add(playbookName, lab.playbookDir)
  repository.commit({
    ...filesIn(join(lab.inventoryDir, 'inventory'), 'inventory'),
    'inventory/known_hosts': readFileSync(lab.knownHosts, 'utf8'),
    'playbook.lock': `${playbook}\n`,
  })
}

/** The vars for a stage, as a file to commit. */
async function varsFor(stage: Vars): Promise<Record<string, string>> {
  await lab.setVars(stage)
  return { [varsFile]: readFileSync(join(lab.inventoryDir, varsFile), 'utf8') }
}

/** A step of the day; its time is printed. */
const step = (name: string, work: () => Promise<void>) => test(name, () => timed(name, work), 20 * minutes)

const keep = (name: string, text: string) => writeFileSync(join(tour, `${name}.md`), `${text}\n`)

/** Keeps what the program prints in a terminal, in a clone of a commit. */
async function keepTerminal(commit: string, command: string, ...options: readonly string[]): Promise<void> {
  const { repository } = engine
  const { stdout } = await cli([command, ...options], {
    cwd: repository.checkOut(commit),
    env: {
      PATH: `${lab.ansibleBin}${delimiter}${process.env.PATH}`,
      TERM: 'xterm-256color',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${repository.serverUrl}/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://github.com/',
    },
    hasTerminal: true,
    keepsLog: false,
  })
  writeFileSync(join(tour, `terminal-${command}.txt`), stdout.replaceAll('\r\n', '\n'))
}

/** Whether Synapse's built-in login is on: one that delegates to MAS does not know the address. */
async function hasBuiltInLogin(): Promise<boolean> {
  const path = '/_matrix/client/v3/login'
  return (await lab.data.http({ to: 'synapse', method: 'GET', path })).status === 200
}

const openIssues = () => engine.github.issues.filter(({ state }) => state === 'open')

const tip = () => engine.repository.git('rev-parse', 'main')
const byHand = (inputs: object) => engine.run('apply', 'workflow_dispatch', tip(), { inputs }, options)
const reviewByHand = (inputs: object) => engine.run('review', 'workflow_dispatch', tip(), { inputs }, options)
const checkDoctor = () => engine.run('doctor', 'schedule', tip(), {}, options)

const rehearsedByHand = { Check: 'success', [`Rehearse on ${host}`]: 'success' }
const applied = { Plan: 'success', [`Apply to ${host}`]: 'success', 'Publish the outcome': 'success' }

step('a pull request that is wrong fails, and its comment says why', async () => {
  const { [varsFile]: vars = '' } = await varsFor('prepared')
  const pull = pulls.open({ [varsFile]: vars.replace(encryptionSecret, 'secret') })
  const { jobs } = await pulls.review(pull, options)
  expect(jobs).toEqual({ Check: 'failure', 'Publish the result': 'success' })
  expect(pulls.comments(pull)).toContain('mas/encryption-secret-format')
  keep('wrong', pulls.comments(pull))
  await keepTerminal(pull.fields.head.sha, 'validate')
})

step('the pull request that prepares is deployed when it is merged', async () => {
  const pull = pulls.open(await varsFor('prepared'))
  const { jobs } = await pulls.review(pull, options)
  expect(jobs).toEqual({ Check: 'success', 'Publish the result': 'success' })
  keep('prepare', pulls.comments(pull))
  expect((await pulls.merge(pull, options)).jobs).toEqual(applied)
  expect(pulls.comments(pull)).toContain('✅ The merge was applied')
  await lab.settle()
  expect((await lab.root(`systemctl is-active ${mas}`)).stdout).toBe('active\n')
  expect(await hasBuiltInLogin()).toBe(true)
})

let migrating: Pull
let migrated: Merged
let rolledBack = ''

step('a review that is cancelled leaves nothing on the server, and publishes no rehearsal', async () => {
  migrating = pulls.open(await varsFor('live'))
  const { jobs } = await pulls.review(migrating, { ...options, cancelAt: 'as a dry run' })
  expect(jobs).not.toHaveProperty('Publish the result')
  expect(pulls.comments(migrating)).toContain('Not rehearsed')
  expect(await leftOfOurs(lab)).toBe('')
})

step('the pull request that migrates is rehearsed on the server', async () => {
  const { jobs } = await pulls.review(migrating, options)
  expect(jobs).toEqual({
    ...{ Check: 'success', 'Publish the check': 'success' },
    ...{ [`Rehearse on ${host}`]: 'success', 'Publish the result': 'success' },
  })
  expect(await hasBuiltInLogin()).toBe(true)
  keep('migrate', pulls.comments(migrating))
})

step('a cancelled review of the same commit does not replace the verdict', async () => {
  const verdict = pulls.comments(migrating)
  await pulls.review(migrating, { ...options, cancelAt: 'as a dry run' })
  expect(pulls.comments(migrating)).toBe(verdict)
})

step(
  'a rehearsal by hand, of the newest commit of the pull request, sets the status of the commit',
  async () => {
    const { sha } = migrating.fields.head
    const { jobs } = await reviewByHand({ 'head-commit': sha })
    expect(jobs).toEqual({ ...rehearsedByHand, 'Publish the result': 'success' })
    expect(engine.github.statuses).toEqual([
      expect.objectContaining({ sha, context: 'Rehearsal', state: 'success' }),
    ])
  },
)

step('its merge migrates the server: every account and session', async () => {
  const ledger = JSON.parse(readFileSync(lab.ledgerFile, 'utf8')) as Ledger
  migrated = await pulls.merge(migrating, options)
  expect(migrated.jobs).toEqual(applied)
  expect(pulls.comments(migrating)).toContain('✅ The merge was applied')
  keep('merged', engine.github.comments.at(-1)?.body ?? '')
  keep('merged-summary', migrated.summaries.at(-1) ?? '')
  // act does not know the index of a job, which ends the name.
  cpSync(join(migrated.artifacts, 'matrix-auth-apply-', `migrate-${host}.html`), join(tour, 'report.html'))
  expect(await hasBuiltInLogin()).toBe(false)
  expect((await verifyLedger(ledger, lab.data)).filter(({ ok }) => !ok)).toEqual([])
  expect(await leftOfOurs(lab)).toBe('')
})

step(
  'the doctor opens an issue when the server is sick, and closes it when it is healthy again',
  async () => {
    const healthy = { Doctor: 'success', Publish: 'success' }
    expect((await checkDoctor()).jobs).toEqual(healthy)
    expect(openIssues()).toEqual([])
    await lab.root(`systemctl stop ${mas}`)
    expect((await checkDoctor()).jobs).toEqual({ Doctor: 'failure', Publish: 'success' })
    expect(openIssues().map(({ title }) => title)).toEqual([`${host} is not healthy`])
    keep('sick', openIssues()[0]?.body ?? '')
    await keepTerminal(tip(), 'doctor', '--no-setup', '--ssh-key-file', lab.sshKey)
    await lab.root(`systemctl start ${mas}`)
    await lab.settle()
    expect((await checkDoctor()).jobs).toEqual(healthy)
    expect(openIssues()).toEqual([])
  },
)

step('a rollback by hand first counts what users would lose, then rolls back', async () => {
  const { passwords } = JSON.parse(readFileSync(lab.ledgerFile, 'utf8')) as Ledger
  const logins = passwords.slice(0, 2).map(each => passwordLogin(lab.data, each.localpart, each.password))
  expect((await Promise.all(logins)).map(({ status }) => status)).toContain(200)
  const refused = await byHand({ operation: 'rollback', 'confirm-lost-sessions': '0' })
  expect(refused.jobs).toEqual({ ...applied, [`Apply to ${host}`]: 'failure' })
  keep('rollback-counted', refused.summaries.at(-1) ?? '')
  expect(await hasBuiltInLogin()).toBe(false)
  const [, count = ''] = /confirm-lost-sessions: (\d+)/.exec(refused.log) ?? []
  const done = await byHand({ operation: 'rollback', 'confirm-lost-sessions': count })
  expect(done.jobs).toEqual(applied)
  expect(await hasBuiltInLogin()).toBe(true)
  rolledBack = done.summaries.at(-1) ?? ''
  keep('rollback', rolledBack)
  const again = await byHand({ operation: 'rollback', 'confirm-lost-sessions': '0' })
  expect(again.summaries).toEqual([expect.stringContaining('Nothing to roll back')])
})

step('the merge that is run again migrates no server that was rolled back since', async () => {
  const { commit, event } = migrated
  const { jobs, log } = await engine.run('apply', 'push', commit, event, { ...options, attempt: 2 })
  expect(log).toContain(`${host} was rolled back`)
  expect(jobs).toEqual({ ...applied, [`Apply to ${host}`]: 'failure' })
  expect(await hasBuiltInLogin()).toBe(true)
})

step('the default branch is rehearsed by hand', async () => {
  expect((await reviewByHand({})).jobs).toEqual(rehearsedByHand)
})

step(
  'the pull request after the rollback, whose summary has the patch, keeps the built-in login',
  async () => {
    const { git } = engine.repository
    const [, patch = ''] = /<<'END'\n(.*?\n)END\n/s.exec(rolledBack) ?? []
    const file = join(tour, 'rollback.patch')
    writeFileSync(file, patch)
    git('checkout', '-q', 'main')
    git('apply', '--unidiff-zero', '--check', file)
    const pull = pulls.open(await varsFor('prepared'))
    const { jobs } = await pulls.review(pull, options)
    expect(jobs).toEqual({ Check: 'success', 'Publish the result': 'success' })
    keep('after-rollback', pulls.comments(pull))
    expect((await pulls.merge(pull, options)).jobs).toEqual(applied)
    expect(await hasBuiltInLogin()).toBe(true)
  },
)

step('the old merge that is run again is refused, and its outcome stays', async () => {
  const outcome = pulls.comments(migrating)
  const again = { ...options, attempt: 2 }
  const { commit, event } = migrated
  const { jobs, log } = await engine.run('apply', 'push', commit, event, again)
  expect(jobs).toEqual({ Plan: 'failure', 'Publish the outcome': 'success' })
  expect(log).toMatch(new RegExp(`newest commit.*${tip()}`))
  expect(pulls.comments(migrating)).toBe(outcome)
  expect(await hasBuiltInLogin()).toBe(true)
})

/** A host of the inventory that does not answer. */
const other = 'other.example.test'

/** Commits an inventory with the two hosts in this order, both prepared. */
async function commitTwoHosts(...names: readonly string[]): Promise<void> {
  const { repository } = engine
  const address = { [host]: `${lab.address} ansible_ssh_user=root`, [other]: '127.0.0.1 ansible_port=1' }
  const lines = Object.entries(address).map(([name, text]) => [name, `${name} ansible_host=${text}`])
  const line = Object.fromEntries(lines)
  const known = readFileSync(lab.knownHosts, 'utf8')
  repository.git('checkout', '-q', 'main')
  repository.commit({
    'inventory/known_hosts': `${known}\n${known.replaceAll(lab.address, '[127.0.0.1]:1')}`,
    'inventory/hosts': ['[matrix_servers]', ...names.map(name => line[name]), ''].join('\n'),
    ...(await varsOfTwo('prepared')),
  })
}

async function varsOfTwo(stage: Vars): Promise<Record<string, string>> {
  const { [varsFile]: vars = '' } = await varsFor(stage)
  return { [varsFile]: vars, [varsFile.replace(host, other)]: vars.replace('example.test', 'other.test') }
}

step('in one job, a host that fails is the last one', async () => {
  await commitTwoHosts(other, host)
  const before = tip()
  const commit = engine.repository.commit(await varsOfTwo('live'))
  const { jobs, log } = await engine.run('single', 'push', commit, { before }, options)
  expect(jobs).toEqual({ matrix: 'failure' })
  expect(log).toContain(`${other}: migrate`)
  expect(log).not.toContain(`${host}: migrate`)
  expect(await hasBuiltInLogin()).toBe(true)
})

step('of two hosts, the second one is begun when the first one is migrated', async () => {
  await commitTwoHosts(host, other)
  const pull = pulls.open(await varsOfTwo('live'))
  const review = await pulls.review(pull, options)
  expect(review.jobs).toEqual({
    ...{ Check: 'success', 'Publish the check': 'success', 'Publish the result': 'success' },
    ...{ [`Rehearse on ${host}`]: 'success', [`Rehearse on ${other}`]: 'failure' },
  })
  keep('two-hosts', pulls.comments(pull))
  const { jobs, log } = await pulls.merge(pull, options)
  expect(jobs).toEqual({ ...applied, [`Apply to ${other}`]: 'failure' })
  const ends = log.indexOf('Job succeeded', log.indexOf(`Apply to ${host}`))
  expect(log.indexOf(`Apply to ${other}`)).toBeGreaterThan(ends)
  expect(await hasBuiltInLogin()).toBe(false)
  expect(pulls.comments(pull)).toMatch(/✅ `matrix\.example\.test`, migration: /)
  expect(pulls.comments(pull)).toMatch(/❌ `other\.example\.test`, migration: /)
  keep('two-hosts-merged', engine.github.comments.at(-1)?.body ?? '')
})
