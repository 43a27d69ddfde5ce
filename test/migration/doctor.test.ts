import { expect, test } from 'vitest'
import { failedCheck } from '../../src/domain/health-checks.ts'
import { healthCheck, unreachable } from '../../src/migration/doctor.ts'
import { probeWhenUnlocked } from '../../src/migration/probe-when-unlocked.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { counts, idle, serverFacts } from './facts.ts'

const live = { synapse: { delegating: 'mas' as const }, mas: { counts: counts(10) } }

test('reports a lockout even if nothing else is wrong', () => {
  const { healthy, findings } = healthCheck({
    facts: serverFacts({ ...live, mas: { counts: counts(0), missingAccounts: 10 } }),
    unknownTokenStatus: 401,
  })
  expect(healthy).toBe(false)
  expect(findings.map(({ id }) => id)).toContain('doctor/accounts-missing-in-mas')
})

test.each([
  ['none of its accounts', 0, /setup\.yml --tags=install-all,start/],
  ['some of its accounts', 4, /operation: rollback/],
])('where MAS has %s, the remedy is one that works', (_, users, remedy) => {
  const facts = serverFacts({ ...live, mas: { counts: counts(users), missingAccounts: 10 - users } })
  const { findings } = healthCheck({ facts, unknownTokenStatus: 401 })
  expect(findings.find(({ id }) => id === 'doctor/accounts-missing-in-mas')?.remedy).toMatch(remedy)
})

test.each([
  ['a hold of root', { ...idle, hold: true }, /matrix-auth-actions uninstall && systemctl start/],
  ['an unfinished run', { ...idle, hold: true, open: 'r' }, /operation: resume/],
])('for %s, the remedy is one that works', (_, ours, remedy) => {
  const { findings } = healthCheck({ facts: serverFacts({ ours }), unknownTokenStatus: 401 })
  expect(findings.find(({ id }) => id === 'doctor/hold')?.remedy).toMatch(remedy)
})

test('says how to start what is down, in the order in which it is needed, unless a run is unfinished', () => {
  const stopped = { active: 'inactive', container: false }
  const remedies = (open?: string) =>
    healthCheck({
      facts: serverFacts({
        synapse: stopped,
        mas: stopped,
        ours: { ...idle, ...(open && { hold: true, open }) },
      }),
      unknownTokenStatus: 401,
    }).findings.flatMap(({ id, remedy }) => (id === 'doctor/unit-down' ? remedy : []))
  const start = /systemctl start matrix-authentication-service matrix-synapse`$/
  expect(remedies()).toEqual([expect.stringMatching(start), expect.stringMatching(start)])
  expect(remedies('r').join()).not.toContain('systemctl start')
})

test('accounts that only Synapse has do not count as locked out if they are deactivated', () => {
  const synapse = { ...live.synapse, migratable: counts(12) }
  expect(healthCheck({ facts: serverFacts({ ...live, synapse }), unknownTokenStatus: 401 }).healthy).toBe(
    true,
  )
})

test('a fully migrated server is healthy', () => {
  expect(healthCheck({ facts: serverFacts(live), unknownTokenStatus: 401 })).toMatchObject({
    healthy: true,
    findings: [],
  })
})

test.each([200, 503, 0])('HTTP status %s for an invalid access token is an error', unknownTokenStatus => {
  const { healthy, findings } = healthCheck({ facts: serverFacts(live), unknownTokenStatus })
  expect([healthy, findings.map(({ id }) => id)]).toEqual([false, ['doctor/unknown-token']])
})

const stopped = { active: 'inactive', container: false }
test.each([
  ['Synapse', { ...live, synapse: { ...live.synapse, ...stopped } }, 'No one can use the server.'],
  ['PostgreSQL', { ...live, postgres: stopped }, 'No one can use the server.'],
  ['MAS', { ...live, mas: { ...live.mas, ...stopped } }, 'Users cannot log in, and sessions can fail.'],
  [
    'MAS, with which Synapse stops,',
    { ...live, mas: { ...live.mas, ...stopped }, synapse: { ...live.synapse, ...stopped } },
    'No one can use the server.',
  ],
  ['a MAS that is only installed', { mas: stopped }, 'Nothing yet, because Synapse does not use MAS.'],
])('says what users notice while %s does not run', (_, facts, why) => {
  const { findings } = healthCheck({ facts: serverFacts(facts), unknownTokenStatus: 401 })
  expect(findings.find(({ id }) => id === 'doctor/unit-down')?.why).toContain(why)
})

test('reports a stopped unit, a hold and an interrupted syn2mas run', () => {
  const ids = (parts: Parameters<typeof serverFacts>[0]) =>
    healthCheck({ facts: serverFacts(parts), unknownTokenStatus: 401 }).findings.map(({ id }) => id)
  expect(ids({ synapse: { active: 'inactive', container: false } })).toContain('doctor/unit-down')
  expect(ids({ synapse: { active: 'activating', container: false } })).toContain('doctor/unit-down')
  expect(ids({ ours: { ...idle, hold: true } })).toContain('doctor/hold')
  expect(ids({ mas: { tables: 'renamed', leftovers: ['syn2mas__users'] } })).toContain('doctor/stage')
})

test.each([
  ['no open run', idle, 'rollback'],
  ['an open run', { ...idle, open: 'r' }, 'resume'],
] as const)('for an interrupted syn2mas run and %s, the remedy is %s', (_, ours, operation) => {
  const facts = serverFacts({
    mas: { tables: 'renamed', leftovers: ['syn2mas__users'] },
    ours,
  })
  const { findings } = healthCheck({ facts, unknownTokenStatus: 401 })
  expect(findings.find(({ id }) => id === 'doctor/stage')?.remedy).toContain(`operation: ${operation}`)
})

test('a unit that waits for its health check is not a finding', () => {
  const facts = serverFacts({ ...live, synapse: { delegating: 'mas', active: 'activating' } })
  expect(healthCheck({ facts, unknownTokenStatus: 401 }).healthy).toBe(true)
})

test.each([
  [200, []],
  [404, ['doctor/compatibility-layer']],
  [0, ['doctor/compatibility-layer']],
])('compatibility layer with HTTP status %s: findings %j', (compatibilityStatus, ids) => {
  const { findings } = healthCheck({ facts: serverFacts(live), unknownTokenStatus: 401, compatibilityStatus })
  expect(findings.map(({ id }) => id)).toEqual(ids)
})

test('a playbook that failed before mas-cli doctor ran is reported as a failed playbook', () => {
  const outcome = { code: 2, results: [], stats: {}, stderr: '', otherOutput: [], seconds: 1 }
  const { findings } = healthCheck({ facts: serverFacts(live), unknownTokenStatus: 401, outcome })
  expect(findings.map(({ id }) => id)).toEqual(['doctor/playbook-failed'])
})

test('an unreachable server is not healthy, and has no stage', () => {
  const parts = { reason: 'server-unreachable', what: 'No way.', remedy: 'Look.' } as const
  const report = unreachable('matrix.example.test', new ToolkitError(parts))
  expect(report).toMatchObject({ healthy: false, findings: [{ severity: 'error', remedy: 'Look.' }] })
  expect(report.stage).toBeUndefined()
})

const held = (seconds: number) =>
  serverFacts({
    ours: { ...idle, hold: true, lock: { owner: 'operator/inventory-1-1', run: 'r', seconds } },
  })

async function probeAfterLock(seen: ReturnType<typeof serverFacts>[]) {
  const said: string[] = []
  let slept = 0
  const sleep = async (ms: number) => {
    slept += ms
  }
  const facts = await probeWhenUnlocked(
    async () => seen.shift() ?? held(30),
    { sleep },
    text => said.push(text),
  )
  return { facts, said, seconds: slept / 1000 }
}

test('waits for a running migration, and returns the facts after it', async () => {
  const { facts, said, seconds } = await probeAfterLock([held(40), held(35), serverFacts(live)])
  expect([facts.ours.hold, said.length, seconds]).toEqual([false, 1, 20])
})

test('does not wait for an expired lock; a lock held for ten minutes is an error', async () => {
  expect((await probeAfterLock([held(-5)])).seconds).toBe(0)
  await expect(probeAfterLock([])).rejects.toMatchObject({ reason: 'lock-held' })
})

test('a run of mas-cli doctor that does not end is a finding, and the other checks count', () => {
  const outcome = new ToolkitError({ reason: 'playbook-failed', what: 'It took too long.', remedy: 'Look.' })
  const { findings, checks } = healthCheck({ facts: serverFacts(live), unknownTokenStatus: 401, outcome })
  expect(findings.map(({ id, message }) => [id, message])).toEqual([
    ['doctor/mas-cli-doctor', 'mas-cli doctor did not finish. It took too long.'],
  ])
  expect(checks?.map(({ result }) => result)).toEqual(['holds', 'holds', 'holds', 'holds', 'holds'])
})

test('a database that cannot be read is another finding than a server that is unreachable', () => {
  const parts = { reason: 'server-state-unreadable', what: 'No database.', remedy: 'Look.' } as const
  const seen = { checks: [], findings: [failedCheck('public-homeserver', 'Nothing answers.')] }
  const { findings } = unreachable('matrix.example.test', new ToolkitError(parts), seen)
  expect(findings.map(({ id, host }) => [id, host])).toEqual([
    ['doctor/state-unreadable', 'matrix.example.test'],
    ['doctor/public-homeserver', 'matrix.example.test'],
  ])
})
