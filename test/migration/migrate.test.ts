import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { summarizeJournal } from '../../src/domain/journal.ts'
import { type Deps, defaultOptions, type Options } from '../../src/migration/run/context.ts'
import { migrate } from '../../src/migration/run/migrate.ts'
import { operate } from '../../src/migration/run/operate.ts'
import { recover } from '../../src/migration/run/resume.ts'
import { repair, rollBack } from '../../src/migration/run/rollback.ts'
import { type StepName, stepNames, steps } from '../../src/migration/run/steps.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { FakeServer, type Fault, fakeDeps, names, rendered } from './fake-server.ts'

const options: Options = {
  ...defaultOptions,
  dialect: 'mas-cli',
  owner: 'test',
  proveNoDrift: false,
  // Heartbeats would shift the numbering of the calls that the faults use.
  heartbeatMs: 1_000_000_000,
}

function run(server: FakeServer, parts: Partial<Deps> = {}, signal = new AbortController().signal) {
  return migrate(fakeDeps(server, parts), options, signal)
}

async function callsOfAWholeRun(): Promise<number> {
  const server = new FakeServer()
  await run(server)
  return server.calls
}

const wholeRun = await callsOfAWholeRun()

describe('a migration', () => {
  test('runs every step, proves the result, and leaves nothing behind', async () => {
    const server = new FakeServer()
    const { report, error } = await run(server)
    expect(error?.describe()).toBeUndefined()
    expect(report.outcome).toBe('migrated')
    expect(report.steps.map(step => step.name)).toEqual([...stepNames])
    expect(report.proofs.filter(proof => proof.result === 'fails')).toEqual([])
    expect(server).toMatchObject({
      settled: 'migrated',
      guard: 'absent',
      dropIns: false,
      lock: { owner: '' },
    })
    expect(server.canaries.size).toBe(0)
    expect(summarizeJournal(server.journal).state).toBe('migrated')
  })

  test('measures the window, syn2mas, and the rest', async () => {
    const { report } = await run(new FakeServer())
    expect(report.windowSeconds).toBeGreaterThan(0)
    expect(report.overheadSeconds).toBeCloseTo((report.windowSeconds ?? 0) - (report.syn2masSeconds ?? 0))
  })

  test('writes no password and no token into the journal or the report', async () => {
    const server = new FakeServer()
    const { report } = await run(server)
    for (const text of [server.journal, JSON.stringify(report)])
      expect(text).not.toMatch(/token-of|token-fresh|"secret/)
  })

  test('arms the guard before it stops anything', async () => {
    const server = new FakeServer()
    await run(server)
    expect(server.abandonedUsers).toBe(false)
  })

  test('reports a finding of both the rehearsal and the real run once, with the text of the real run', async () => {
    const finding = (id: string, message: string): Finding => {
      return { id, severity: 'warning', message, why: 'w', remedy: 'r' }
    }
    const { report } = await run(new FakeServer(), {
      rehearse: async () => ({
        command: ['docker', 'run', 'syn2mas'],
        seconds: 13,
        lastLines: ['a line'],
        findings: [finding('syn2mas/guests', '1 guest'), finding('ours/only-rehearsed', 'seen before')],
      }),
      judge: () => ({
        ok: true,
        what: 'done',
        findings: [finding('syn2mas/guests', '2 guests')],
        lastLines: ['the last line'],
      }),
    })
    expect(report.findings.map(({ id, message }) => [id, message])).toEqual([
      ['ours/only-rehearsed', 'seen before'],
      ['syn2mas/guests', '2 guests'],
    ])
    expect(report.toolOutput).toEqual({ rehearsal: ['a line'], migration: ['the last line'] })
  })

  test('restores locks that the Node tool did not migrate before MAS starts, and reports them', async () => {
    const server = new FakeServer()
    const deps = fakeDeps(server)
    const changes: string[] = []
    const { report } = await migrate(
      {
        ...deps,
        names: async () => ({ names: { ...names, dialect: 'syn2mas-tool' }, secrets: { registration: 's' } }),
        sql: async (database, sql) => {
          if (sql.includes("'locked'") && !sql.includes('AS closed'))
            return "@anna:example.test\n@o'neill:example.test"
          if (!sql.includes('SET locked_at') || !sql.includes('RETURNING')) return deps.sql(database, sql)
          expect(server.masUp).toBe(false)
          changes.push(sql)
          return '2'
        },
      },
      { ...options, dialect: 'syn2mas-tool' },
      new AbortController().signal,
    )
    expect(changes).toEqual([expect.stringContaining("IN ('anna', 'o''neill')")])
    expect(report.findings).toMatchObject([
      {
        id: 'syn2mas/locks-set-again',
        severity: 'notice',
        message: expect.stringContaining('2 locked accounts'),
      },
    ])
    expect(server.journal).toContain('"locksSetByUs":2')
  })

  test('rolls back where an account that was closed is open in MAS', async () => {
    const server = new FakeServer()
    const deps = fakeDeps(server)
    const { error } = await run(server, {
      sql: async (database, sql) =>
        sql.includes('AS closed') ? (database === names.masDatabase ? '1' : '2') : deps.sql(database, sql),
    })
    expect(error).toMatchObject({ reason: 'rolled-back', message: expect.stringContaining('1 of 2') })
    expect(server.settled).toBe('own login')
  })

  test('creates the accounts from the vars after the guard is gone; a failure does not roll back', async () => {
    const server = new FakeServer()
    const { report, error } = await run(server, {
      createUsers: async () => {
        expect(server).toMatchObject({ settled: 'migrated', guard: 'absent' })
        throw new ToolkitError({ kind: 'tool', reason: 'playbook-failed', what: 'No.', remedy: 'x' })
      },
    })
    expect(error).toBeUndefined()
    expect(report).toMatchObject({
      outcome: 'migrated',
      warnings: expect.arrayContaining([expect.stringContaining('No.')]),
    })
  })

  test('deactivates the test accounts of a run that the guard ended', async () => {
    const server = new FakeServer()
    server.canaries.add('@auth-actions-old-admin:example.test')
    await run(server)
    expect(server.canaries.size).toBe(0)
  })

  test('refuses a server that another run holds, and does not touch its lock', async () => {
    const server = new FakeServer()
    server.lock = { owner: 'other', run: 'x', fence: 4, until: server.now + 1000 }
    const { error } = await run(server)
    expect(error?.reason).toBe('lock-held')
    expect(server.lock).toMatchObject({ owner: 'other', fence: 4 })
  })

  test('refuses where an earlier migration is unfinished', async () => {
    const server = new FakeServer()
    server.fault = { at: Math.floor(wholeRun / 2), kind: 'lost', when: 'before' }
    await run(server)
    Object.assign(server, { lost: false, fault: undefined })
    server.now += 1000
    const { error } = await run(server)
    expect(error).toMatchObject({ reason: 'refused-state', message: expect.stringContaining('unfinished') })
  })
})

describe('a migration whose step fails', () => {
  const failing = (name: StepName, phase: 'before' | 'after') =>
    steps.map(step =>
      step.name !== name
        ? step
        : {
            ...step,
            action: async (...args: Parameters<typeof step.action>) => {
              if (phase === 'after') await step.action(...args)
              throw new ToolkitError({
                kind: 'server',
                reason: 'unhealthy',
                what: `${name} broke`,
                remedy: 'x',
              })
            },
          },
    )

  test.each(
    stepNames.flatMap(name => [
      { name, phase: 'before' as const },
      { name, phase: 'after' as const },
    ]),
  )('$name, $phase its action, leaves users where they were', async ({ name, phase }) => {
    const server = new FakeServer()
    const { report, error } = await migrate(
      fakeDeps(server),
      options,
      new AbortController().signal,
      failing(name, phase),
    )
    const stopped = stepNames.indexOf(name) >= stepNames.indexOf('stop')
    expect(report.outcome).toBe(stopped ? 'rolled-back' : 'abandoned')
    expect(error?.reason).toBe(stopped ? 'rolled-back' : 'unhealthy')
    expect(server).toMatchObject({ settled: 'own login', dropIns: false, lock: { owner: '' } })
    expect(server.guard).not.toBe('armed')
    if (phase === 'before' || name !== 'canary') expect(server.canaries.size).toBe(0)
    expect(summarizeJournal(server.journal).state).toBe('rolled-back')
  })

  test('rolls back at once where a proof fails', async () => {
    const server = new FakeServer()
    const deps = fakeDeps(server)
    const { error, report } = await migrate(
      {
        ...deps,
        http: () => async request =>
          request.url.includes('/admin/v2/users') ? { status: 403, body: {} } : server.answer(request),
      },
      options,
      new AbortController().signal,
    )
    expect(error).toMatchObject({ reason: 'rolled-back', message: expect.stringContaining('administrator') })
    expect(report.proofs.some(proof => proof.result === 'fails')).toBe(true)
    expect(server.settled).toBe('own login')
  })

  test('rolls back where syn2mas fails', async () => {
    const server = new FakeServer()
    const { error } = await run(server, {
      judge: () => ({ ok: false, what: 'syn2mas said no.', findings: [], lastLines: [] }),
    })
    expect(error).toMatchObject({ reason: 'rolled-back', message: 'syn2mas said no.' })
    expect(server.settled).toBe('own login')
  })
})

describe('any single call to the server', () => {
  const faults = Array.from({ length: wholeRun }, (_, index) => index + 1)

  test.each(['before', 'after'] as const)(
    'may fail %s it is done: users keep everything they had',
    async when => {
      for (const at of faults) {
        const server = new FakeServer()
        server.fault = { at, kind: 'error', when } satisfies Fault
        const { report } = await run(server)
        // If the rollback itself met the fault, the lease expires and the guard rolls back.
        server.now += 1000
        server.tick()
        expect([at, report.outcome, server.settled]).toEqual([
          at,
          report.outcome,
          report.outcome === 'migrated' ? 'migrated' : expect.stringMatching(/own login|migrated/),
        ])
        expect(server.hold).toBe(false)
      }
    },
  )

  test.each(['before', 'after'] as const)(
    'may be the last, %s it is done: the guard restores service, and resume closes the run',
    async when => {
      for (const at of faults) {
        const server = new FakeServer()
        server.fault = { at, kind: 'lost', when }
        await run(server)
        server.now += 1000
        server.tick()
        const proven = summarizeJournal(server.journal).state === 'proven'
        expect([at, server.synapseUp, server.hold]).toEqual([at, true, false])
        Object.assign(server, { lost: false, fault: undefined })
        const { report } = await recover(fakeDeps(server), options)
        const named = report.warnings.join().includes("active in Synapse's database")
        expect([at, proven && server.canaries.size > 0 && !named]).toEqual([at, false])
        expect([at, server.settled]).toEqual([
          at,
          proven ? 'migrated' : expect.stringMatching(/own login|migrated/),
        ])
        expect(server.guard).not.toBe('armed')
        expect(['none', 'migrated', 'rolled-back', 'abandoned']).toContain(
          summarizeJournal(server.journal).state,
        )
      }
    },
  )
})

describe('a cancelled job', () => {
  test.each(['canary', 'stop', 'switch-over'] as const)(
    'in %s writes the journal, and the guard rolls back',
    async name => {
      const server = new FakeServer()
      const controller = new AbortController()
      const plan = steps.map(step =>
        step.name === name
          ? {
              ...step,
              action: async (...args: Parameters<typeof step.action>) => {
                const noted = await step.action(...args)
                controller.abort()
                await new Promise(resolve => setTimeout(resolve, 5))
                return noted
              },
            }
          : step,
      )
      const { error } = await migrate(fakeDeps(server), options, controller.signal, plan)
      expect(error?.reason).toBe('cancelled')
      expect(server.journal).toContain('"event":"signal"')
      server.now += 1000
      server.tick()
      expect(server.settled).toBe('own login')
    },
  )
})

describe('a rollback of a live server', () => {
  async function live(): Promise<FakeServer> {
    const server = new FakeServer()
    await run(server)
    return server
  }

  test('restores the built-in login and reports what users lose', async () => {
    const server = await live()
    const back = rendered.map(file => ({
      path: file.path,
      before: file.after ?? '',
      after: file.before ?? '',
    }))
    const { report, error } = await rollBack(fakeDeps(server, { render: async () => back }), options)
    expect(error?.describe()).toBeUndefined()
    expect(report).toMatchObject({ outcome: 'rolled-back', lost: { sessions: 3 } })
    expect(server).toMatchObject({ settled: 'own login', dropIns: false })
  })

  /** Check mode with the vars for the rollback shows the files that differ. */
  const wayBack = (server: FakeServer) =>
    fakeDeps(server, {
      render: async () =>
        rendered
          .filter(({ path, before }) => server.files.get(path)?.toString() !== before)
          .map(({ path, before, after }) => ({ path, before: after ?? '', after: before ?? '' })),
    })
  const asked = { operation: 'rollback', after: 'live' } as const
  const never = () => new AbortController().signal

  test('refuses vars that still delegate, and leaves nothing behind', async () => {
    const server = await live()
    const { error } = await rollBack(fakeDeps(server, { render: async () => [] }), options)
    expect(error?.reason).toBe('refused-state')
    expect(server).toMatchObject({ settled: 'migrated', dropIns: false, guard: 'absent' })
    expect(summarizeJournal(server.journal).state).toBe('abandoned')
    expect(server.lock.until).toBe(0)
  })

  test.each(['error', 'lost'] as const)(
    'survives a fault at any call (%s): users are served, and a second rollback succeeds',
    async kind => {
      const whole = await live()
      const before = whole.calls
      await rollBack(wayBack(whole), options)
      const calls = Array.from({ length: whole.calls - before }, (_, index) => index + 1)
      for (const [at, when] of calls.flatMap(call => [[call, 'before'] as const, [call, 'after'] as const])) {
        const server = await live()
        server.fault = { at: server.calls + at, kind, when }
        await rollBack(wayBack(server), options)
        server.now += 1000
        server.tick()
        expect([at, when, server.settled]).toEqual([at, when, expect.stringMatching(/own login|migrated/)])
        Object.assign(server, { lost: false, fault: undefined })
        const { error } = await operate(wayBack(server), options, asked, never())
        expect([at, when, error?.describe()]).toEqual([at, when, undefined])
        expect([at, when, server.settled, server.guard]).toEqual([
          at,
          when,
          'own login',
          expect.not.stringMatching('armed'),
        ])
      }
    },
  )

  test.each(['error', 'lost'] as const)(
    'with a fault (%s), resumed before the guard acts, ends unchanged or rolled back',
    async kind => {
      for (const when of ['before', 'after'] as const) {
        const reached = new Set<string>()
        for (let at = 1; at < 60; at += 1) {
          const server = await live()
          server.fault = { at: server.calls + at, kind, when }
          await rollBack(wayBack(server), options)
          // The lease has expired, and the guard has not run yet.
          server.now += 60
          Object.assign(server, { lost: false, fault: undefined })
          const { error } = await operate(
            wayBack(server),
            options,
            { ...asked, operation: 'resume' },
            never(),
          )
          expect([at, when, error?.describe()]).toEqual([at, when, undefined])
          expect([at, when, server.guard]).not.toEqual([at, when, 'armed'])
          reached.add(server.settled)
        }
        expect([...reached].toSorted()).toEqual(['migrated', 'own login'])
      }
    },
  )

  test('of a copy that never went live empties MAS and does not touch Synapse', async () => {
    const server = new FakeServer()
    server.masUsers = 4
    const { report } = await repair(fakeDeps(server), options)
    expect(report.outcome).toBe('rolled-back')
    expect(server.settled).toBe('own login')
  })
})
