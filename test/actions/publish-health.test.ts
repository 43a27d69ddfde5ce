import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishHealth } from '../../src/actions/publish/health.ts'
import { readReports } from '../../src/actions/publish/reports.ts'
import { failedCheck } from '../../src/domain/health-checks.ts'
import { createGitHubClient } from '../../src/github/client.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'
import { health } from '../report/samples.ts'

let github: LocalGitHub
beforeEach(async () => {
  github = await startLocalGitHub()
})
afterEach(async () => {
  expect(github.complaints).toEqual([])
  await github.close()
})

const [kept, removed] = [
  'matrix.example.test',
  'a,host with a name that is too long for a label.example.test',
]

const client = () => createGitHubClient({ owner: 'o', repo: 'r', token: github.token, apiUrl: github.url })
const context = (workflow = 'doctor') => ({
  workflow: `.github/workflows/${workflow}.yml`,
  run: undefined,
  pages: undefined,
  now: new Date(),
})

function publish(hosts: readonly string[], inventory?: readonly string[], workflow?: string) {
  const reports = { hosts: hosts.map(host => ({ ...health, host })), ...(inventory && { inventory }) }
  return publishHealth(client(), reports, context(workflow))
}

const openTitles = () => github.issues.filter(({ state }) => state === 'open').map(({ title }) => title)

test('the issue of a host that is no longer in the inventory is closed, and says why', async () => {
  await publish([kept, removed])
  expect(openTitles()).toHaveLength(2)
  expect(await publish([kept], [kept])).toContainEqual(expect.stringMatching(/ #2: closed\.$/))
  expect(openTitles()).toEqual([`${kept} is not healthy`])
  expect(github.comments.map(({ issue, body }) => [issue, body])).toEqual([
    [2, expect.stringContaining('no longer in the group `matrix_servers` of the inventory')],
  ])
})

test.each<[string, readonly string[] | undefined]>([
  ['was only not checked this time', [kept, removed]],
  ['may be in a part of the inventory that could not be read', undefined],
  ['differs in case alone, which GitHub ignores in labels', [kept.toUpperCase(), removed]],
])('the issue of a host that %s stays open', async (_, inventory) => {
  await publish([kept, removed])
  await publish([], inventory)
  expect(openTitles()).toHaveLength(2)
})

test('the issue of a removed host is found behind many others, and those of a person stay open', async () => {
  const common = { title: '', body: '', state: 'open' as const, created_at: '2026-11-28T00:00:00Z' }
  const person = { ...common, user: { login: 'mallory', type: 'User' as const } }
  for (let number = 1; number <= 120; number += 1)
    github.issues.push({ ...person, number, labels: ['matrix-doctor:x'] })
  await publish([removed])
  await publish([], [kept])
  expect(openTitles()).toHaveLength(120)
})

test('an issue stays open until what was wrong could be checked again', async () => {
  const report = (result: 'fails' | 'unknown' | 'holds') => {
    const findings = result === 'fails' ? [failedCheck('canary', 'The test account could not log in.')] : []
    const checks = [{ id: 'doctor/canary', result, detail: '', seconds: 0 }]
    const one = { ...health, host: kept, findings, checks, healthy: result !== 'fails' }
    return publishHealth(client(), { hosts: [one] }, context())
  }
  await report('fails')
  expect(await report('unknown')).toEqual([
    `${kept}: an earlier error could not be checked again, so #1 stays open.`,
  ])
  // The server cannot be reached, so this check could not run.
  const { stage, ...unreachable } = health
  await publishHealth(client(), { hosts: [{ ...unreachable, host: kept }] }, context())
  await report('unknown')
  expect(openTitles()).toEqual([`${kept} is not healthy`])
  expect(github.issues[0]?.body.match(/`doctor\/canary`/g)?.length).toBeGreaterThanOrEqual(3)
  expect(await report('holds')).toEqual([`${kept} is healthy again: closed #1.`])
})

describe('the report of an older run, which a person had published again,', () => {
  const at = (
    run: number | string,
    hosts: readonly { readonly host: string; readonly healthy: boolean }[] | undefined,
    inventory?: readonly string[],
  ) =>
    publishHealth(
      client(),
      hosts && { hosts: hosts.map(each => ({ ...health, ...each })), ...(inventory && { inventory }) },
      {
        ...context(),
        run: typeof run === 'string' ? run : `https://github.com/o/r/actions/runs/${run}`,
      },
    )
  const states = () => github.issues.map(({ state, body }) => [state, body])

  test('changes no issue of a newer one', async () => {
    await at(1002, [{ host: kept, healthy: false }])
    const before = states()
    expect(await at(1001, [{ host: kept, healthy: true }])).toEqual([
      `${kept}: a newer run wrote #1, which stays as it is.`,
    ])
    await at(1001, [{ host: kept, healthy: false }])
    // That inventory did not have the host yet.
    await at(1001, [], [removed])
    expect(states()).toEqual(before)
    expect(await at(1003, [{ host: kept, healthy: true }])).toEqual([`${kept} is healthy again: closed #1.`])
  })

  test('says nothing while a newer doctor could not run', async () => {
    await at(1002, undefined)
    const before = states()
    const said = ['A newer run wrote #1: nothing is published.']
    expect(await at(1001, [{ host: kept, healthy: true }])).toEqual(said)
    expect(await at(1001, undefined)).toEqual(said)
    expect(states()).toEqual(before)
    expect(await at(1003, [])).toEqual(['The doctor runs again: closed #1.'])
  })

  test.each(['https://git.example.test/o/r/actions/runs/7', 'https://github.com/o/moved/actions/runs/7'])(
    'is one of the same repository: %s is none',
    async run => {
      await at(1002, [{ host: kept, healthy: false }])
      expect(await at(run, [{ host: kept, healthy: true }])).toEqual([`${kept} is healthy again: closed #1.`])
    },
  )
})

test('a workflow closes no issue of another one, whose inventory or group it does not know', async () => {
  await publish([removed], [removed], 'doctor (staging)--new')
  await publishHealth(client(), undefined, context('doctor (staging)--new'))
  await publish([], [kept])
  expect(openTitles()).toEqual([`${removed} is not healthy`, 'The doctor could not run'])
  await publish([], [], 'doctor (staging)--new')
  expect(openTitles()).toEqual([])
})

test('several reports know all hosts of the inventory only if each of them does', () => {
  const read = (...reports: object[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-health-'))
    for (const [index, report] of reports.entries())
      writeFileSync(
        join(folder, `doctor-${index}.json`),
        JSON.stringify({ version: 1, hosts: [], ...report }),
      )
    return readReports(folder).doctor
  }
  expect(read({ inventory: ['a'] }, { inventory: ['b'] })).toEqual({ hosts: [], inventory: ['a', 'b'] })
  expect(read({ inventory: ['a'] }, {})).toEqual({ hosts: [] })
})
