import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { failedCheck } from '../../src/domain/health-checks.ts'
import { type CheckReport, restoresBuiltInLogin } from '../../src/domain/reports.ts'
import { removeOldBackups } from '../../src/migration/run/backup.ts'
import type { Deps, Options } from '../../src/migration/run/context.ts'
import { migrate } from '../../src/migration/run/migrate.ts'
import { operate } from '../../src/migration/run/operate.ts'
import { repair, rollBack } from '../../src/migration/run/rollback.ts'
import { startOf } from '../../src/migration/run/run-name.ts'
import type { RenderedFile } from '../../src/playbook/render.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { serverFacts } from './facts.ts'
import { FakeServer, fakeDeps, refused, rendered } from './fake-server.ts'

const options: Options = {
  dialect: 'mas-cli',
  owner: 'test',
  requireReceipt: true,
  backup: { kind: 'auth' },
  keepBackups: 3,
  proveNoDrift: false,
  confirmLostSessions: 0,
}
const never = () => new AbortController().signal

function run(server: FakeServer, parts: Partial<Deps> = {}, more: Partial<Options> = {}, signal = never()) {
  return migrate(fakeDeps(server, parts), { ...options, ...more }, signal)
}

async function callsOf(work: (server: FakeServer) => Promise<unknown>, server = new FakeServer()) {
  const before = server.calls
  await work(server)
  return Array.from({ length: server.calls - before }, (_, index) => before + index + 1)
}

describe('a migration', () => {
  test('prepares, hands the window over, and reports what the server did', async () => {
    const server = new FakeServer()
    const { report, error } = await run(server)
    expect(error?.describe()).toBeUndefined()
    expect(report).toMatchObject({
      outcome: 'migrated',
      windowSeconds: 5,
      syn2masSeconds: 1.5,
      overheadSeconds: 3.5,
    })
    expect(report.steps.map(({ name }) => name)).toEqual([
      ...['preflight', 'backup', 'rehearse', 'render', 'prepare'],
      ...['stop', 'syn2mas', 'answer', 'prove'],
    ])
    expect(report.proofs.map(({ name, result }) => [name, result])).toEqual([
      ['an existing session is still valid', 'holds'],
    ])
    expect(report.checks.map(({ name, result }) => [name, result])).toEqual([
      ['mas-cli doctor reports no error', 'holds'],
      ['the server matches the vars', 'holds'],
    ])
    expect(report.findings).toMatchObject([{ id: 'syn2mas/locks-set-again' }])
    expect(server).toMatchObject({ stage: 'live', lock: undefined })
  })

  test('gives the server everything that the window needs', async () => {
    const server = new FakeServer()
    const { report } = await run(server, {}, { maxDowntime: 77 })
    expect(server.plans.get(report.run)).toMatchObject({
      kind: 'migrate',
      maxDowntime: 77,
      units: { companion: 'matrix-synapse-reverse-proxy-companion' },
      syn2mas: { command: ['docker', 'run', 'syn2mas'] },
      entrance: { origin: 'https://matrix.example.test' },
      files: [{ path: rendered[0]?.path, after: Buffer.from('delegating\n').toString('base64') }, {}],
    })
  })

  test('measures the expected downtime again when everything is prepared, and tells it before the window', async () => {
    const lines: string[] = []
    const { report } = await run(new FakeServer(), {
      log: { info: line => lines.push(line), warning: () => {} },
    })
    expect(lines.indexOf('Expected downtime: 4.0 to 8.0 s.')).toBeGreaterThan(
      lines.indexOf('Render the files that go live …'),
    )
    expect(report).toMatchObject({ expectedWindowSeconds: 8, windowSeconds: 5 })
  })

  test('limits the downtime to five times the estimate, but to at least a minute', async () => {
    const server = new FakeServer()
    const { report } = await run(server)
    expect(server.plans.get(report.run)?.maxDowntime).toBe(60)
  })

  test('writes no secret into the report', async () => {
    expect(JSON.stringify((await run(new FakeServer())).report)).not.toContain('secret')
  })

  test('reports a finding of both the rehearsal and the real run once, with the text of the real run', async () => {
    const finding = (id: string, message: string): Finding => {
      return { id, severity: 'warning', message, why: 'w', remedy: 'r' }
    }
    const server = new FakeServer()
    server.readFile = async () => '===== Warnings =====\n• its output'
    const { report } = await run(server, {
      rehearse: async () => ({
        command: ['docker'],
        estimate: async () => 8,
        lastLines: ['a line'],
        findings: [
          finding('syn2mas/unrecognised', 'rehearsed'),
          finding('ours/only-rehearsed', 'seen before'),
        ],
      }),
    })
    expect(report.findings.map(({ id, message }) => [id, message])).toEqual([
      ['ours/only-rehearsed', 'seen before'],
      ['syn2mas/locks-set-again', expect.any(String)],
      ['syn2mas/unrecognised', expect.stringContaining('its output')],
    ])
    expect(report.toolOutput).toEqual({ rehearsal: ['a line'], migration: ['===== Warnings ====='] })
  })

  test('warns with each public address that the server does not reach itself', async () => {
    const both = ['https://matrix.example.test', 'https://matrix.example.test/auth']
    for (const unreached of [both, both.slice(1)]) {
      const server = new FakeServer()
      const { entrance } = server.window
      server.window.entrance = async (origin, ...more) =>
        unreached.includes(origin) ? undefined : entrance(origin, ...more)
      const { report } = await run(server)
      expect(report.warnings).toContainEqual(
        expect.stringContaining(`its own public address (${unreached.join(', ')}) did not give the answer`),
      )
    }
  })

  test('is refused where no proof reaches the reverse proxy of the operator, who brings logins to MAS', async () => {
    const server = new FakeServer()
    server.window.entrance = async () => undefined
    const withoutLabels = async () => rendered.filter(({ path }) => !path.endsWith('/labels'))
    const { report, error } = await run(server, { render: withoutLabels })
    expect(error).toMatchObject({
      reason: 'refused-state',
      message: expect.stringContaining('reverse proxy'),
    })
    expect(report.outcome).toBe('abandoned')
    expect(server.journals.size).toBe(0)
  })

  test('counts as migrated although what follows the proofs fails', async () => {
    const fails = async () => {
      throw new ToolkitError({ reason: 'playbook-failed', what: 'It broke.', remedy: 'x' })
    }
    const { report, error } = await run(new FakeServer(), { createUsers: fails, doctor: fails })
    expect(error).toBeUndefined()
    expect(report).toMatchObject({ outcome: 'migrated' })
    expect(report.warnings.filter(warning => warning.includes('It broke.'))).toHaveLength(2)
  })

  test('proves without a second check run that the server is as deployed, where the last deployment shows it', async () => {
    const rendersOf = async (isAsDeployed: boolean) => {
      const renders: string[] = []
      const render: Deps['render'] = async () => (renders.push('final') === 1 ? rendered : [])
      const renderPresent: Deps['renderPresent'] = async () => {
        renders.push('present')
        return []
      }
      const parts = {
        render,
        renderPresent,
        isAsDeployed: async (files: unknown) => isAsDeployed && files === rendered,
      }
      const { report } = await run(new FakeServer(), parts, { proveNoDrift: true })
      expect(report.outcome).toBe('migrated')
      return renders
    }
    expect(await rendersOf(true)).toEqual(['final', 'final'])
    expect(await rendersOf(false)).toEqual(['final', 'present', 'final'])
  })

  test('refuses a server that differs from the deployed vars', async () => {
    const { report, error } = await run(
      new FakeServer(),
      { render: async () => rendered },
      { proveNoDrift: true },
    )
    expect(error?.message).toContain('does not match the vars from before this change')
    expect(report.outcome).toBe('abandoned')
  })

  const old = ['tp0000000001', 'tp0000000002', 'tp0000000003', 'tp0000000004']

  test('removes old backups, and nothing else, after it took its own', async () => {
    const server = new FakeServer()
    server.backups = ['of-a-person', ...old]
    const lines: string[] = []
    await run(server, { log: { info: line => lines.push(line), warning: () => {} } }, { keepBackups: 2 })
    expect(server.backups).toEqual(['of-a-person', ...old.slice(2)])
    expect(lines).toContain('Removed old backups (2.0 MiB): tp0000000001, tp0000000002. The newest 2 stay.')
  })

  test('removes old backups also where it fails then', async () => {
    const server = new FakeServer()
    server.backups = old
    const { error } = await run(server, { render: async () => [] })
    expect(error?.reason).toBe('refused-state')
    expect(server.backups).toEqual(old.slice(1))
  })

  test('goes on where old backups cannot be removed, with a warning', async () => {
    const server = new FakeServer()
    server.backups = old
    const facts = async () => {
      throw refused()
    }
    const { report } = await run(server, { window: { ...server.window, facts } })
    expect(report).toMatchObject({
      outcome: 'migrated',
      warnings: ['Old backups could not be removed: No.'],
    })
  })

  test('keeps all backups while a run is open, and its own in any case', async () => {
    const server = new FakeServer()
    server.backups = ['tp0000000001', 'tp0000000002']
    expect(await removeOldBackups(fakeDeps(server), 'tp0000000001', 1)).toBeUndefined()
    server.killed = true
    await run(server)
    expect(await removeOldBackups(fakeDeps(server), 'tp0000000009', 1)).toBeUndefined()
    expect(server.backups).toHaveLength(2)
  })

  test('reports the reason where the server restores the state before', async () => {
    const server = new FakeServer()
    server.failure = 'syn2mas failed (exit code 1)'
    const { report, error } = await run(server)
    expect(error).toMatchObject({ reason: 'restored', message: expect.stringContaining('exit code 1') })
    expect(report).toMatchObject({
      outcome: 'restored',
      lost: { sessions: 1 },
      steps: expect.arrayContaining([{ name: 'syn2mas', seconds: 1, result: 'failed' }]),
    })
    expect(server).toMatchObject({ stage: 'built-in', lock: undefined })
  })

  test.each([
    [false, ' The server is restoring its previous state.'],
    [true, ''],
  ])(
    'says that the server restores only where it stopped something (fails early: %s)',
    async (early, rest) => {
      const server = new FakeServer()
      Object.assign(server, { failure: 'no space', failsEarly: early })
      const lines: string[] = []
      const log = { info: (line: string) => lines.push(line), warning: () => {} }
      const { report } = await run(server, { log })
      expect(report.outcome).toBe(early ? 'abandoned' : 'restored')
      expect(lines).toContain(`The run failed: no space.${rest}`)
    },
  )

  test('names the step that took too long as the other texts do', async () => {
    const server = new FakeServer()
    server.failure = '`max-downtime` (60 s) was over during the step `answer`'
    const lines: string[] = []
    const { error } = await run(server, { log: { info: line => lines.push(line), warning: () => {} } })
    const reason = '`max-downtime` (60 s) was over during the step "Wait until users get answers again".'
    expect(error?.message).toBe(`The run failed on the server: ${reason}`)
    expect(lines).toContainEqual(expect.stringContaining(`The run failed: ${reason}`))
  })

  test('says what to do about files that a deployment would change afterwards', async () => {
    const { report } = await run(new FakeServer(), { render: async () => rendered })
    expect(report.checks).toContainEqual({
      name: 'the server matches the vars',
      result: 'fails',
      detail: `a deployment would change ${rendered.map(({ path }) => path).join(', ')}; run the action deploy`,
    })
  })

  test('adds what everyone on the internet sees, unless the names have no public address', async () => {
    const name = 'the public addresses answer from outside'
    const seenWith = async (...results: readonly CheckReport['result'][]) => {
      const checks = results.map((result, index) => ({
        id: `doctor/check-${index}`,
        result,
        detail: result === 'fails' ? 'HTTP 502' : '',
        seconds: 0,
      }))
      const findings = results.includes('fails') ? [failedCheck('public-homeserver', 'HTTP 502')] : []
      const parts = { lookFromOutside: async () => ({ checks, findings }) }
      const server = new FakeServer()
      const migrated = await run(server, parts)
      const rolledBack = await rollBack(
        fakeDeps(server, parts),
        { ...options, confirmLostSessions: 'any' },
        never(),
      )
      expect([migrated.report.outcome, rolledBack.report.outcome]).toEqual(['migrated', 'rolled-back'])
      return [migrated, rolledBack].map(({ report }) => [
        report.checks.find(check => check.name === name),
        report.findings.filter(({ id }) => id.startsWith('doctor/')),
      ])
    }
    const both = (seen: unknown) => [seen, seen]
    expect(await seenWith('holds', 'holds', 'unknown')).toEqual(
      both([{ name, result: 'holds', detail: '2 checks' }, []]),
    )
    expect(await seenWith('holds', 'fails', 'skipped')).toEqual(
      both([
        { name, result: 'fails', detail: 'doctor/check-1: HTTP 502' },
        [expect.objectContaining({ message: 'HTTP 502', host: 'matrix.example.test' })],
      ]),
    )
    expect(await seenWith('skipped', 'unknown')).toEqual(both([undefined, []]))
  })

  test('refuses a server that another run holds, and does not touch its lock', async () => {
    const server = new FakeServer()
    server.lock = { owner: 'other', run: 'x', seconds: 60 }
    const { report, error } = await run(server)
    expect(error?.reason).toBe('lock-held')
    expect(report.outcome).toBe('abandoned')
    expect(server.lock).toEqual({ owner: 'other', run: 'x', seconds: 60 })
  })

  test('stops before the window where another run took its lock over', async () => {
    const server = new FakeServer()
    const { error } = await run(server, {
      rehearse: async () => {
        server.lock = { owner: 'other', run: 'x', seconds: 60 }
        return { command: [], findings: [], lastLines: [], estimate: async () => 8 }
      },
    })
    expect(error?.reason).toBe('lock-held')
    expect(server).toMatchObject({ stage: 'built-in', lock: { owner: 'other' } })
  })

  test('refuses files that do not belong to authentication, and other versions', async () => {
    const refuses = async (file: Parameters<typeof rendered.concat>[0]) => {
      const { error } = await run(new FakeServer(), { render: async () => rendered.concat(file) })
      return error?.reason
    }
    expect(await refuses({ path: '/etc/sudoers.d/x', after: 'x' } as never)).toBe('refused-state')
    const unit = '/etc/systemd/system/matrix-synapse.service'
    const image = (version: string) => `ExecStart=docker run ghcr.io/synapse:v1.${version}\n`
    expect(await refuses({ path: unit, before: image('2'), after: image('3') } as never)).toBe(
      'refused-state',
    )
  })
})

describe('any call to the server', () => {
  test.each([
    ['error', 1],
    ['error', 2],
    ['lost', 1],
    ['lost', 2],
  ] as const)(
    'may fail (%s, calls in a row: %i): the report says what is true on the server',
    async (kind, calls) => {
      for (const at of await callsOf(server => run(server))) {
        for (const when of ['before', 'after'] as const) {
          const server = new FakeServer()
          server.fault = { at, kind, when, calls }
          const { report } = await run(server)
          expect([at, when, report.outcome]).toEqual([
            at,
            when,
            server.stage === 'live' ? 'migrated' : 'abandoned',
          ])
          if (server.stage === 'built-in') expect(server.journals.size).toBe(0)
        }
      }
    },
  )

  test('of watching may be lost: the runner reconnects and reports the result', async () => {
    const server = new FakeServer()
    const follow = server.window.follow
    let lost = 0
    server.window.follow = async (...args) => {
      lost += 1
      if (lost < 3) throw new ToolkitError({ reason: 'server-unreachable', what: 'x', remedy: 'x' })
      return follow(...args)
    }
    const { report, error } = await run(server)
    expect(error).toBeUndefined()
    expect(report.outcome).toBe('migrated')
  })

  test('after the commit may be the last: the outcome is unknown, and the remedy shows it', async () => {
    const server = new FakeServer()
    server.window.follow = async () => {
      server.now += 60
      throw new ToolkitError({ reason: 'server-unreachable', what: 'x', remedy: 'x' })
    }
    const { report, error } = await run(server)
    expect(report.outcome).toBe('unknown')
    expect(error?.meaning).toContain('continues by itself')
    expect(error?.remedy).toContain('operation: status')
    expect(server.stage).toBe('live')
  })
})

describe('a cancelled job', () => {
  test('changes nothing before the window', async () => {
    for (const at of await callsOf(server => run(server))) {
      const server = new FakeServer()
      const controller = new AbortController()
      server.onCall = call => {
        if (call === at) controller.abort()
      }
      const { report, error } = await run(server, {}, {}, controller.signal)
      const committed = server.journals.size > 0
      expect([at, report.outcome]).toEqual([
        at,
        committed ? expect.stringMatching(/^(unknown|migrated)$/) : 'abandoned',
      ])
      if (!committed) {
        expect([at, error?.reason]).toEqual([at, 'cancelled'])
        expect([at, server.plans.size, server.lock]).toEqual([at, 0, undefined])
      }
    }
  })
})

test('where Synapse delegates already, says who deploys the rest of the change', async () => {
  const server = new FakeServer()
  await run(server)
  const lines: string[] = []
  const log = { info: (line: string) => lines.push(line), warning: () => {} }
  const request = { operation: 'migrate', before: 'live', after: 'live' } as const
  const { plan, report } = await operate(fakeDeps(server, { log }), options, request, never())
  expect([plan.kind, report]).toEqual(['deploy', undefined])
  // The server is where the expected plan leads, such as in a run that is repeated.
  const again = await operate(fakeDeps(server), options, { ...request, expected: 'migrate' }, never())
  expect(again.plan.kind).toBe('deploy')
  expect(lines).toContain('There is nothing to migrate. Run the action deploy for the other changes.')
})

test('a repeated run of a merge does not migrate a server that was rolled back since; a person can', async () => {
  const server = new FakeServer()
  await run(server)
  await rollBack(fakeDeps(server), { ...options, confirmLostSessions: 'any' }, never())
  const request = { operation: 'migrate', before: 'prepared', after: 'live' } as const
  const mergedAt = new Date(Date.now() - 60_000)
  await expect(
    operate(fakeDeps(server), options, { ...request, expected: 'migrate', mergedAt }, never()),
  ).rejects.toMatchObject({ reason: 'plan-differs', message: expect.stringContaining('was rolled back') })
  const later = { ...request, mergedAt: new Date(Date.now() + 60_000) }
  expect((await operate(fakeDeps(server), options, later, never())).plan.kind).toBe('migrate')
})

test('a cleanup is no rollback: a repeated run of a merge migrates after it', async () => {
  const server = new FakeServer()
  server.masUsers = 4
  await repair(fakeDeps(server), options, never())
  const mergedAt = new Date(Date.now() - 60_000)
  const request = { operation: 'migrate', before: 'prepared', after: 'live', mergedAt } as const
  expect((await operate(fakeDeps(server), options, request, never())).report?.outcome).toBe('migrated')
})

test.each([
  ['a migration', (deps: Deps) => migrate(deps, options, never())],
  ['a rollback', (deps: Deps) => rollBack(deps, { ...options, confirmLostSessions: 'any' }, never())],
  ['a cleanup', (deps: Deps) => repair(deps, options, never())],
])("%s is refused while root prevents Synapse from starting, and leaves root's hold", async (_, work) => {
  const server = new FakeServer()
  const probe = async () => serverFacts({ ours: { ...server.ours(), hold: true } })
  const { error, report } = await work(fakeDeps(server, { probe }))
  expect([report.outcome, error?.reason, server.plans.size]).toEqual(['abandoned', 'refused-state', 0])
  expect(error?.remedy).toContain('uninstall && systemctl start matrix-synapse')
})

describe('a rollback of a live server', () => {
  async function live(): Promise<FakeServer> {
    const server = new FakeServer()
    await run(server)
    return server
  }
  const back = (server: FakeServer, parts: Partial<Deps> = {}, more: Partial<Options> = {}) =>
    rollBack(fakeDeps(server, parts), { ...options, confirmLostSessions: 'any', ...more }, never())

  test('is refused if a merge asks for it whose warning was not accepted, and is no matter if it is done already', async () => {
    const server = await live()
    const started = server.plans.size
    const request = {
      operation: 'rollback',
      before: 'live',
      after: 'prepared',
      expected: 'no-roll-back',
    } as const
    const parts = { ...options, confirmLostSessions: 'any' as const }
    await expect(operate(fakeDeps(server), parts, request, never())).rejects.toMatchObject({
      reason: 'findings',
      message: expect.stringContaining('change/live-to-prepared'),
    })
    expect(server.plans.size).toBe(started)
    const accepted = { ...request, expected: 'roll-back' } as const
    const { plan } = await operate(fakeDeps(server), parts, accepted, never())
    expect(plan.kind).toBe('roll-back')
    expect((await operate(fakeDeps(server), parts, request, never())).plan.kind).toBe('nothing')
  })

  test('puts back the files that the migration replaced, and reports what users lost by its end', async () => {
    const server = await live()
    const { report, error } = await back(server)
    expect(error?.describe()).toBeUndefined()
    expect(report).toMatchObject({ outcome: 'rolled-back', lost: { sessions: 1 } })
    expect(server.plans.get(report.run)).toMatchObject({
      kind: 'rollback',
      syn2mas: null,
      files: [{ after: 'bWlycm9yZWQK' }, { after: 'bWlycm9yZWQK' }],
    })
    expect(server).toMatchObject({ stage: 'built-in', lock: undefined })
  })

  test.each([
    ['a rollback', back],
    ['a cleanup', (server: FakeServer) => repair(fakeDeps(server), options, never())],
  ])('takes no backup where %s would fill the disk', async (_, work) => {
    const server = await live()
    const runCommand = server.run.bind(server)
    const commands: string[] = []
    server.run = argv => runCommand(argv).finally(() => commands.push(argv.join(' ')))
    server.free = 1000
    const { report, error } = await work(server)
    expect(report.outcome).toBe('abandoned')
    expect(error).toMatchObject({
      reason: 'refused-state',
      message: expect.stringMatching(/Only 1000 KiB are free under \/var\/lib; \d+ KiB are needed\./),
    })
    expect(commands.filter(command => command.includes('pg_dump'))).toEqual([])
    expect(server.stage).toBe('live')
  })

  test('removes old backups, as a migration does, but not that of the migration', async () => {
    const server = await live()
    const migration = server.migration?.run ?? ''
    server.backups = [migration, 'zz0000000001', 'zz0000000002', 'zz0000000003', 'zz0000000004']
    await back(server)
    expect(server.backups).toEqual([migration, 'zz0000000002', 'zz0000000003', 'zz0000000004'])
  })

  test('needs a confirmation of the number of lost sessions', async () => {
    for (const [confirmLostSessions, isRefused] of [
      [0, true],
      [2, true],
      [3, false],
      ['any', false],
    ] as const) {
      const server = await live()
      const { error } = await back(server, {}, { confirmLostSessions })
      expect([confirmLostSessions, error?.reason]).toEqual([
        confirmLostSessions,
        isRefused ? 'refused-state' : undefined,
      ])
      if (isRefused) expect(error?.remedy).toContain('confirm-lost-sessions: 3')
      expect(server.stage).toBe(isRefused ? 'live' : 'built-in')
    }
  })

  test.each(['accounts', 'passwords', 'accountsLocked', 'sessionsEnded'])(
    'needs a confirmation also where users lose no session, but %s',
    async name => {
      const sql = async (_: string, query: string) =>
        query.includes('sessionsEnded') ? `{"sessions":0,"${name}":2}` : '1000'
      const server = await live()
      const { error } = await back(server, { sql }, { confirmLostSessions: 0 })
      expect(error?.message).toMatch(/would discard these changes that users made in MAS: 2 /)
      expect(error?.remedy).toContain('confirm-lost-sessions: 1')
      expect(server.stage).toBe('live')
      expect((await back(server, { sql }, { confirmLostSessions: 1 })).report.outcome).toBe('rolled-back')
    },
  )

  test('counts again before the window: what users did during the backup is confirmed too', async () => {
    for (const [confirmLostSessions, outcome, sessions] of [
      [0, 'abandoned', 7],
      ['any', 'rolled-back', 1],
    ] as const) {
      const server = await live()
      let counted = 0
      const sql = async (_: string, query: string) => {
        if (!query.includes('sessionsEnded')) return '1000'
        counted += 1
        return `{"sessions":${counted === 1 ? 0 : 7}}`
      }
      const { report, error } = await back(server, { sql }, { confirmLostSessions })
      expect([report.outcome, report.lost]).toEqual([outcome, { sessions }])
      expect(error?.reason).toBe(outcome === 'abandoned' ? 'refused-state' : undefined)
      expect(server.stage).toBe(outcome === 'abandoned' ? 'live' : 'built-in')
    }
  })

  test('is not refused for tokens that clients refresh during the backup', async () => {
    const server = await live()
    const counts = ['{"sessions":1,"refreshedSessions":4}', '{"sessions":1,"refreshedSessions":9}']
    const sql = async (_: string, query: string) =>
      query.includes('refreshedSessions') ? (counts.shift() ?? '') : '1'
    const { report } = await back(server, { sql }, { confirmLostSessions: 5 })
    expect([report.outcome, counts]).toEqual(['rolled-back', []])
  })

  test('names the changes that users would lose, with their numbers', async () => {
    const server = await live()
    const sql = async () =>
      '{"sessions":3,"oauthSessions":1,"refreshedSessions":2,"personalTokens":1,"accountsLocked":0}'
    const { error } = await back(server, { sql }, { confirmLostSessions: 0 })
    expect(error?.message).toBe(
      'The rollback would discard these changes that users made in MAS: 3 new sessions, 1 new OAuth session, 2 older sessions that have new tokens, 1 personal access token.',
    )
    expect(error?.remedy).toContain('confirm-lost-sessions: 7')
  })

  test('has the longest downtime of the input', async () => {
    const server = await live()
    const { report } = await back(server, {}, { maxDowntime: 77 })
    expect(server.plans.get(report.run)?.maxDowntime).toBe(77)
  })

  test('that fails leaves users on MAS, and says so', async () => {
    const server = await live()
    server.failure = 'no answer'
    const { report, error } = await back(server)
    expect(report).toMatchObject({ operation: 'rollback', outcome: 'restored' })
    expect(restoresBuiltInLogin(report)).toBe(false)
    expect(error?.meaning).toContain('Users still log in through MAS')
    expect(error?.remedy).toMatch(/run it again\. To roll back with other vars, /)
    expect(error?.remedy).not.toContain('Migrate later')
    expect(server.stage).toBe('live')
  })

  test('renders the files where those on the server no longer fit: from the last vars in stage prepared, else from those of today', async () => {
    const unusable =
      'The saved files from before the migration cannot be used, so the playbook renders new ones. Reason: No.'
    const changed = async (): Promise<FakeServer> => {
      const server = await live()
      server.window.mirror = async () => {
        throw refused()
      }
      return server
    }
    const older = (files: readonly RenderedFile[]) => ({
      renderLastPrepared: async () => ({ commit: '0123', files }),
    })
    const done = await back(await changed(), {
      ...older(rendered),
      renderPresent: async () => {
        throw refused()
      },
    })
    expect([done.report.outcome, done.report.warnings]).toEqual([
      'rolled-back',
      [
        unusable,
        'The files of Synapse are from the vars of commit 0123, the last ones in stage prepared. The next deployment applies later changes of the vars again.',
      ],
    ])
    const unfit = {
      ...older([]),
      error: 'The rollback leaves homeserver.yaml unchanged, so Synapse would still delegate to MAS.',
    }
    const refusedVars = {
      renderLastPrepared: async () => {
        throw refused()
      },
      error: 'No.',
    }
    for (const { error, ...parts } of [unfit, refusedVars]) {
      const { report } = await back(await changed(), parts)
      expect([report.outcome, report.warnings]).toEqual([
        'rolled-back',
        [unusable, `The last vars in stage prepared cannot be used. Reason: ${error}`],
      ])
    }
    const isCancelled = await back(await changed(), {
      renderLastPrepared: async () => {
        throw new ToolkitError({ reason: 'cancelled', what: 'Cancelled.', remedy: 'Run it again.' })
      },
    })
    expect([isCancelled.report.outcome, isCancelled.error?.reason]).toEqual(['abandoned', 'cancelled'])
    const server = await changed()
    const { report } = await back(server)
    expect(report.warnings).toEqual([unusable])
    expect(server.plans.get(report.run)?.files.map(({ path }) => path)).toEqual(
      rendered.map(({ path }) => path),
    )
  })

  test('uses the same files again after a rollback that the server restored', async () => {
    const server = await live()
    server.failure = 'the disk is full'
    expect((await back(server)).report.outcome).toBe('restored')
    server.failure = undefined
    const { report } = await back(server, {
      renderPresent: async () => {
        throw refused()
      },
    })
    expect([report.outcome, report.warnings]).toEqual(['rolled-back', []])
  })

  test('says that all of MAS is counted where the time of the migration is not known', async () => {
    const server = await live()
    expect((await back(server)).report.warnings).toEqual([])
    const foreign = await live()
    foreign.migration = undefined
    expect((await back(foreign)).report.warnings).toContainEqual(
      expect.stringContaining('no record of the migration'),
    )
  })

  test('checks the rendered files like a migration', async () => {
    for (const files of [[], rendered.concat({ path: '/etc/sudoers.d/x', after: 'x' })]) {
      const server = await live()
      server.migration = undefined
      const { error, report } = await back(server, { renderPresent: async () => files })
      expect(error?.reason).toBe('refused-state')
      expect(error?.remedy).not.toContain('other vars')
      expect(report.outcome).toBe('abandoned')
      expect(server.stage).toBe('live')
    }
  })

  test('of a copy that never went live empties MAS and stops nothing', async () => {
    const server = new FakeServer()
    server.masUsers = 4
    const { report } = await repair(fakeDeps(server), options, never())
    expect(report).toMatchObject({ operation: 'repair', outcome: 'rolled-back' })
    expect(server.plans.get(report.run)).toMatchObject({ kind: 'repair', files: [], entrance: null })
    expect(server.masUsers).toBe(0)
  })
})

describe('a run whose program was killed on the server', () => {
  async function open(): Promise<FakeServer> {
    const server = new FakeServer()
    server.killed = true
    await run(server)
    return server
  }

  test('is ended by resume', async () => {
    const server = await open()
    const { plan, report, error } = await operate(
      fakeDeps(server),
      options,
      { operation: 'resume', after: 'live' },
      never(),
    )
    expect(error).toBeUndefined()
    expect(plan.kind).toBe('resume')
    expect(report).toMatchObject({
      operation: 'resume',
      resumed: 'migrate',
      outcome: 'restored',
      failure: expect.stringMatching(
        /^The run failed on the server: the program was killed\.\n[\s\S]*What to do: .*operation: migrate/,
      ),
    })
    expect(report && restoresBuiltInLogin(report)).toBe(true)
  })

  test.each([
    ['migrate', { stage: 'built-in', masUsers: 0 }],
    ['rollback', { stage: 'live', masUsers: 10 }],
  ] as const)(
    'is not reported as a success of a %s where the server is otherwise by now',
    async (kind, other) => {
      const server = new FakeServer()
      await run(server)
      if (kind === 'rollback')
        await rollBack(fakeDeps(server), { ...options, confirmLostSessions: 'any' }, never())
      const entries = [...server.journals.values()].at(-1) ?? []
      const closed = entries.pop()
      Object.assign(server, other)
      const deps = fakeDeps(server)
      const resume = async () => void entries.push(...(closed ? [closed] : []))
      const { report, error } = await operate(
        { ...deps, window: { ...deps.window, resume } },
        options,
        { operation: 'resume', after: 'live' },
        never(),
      )
      expect(report?.outcome).toBe('unknown')
      expect(error?.describe()).toMatch(/something else changed the server\.[\s\S]*docs\/stages\.md/)
    },
  )

  test('leaves users on MAS where the run was a rollback', async () => {
    const server = new FakeServer()
    await run(server)
    server.killed = true
    const anyLoss = { ...options, confirmLostSessions: 'any' } as const
    await rollBack(fakeDeps(server), anyLoss, never())
    const { report } = await operate(
      fakeDeps(server),
      options,
      { operation: 'resume', after: 'live' },
      never(),
    )
    expect(report).toMatchObject({ resumed: 'rollback', outcome: 'restored' })
    expect(report && restoresBuiltInLogin(report)).toBe(false)
  })

  test('is not ended by a run that expects a migration: both plans are shown', async () => {
    const server = await open()
    const calls = server.plans.size
    const error = await operate(
      fakeDeps(server),
      options,
      { operation: 'migrate', before: 'prepared', after: 'live', expected: 'migrate' },
      never(),
    ).catch(refusal => refusal)
    expect(error).toMatchObject({ reason: 'plan-differs' })
    expect(error.describe()).toMatch(/`migrate`, but .* `resume`[\s\S]*operation: resume/)
    expect(server.plans.size).toBe(calls)
  })

  test('is ended before the next migration, which then runs', async () => {
    const server = await open()
    const { report, error } = await operate(
      fakeDeps(server),
      options,
      { operation: 'migrate', before: 'prepared', after: 'live' },
      never(),
    )
    expect(error?.describe()).toBeUndefined()
    expect(report).toMatchObject({ operation: 'migrate', outcome: 'migrated' })
  })
})

describe('a run whose runner was lost, and that the server ended by itself', () => {
  const anyLoss = { ...options, confirmLostSessions: 'any' } as const
  /** The runner sees nothing after the commit. */
  async function lost(server: FakeServer, work: (deps: Deps) => Promise<unknown>): Promise<string> {
    const { follow } = server.window
    server.window.follow = async () => {
      server.now += 3600
      throw new ToolkitError({ reason: 'server-unreachable', what: 'x', remedy: 'x' })
    }
    await work(fakeDeps(server))
    server.window.follow = follow
    server.lock = undefined
    return server.last?.run ?? ''
  }
  const resume = (server: FakeServer, parts: Partial<Deps> = {}) =>
    operate(fakeDeps(server, parts), options, { operation: 'resume', after: 'live' }, never())

  test('is reported by resume as its own job would have reported it, and nothing is changed', async () => {
    const server = new FakeServer()
    const ended = await lost(server, deps => migrate(deps, options, never()))
    server.now += 30 * 86_400
    const changes = async () => {
      throw refused()
    }
    server.backups = ['tp0000000001', 'tp0000000002', 'tp0000000003', 'tp0000000004']
    const { plan, report, error } = await resume(server, { createUsers: changes, doctor: changes })
    expect(error).toBeUndefined()
    expect(plan).toMatchObject({
      kind: 'nothing',
      why: `The server has no unfinished run. This is the report of its last run, ${ended}.`,
    })
    expect(report).toMatchObject({
      operation: 'migrate',
      run: ended,
      outcome: 'migrated',
      startedAt: startOf(ended).toISOString(),
      windowSeconds: 5,
      syn2masSeconds: 1.5,
      proofs: [{ name: 'an existing session is still valid', result: 'holds' }],
      checks: [],
      findings: [{ id: 'syn2mas/locks-set-again' }],
    })
    const at = server.journals.get(ended)?.find(({ event }) => event === 'end')?.at
    expect(report?.warnings).toEqual([
      `This run had ended before, at ${at}. This report comes from its journal on the server, which does not contain the preparation. To see whether the server works now, use status and doctor. The steps after a migration were not repeated. If they never ran, run the action deploy, then the action doctor.`,
    ])
    expect(server).toMatchObject({ backups: { length: 4 }, lock: undefined })
  })

  test('shows what users lost, why it failed, and the output of syn2mas, where the server restored', async () => {
    const server = new FakeServer()
    server.failure = 'syn2mas failed (exit code 1)'
    const ended = await lost(server, deps => migrate(deps, options, never()))
    server.readFile = async () => 'its output'
    const { report, error } = await resume(server)
    // As for a run that resume ends: that it failed is the result, not an error of `resume`.
    expect(error).toBeUndefined()
    expect(report).toMatchObject({
      operation: 'migrate',
      run: ended,
      outcome: 'restored',
      lost: { sessions: 1 },
      steps: expect.arrayContaining([{ name: 'syn2mas', seconds: 1, result: 'failed' }]),
      toolOutput: { migration: ['its output'] },
      failure: expect.stringMatching(/exit code 1[\s\S]*with operation: migrate/),
    })
    expect(report && restoresBuiltInLogin(report)).toBe(true)
  })

  test('says what users lost by a rollback', async () => {
    const server = new FakeServer()
    await run(server)
    const ended = await lost(server, deps => rollBack(deps, anyLoss, never()))
    const { report } = await resume(server)
    expect(report).toMatchObject({ operation: 'rollback', run: ended, outcome: 'rolled-back' })
    expect(report?.lost).toEqual({ sessions: 1 })
  })

  test('is not reported as a success where the server is otherwise by now', async () => {
    const server = new FakeServer()
    await lost(server, deps => migrate(deps, options, never()))
    Object.assign(server, { stage: 'built-in', masUsers: 0 })
    const { report, error } = await resume(server)
    expect(report).toMatchObject({ outcome: 'unknown', windowSeconds: 5 })
    expect(error?.message).toContain('something else changed the server.')
  })

  test('is named, with the command that shows its report, where it already did what is requested', async () => {
    const server = new FakeServer()
    const show = (run: string, did: string) =>
      `Run ${run} ${did}. To show its report, manually start the workflow \`Apply a change to the Matrix server\`, with operation: resume.`
    const planOf = async (operation: 'migrate' | 'rollback') =>
      (await operate(fakeDeps(server), anyLoss, { operation, before: 'live', after: 'live' }, never())).plan
    const migrated = await lost(server, deps => migrate(deps, options, never()))
    expect((await planOf('migrate')).why).toContain(show(migrated, 'migrated the server'))
    const back = await lost(server, deps => rollBack(deps, anyLoss, never()))
    expect((await planOf('rollback')).why).toContain(show(back, 'rolled the server back'))
    // Another run did it, or the server was always so.
    server.last = { run: migrated, outcome: 'restored' }
    expect((await planOf('rollback')).why).not.toContain('Run ')
    server.last = undefined
    expect((await resume(server)).plan.why).toBe('The server has no unfinished run.')
  })
})
