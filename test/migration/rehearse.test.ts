import { describe, expect, test } from 'vitest'
import type { Dialect } from '../../src/domain/stage.ts'
import { rehearse } from '../../src/migration/rehearsal/rehearse.ts'
import { isLeftover, withDatabase } from '../../src/migration/rehearsal/scratch.ts'
import { commandDigest, realCommand } from '../../src/migration/rehearsal/syn2mas-command.ts'
import { judge } from '../../src/migration/run/server.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { RehearsalServer, sideOf } from './rehearsal-server.ts'

const time = '2026-01-02T03:04:05.000006Z'
const clean = `${time}  INFO syn2mas::migration:330 10 users migrated (0 skipped) in 0.1s\n`
const guests = '\n===== Errors =====\nWhat stands in the way:\n\n• Guest support is enabled in Synapse.\n'

function setUp(dialect: Dialect = 'mas-cli') {
  const server = new RehearsalServer(dialect)
  return { server, go: (allowInPlace = false) => rehearse(sideOf(server), { allowInPlace }) }
}

describe('against a scratch database', () => {
  test('the tag runs as a dry run on a configuration that names the scratch database, and nothing is left', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    const rehearsal = await go()
    expect(rehearsal).toMatchObject({ passes: true, findings: [] })
    const [ran] = server.runs
    expect(ran?.vars?.extraVars).toMatchObject({
      matrix_authentication_service_syn2mas_migrate_dry_run: true,
    })
    expect(server.configSeen).toMatch(/matrix_auth_actions_rehearsal_\d{10}/)
    expect(server.configSeen).not.toContain('matrix-postgres/matrix_authentication_service')
    expect(server.databases).toEqual(['matrix_authentication_service'])
    expect(server.folders).toEqual([])
    expect(server.masWasStopped).toBe(false)
  })

  test('the command for the real run is the one that the tag ran, without the flag and on the own configuration', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    const { command, commandDigest: digest } = await go()
    expect(command).not.toContain('--dry-run')
    expect(command.join(' ')).toContain('src=/matrix/matrix-authentication-service/config/config.yaml,')
    expect(digest).toBe(commandDigest(command))
  })

  test('findings are reported with the host, and a run that refused does not pass', async () => {
    const { server, go } = setUp()
    server.says(10, guests)
    const rehearsal = await go()
    expect(rehearsal.passes).toBe(false)
    expect(rehearsal.findings).toMatchObject([{ id: 'syn2mas/guests-enabled', host: server.host }])
    expect(server.databases).toEqual(['matrix_authentication_service'])
  })

  test('early logins are reported although the scratch database is empty, and keep it from passing', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    server.masNames = ['early']
    const rehearsal = await go()
    expect(rehearsal.passes).toBe(false)
    expect(rehearsal.findings).toMatchObject([{ id: 'syn2mas/early-logins', severity: 'error' }])
  })

  test('the scratch database goes also where the playbook fails or ran nothing', async () => {
    for (const outcome of ['throws', 'nothing'] as const) {
      const { server, go } = setUp()
      server.playbook = outcome
      await expect(go()).rejects.toThrow()
      expect(server.databases).toEqual(['matrix_authentication_service'])
      expect(server.folders).toEqual([])
    }
  })

  test('without the right to make a database it goes in place only where that is allowed', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    server.mayCreateDatabases = false
    await expect(go(false)).rejects.toMatchObject({ reason: 'server-state-unreadable' })
    expect(server.runs).toEqual([])
    expect(await go(true)).toMatchObject({ passes: true })
    expect(server.masWasStopped).toBe(true)
    expect(server.masUp).toBe(true)
  })
})

describe('the Node tool', () => {
  const done = (warnings: number) =>
    `[2026-01-02T03:04:05.006] [INFO] migrate - Completed migration dry-run of 10 users with 0 fatals and ${warnings} warnings:\n`

  test('MAS, which the tag leaves stopped, runs again afterwards, also where the playbook fails', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(0))
    expect(await go()).toMatchObject({ passes: true })
    expect([server.masWasStopped, server.masUp]).toEqual([true, true])
    server.playbook = 'throws'
    await expect(go()).rejects.toThrow()
    expect(server.masUp).toBe(true)
  })

  test('a warning keeps it from passing', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(1))
    expect(await go()).toMatchObject({ passes: false })
  })

  test('a MAS that does not come back is an error', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(0))
    server.masStarts = false
    await expect(go()).rejects.toMatchObject({ reason: 'server-command-failed' })
  })
})

describe('a job that is cancelled', () => {
  test.each(['mas-cli', 'syn2mas-tool'] as const)('leaves no trace in the dialect %s', async dialect => {
    const server = new RehearsalServer(dialect)
    const controller = new AbortController()
    const run: typeof server.callPlaybook = async ask => {
      const outcome = await server.callPlaybook(ask)
      controller.abort()
      return { ...outcome, code: null, results: [] }
    }
    const plain = sideOf(server)
    const side = { ...plain, playbook: { ...plain.playbook, run }, abort: controller.signal }
    await expect(rehearse(side, { allowInPlace: false })).rejects.toMatchObject({ reason: 'cancelled' })
    expect([server.databases, server.folders, server.masUp]).toEqual([
      ['matrix_authentication_service'],
      [],
      true,
    ])
    await expect(rehearse(side, { allowInPlace: false })).rejects.toMatchObject({ reason: 'cancelled' })
    expect(server.runs).toHaveLength(1)
  })
})

describe.each(['mas-cli', 'syn2mas-tool'] as const)(
  'a tool of the dialect %s whose last lines are cut',
  dialect => {
    const output =
      dialect === 'mas-cli'
        ? `${time}  INFO syn2mas: starting\n${clean}`
        : '[2026-11-23T22:27:29.991] [INFO] migrate - Processing user @bob:example.test as bob\n[2026-11-23T22:27:30.076] [INFO] migrate - Completed migration dry-run of 1 users with 0 fatals and 0 warnings:\n'

    test('is asked again, and passes where its result is there then', async () => {
      const { server, go } = setUp(dialect)
      server.says(0, output)
      server.cutsOutput(2)
      expect(await go()).toMatchObject({ passes: true, findings: [] })
      expect(server.runs).toHaveLength(3)
    })

    test('is asked three times in all, does not pass then, and what it printed is kept without names', async () => {
      const { server, go } = setUp(dialect)
      server.says(0, output)
      server.cutsOutput(3)
      const rehearsal = await go()
      expect(rehearsal).toMatchObject({ passes: false, findings: [{ id: 'syn2mas/no-result' }] })
      expect(server.runs).toHaveLength(3)
      expect(rehearsal.result.lastLines).toHaveLength(1)
      expect(rehearsal.result.lastLines.join()).not.toContain('bob')
    })

    test('is judged by its exit code in the real run: the counts that follow prove more than a line', () => {
      const [first = ''] = output.split('\n')
      expect(judge(dialect, { code: 0, stdout: '', stderr: first })).toMatchObject({ ok: true, findings: [] })
      expect(judge(dialect, { code: 1, stdout: '', stderr: first })).toMatchObject({ ok: false })
    })
  },
)

describe('a server in no state to be rehearsed on', () => {
  test('is refused before anything is run', async () => {
    for (const spoil of [
      (server: RehearsalServer) => {
        server.delegating = true
      },
      (server: RehearsalServer) => {
        server.masInstalled = false
      },
      (server: RehearsalServer) => {
        server.renamed = true
      },
    ]) {
      const { server, go } = setUp()
      spoil(server)
      await expect(go()).rejects.toMatchObject({ reason: 'refused-state' })
      expect(server.runs).toEqual([])
    }
  })
})

describe('the parts', () => {
  test('leftovers are known by name and age', () => {
    const now = 1_700_010_000
    expect(isLeftover('matrix_auth_actions_rehearsal_1700000000', now)).toBe(true)
    expect(isLeftover('matrix_auth_actions_rehearsal_1700009000', now)).toBe(false)
    expect(isLeftover('matrix_auth_actions_rehearsal_now', now)).toBe(false)
    expect(isLeftover('synapse', now)).toBe(false)
  })

  test('the database is replaced in both ways to name it, and nothing else', () => {
    expect(withDatabase('# hi\ndatabase:\n  uri: postgresql://mas:x@db/mas?host=/run\n', 'scratch')).toBe(
      '# hi\ndatabase:\n  uri: postgresql://mas:x@db/scratch?host=/run\n',
    )
    expect(withDatabase('database:\n  host: db\n  database: mas\nsecrets: {a: b}\n', 'scratch')).toMatch(
      /host: db\n {2}database: scratch\nsecrets:/,
    )
    expect(() => withDatabase('http: {}\n', 'scratch')).toThrow(ToolkitError)
  })

  test('a command that is no dry run is never taken for one', () => {
    expect(() => realCommand(['docker', 'run', 'migrate'], 'mas-cli', '/x')).toThrow(/--dry-run/)
    expect(() => realCommand(['--dry-run', '--dry-run'], 'mas-cli', '/x')).toThrow()
  })
})
