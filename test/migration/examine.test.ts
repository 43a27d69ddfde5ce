import { expect, test } from 'vitest'
import { examine, outOfReach } from '../../src/migration/doctor.ts'
import { onceFree } from '../../src/migration/once-free.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { counts, serverFacts } from './facts.ts'

const live = { synapse: { delegating: 'mas' as const }, mas: { counts: counts(10) } }

test('a lockout is seen although nothing else is out of order', () => {
  const { healthy, findings } = examine({
    facts: serverFacts({ ...live, mas: { counts: counts(0) } }),
    strangeTokenStatus: 401,
  })
  expect(healthy).toBe(false)
  expect(findings.map(({ id }) => id)).toContain('doctor/accounts-missing-in-mas')
})

test('a server on which everything is carried over is healthy', () => {
  expect(examine({ facts: serverFacts(live), strangeTokenStatus: 401 })).toMatchObject({
    healthy: true,
    findings: [],
  })
})

test.each([200, 503, 0])('an answer of %s to a token that nobody made is an error', strangeTokenStatus => {
  const { healthy, findings } = examine({ facts: serverFacts(live), strangeTokenStatus })
  expect([healthy, findings.map(({ id }) => id)]).toEqual([false, ['doctor/strange-token']])
})

test('a stopped unit, a hold and a half-done run are each named', () => {
  const ids = (parts: Parameters<typeof serverFacts>[0]) =>
    examine({ facts: serverFacts(parts), strangeTokenStatus: 401 }).findings.map(({ id }) => id)
  expect(ids({ synapse: { active: 'inactive', container: false } })).toContain('doctor/unit-down')
  expect(ids({ synapse: { active: 'activating', container: false } })).toContain('doctor/unit-down')
  expect(ids({ ours: { hold: true, guard: 'absent', journal: { state: 'none' } } })).toContain('doctor/hold')
  expect(ids({ mas: { tables: 'renamed', leftovers: ['syn2mas__users'] } })).toContain('doctor/stage')
})

test.each([
  ['none', 'rollback'],
  ['unfinished', 'resume'],
] as const)(
  'what is to be done about a half-done run: with a journal that says %s, %s',
  (state, operation) => {
    const facts = serverFacts({
      mas: { tables: 'renamed', leftovers: ['syn2mas__users'] },
      ours: { hold: false, guard: 'absent', journal: { state } },
    })
    const { findings } = examine({ facts, strangeTokenStatus: 401 })
    expect(findings.find(({ id }) => id === 'doctor/stage')?.remedy).toContain(`operation: ${operation}`)
  },
)

test('a unit that is started and whose health is still waited for is no finding', () => {
  const facts = serverFacts({ ...live, synapse: { delegating: 'mas', active: 'activating' } })
  expect(examine({ facts, strangeTokenStatus: 401 }).healthy).toBe(true)
})

test.each([
  [200, []],
  [404, ['doctor/compatibility-layer']],
  [0, ['doctor/compatibility-layer']],
])('of a compatibility layer that answers %s: %j', (compatibilityStatus, ids) => {
  const { findings } = examine({ facts: serverFacts(live), strangeTokenStatus: 401, compatibilityStatus })
  expect(findings.map(({ id }) => id)).toEqual(ids)
})

test('a playbook that failed before the doctor ran is not a MAS that does not run', () => {
  const outcome = { code: 2, results: [], stats: {}, stderr: '', otherOutput: [], seconds: 1 }
  const { findings } = examine({ facts: serverFacts(live), strangeTokenStatus: 401, outcome })
  expect(findings.map(({ id }) => id)).toEqual(['doctor/playbook-failed'])
})

test('a server that nobody could look at is not healthy, and has no stage', () => {
  const parts = { kind: 'server', reason: 'server-unreachable', what: 'No way.', remedy: 'Look.' } as const
  const examination = outOfReach('matrix.example.test', new ToolkitError(parts))
  expect(examination).toMatchObject({ healthy: false, findings: [{ severity: 'error', remedy: 'Look.' }] })
  expect(examination.stage).toBeUndefined()
})

const held = (leaseSeconds: number) =>
  serverFacts({
    ours: {
      hold: true,
      guard: 'armed',
      journal: { state: 'unfinished' },
      lock: { owner: 'operator/inventory-1-1', fence: 3, leaseSeconds },
    },
  })

async function waitedFor(seen: ReturnType<typeof serverFacts>[]) {
  const said: string[] = []
  let slept = 0
  const sleep = async (ms: number) => {
    slept += ms
  }
  const facts = await onceFree(
    async () => seen.shift() ?? held(30),
    { sleep },
    text => said.push(text),
  )
  return { facts, said, seconds: slept / 1000 }
}

test('a migration that runs is waited for, and what is seen after it counts', async () => {
  const { facts, said, seconds } = await waitedFor([held(40), held(35), serverFacts(live)])
  expect([facts.ours.hold, said.length, seconds]).toEqual([false, 1, 20])
})

test('a lock whose owner is gone is not waited for, and one that lasts for ten minutes is said', async () => {
  expect((await waitedFor([held(-5)])).seconds).toBe(0)
  await expect(waitedFor([])).rejects.toMatchObject({ reason: 'lock-held' })
})
