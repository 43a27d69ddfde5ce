import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import type { Dialect } from '../../src/domain/stage.ts'
import { type RehearsalPorts, rehearse } from '../../src/migration/rehearsal/rehearse.ts'
import { commandDigest } from '../../src/migration/rehearsal/syn2mas-command.ts'
import { RehearsalServer, sideOf } from './rehearsal-server.ts'

const time = '2026-01-02T03:04:05.000006Z'
const clean = `${time}  INFO syn2mas::migration:330 10 users migrated (0 skipped) in 0.1s\n`
const guests = '\n===== Errors =====\nWhat stands in the way:\n\n• Guest support is enabled in Synapse.\n'
const phoneNumbers = `\n===== Warnings =====\nTo be read:\n\n• Synapse database contains 2 non-email 3PIDs\n${clean}`

/** As if each finding had an entry in the file. */
const acceptAll = (findings: readonly Finding[]) =>
  findings.map(finding => ({
    ...finding,
    accepted: { reason: 'x', place: { file: 'a.yml', line: 1, column: 1 } },
  }))

function setUp(dialect: Dialect = 'mas-cli') {
  const server = new RehearsalServer(dialect)
  return { server, go: () => rehearse(sideOf(server)) }
}

describe('against a scratch database', () => {
  test('runs the tag as a dry run with the scratch database, and leaves nothing behind', async () => {
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

  test('does not probe a server again that was probed just before', async () => {
    const { server } = setUp()
    server.says(0, clean)
    const ports = sideOf(server)
    const facts = await ports.probe()
    let probes = 0
    const probe = () => {
      probes++
      return ports.probe()
    }
    const rehearsal = await rehearse({ ...ports, probe }, { facts })
    expect(rehearsal.facts).toBe(facts)
    // The one at the end, which proves that nothing changed.
    expect(probes).toBe(1)
  })

  test("returns the tag's command without the flag and with MAS's own configuration", async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    const { command, commandDigest: digest } = await go()
    expect(command).not.toContain('--dry-run')
    expect(command.join(' ')).toContain('src=/matrix/matrix-authentication-service/config/config.yaml,')
    expect(digest).toBe(commandDigest(command))
  })

  test('reports findings with the host; a refused run does not pass', async () => {
    const { server, go } = setUp()
    server.says(10, guests)
    const rehearsal = await go()
    expect(rehearsal.passes).toBe(false)
    expect(rehearsal.findings).toMatchObject([{ id: 'syn2mas/guests-enabled', host: server.host }])
    expect(server.databases).toEqual(['matrix_authentication_service'])
  })

  test('reports early logins although the scratch database is empty, and does not pass', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    server.masNames = ['early']
    const rehearsal = await go()
    expect(rehearsal.passes).toBe(false)
    expect(rehearsal.findings).toMatchObject([
      {
        id: 'syn2mas/early-logins',
        severity: 'error',
        remedy: expect.stringContaining('TRUNCATE users CASCADE'),
      },
    ])
  })

  test('does not pass with an error in the values that Ansible evaluates, unless it is accepted', async () => {
    const { server } = setUp()
    const error: Finding = { id: 'mas/a', severity: 'error', message: 'wrong', why: 'x', remedy: 'y' }
    const decided = async (finding: Finding, more: Partial<RehearsalPorts> = {}) => {
      server.says(0, clean)
      return rehearse({ ...sideOf(server), ...more, decided: async () => [finding] })
    }
    expect(await decided(error)).toMatchObject({
      passes: false,
      findings: [{ id: 'mas/a', host: server.host }],
    })
    expect((await decided(error, { accept: acceptAll })).passes).toBe(true)
    expect((await decided({ ...error, severity: 'warning' })).passes).toBe(true)
  })

  test('has what syn2mas only warns of marked where it is accepted, and nothing that stops it', async () => {
    const { server } = setUp()
    const found = async (code: number, stderr: string) => {
      server.says(code, stderr)
      const { findings } = await rehearse({ ...sideOf(server), accept: acceptAll })
      return findings.map(({ id, accepted }) => [id, accepted !== undefined])
    }
    expect(await found(10, guests)).toEqual([['syn2mas/guests-enabled', false]])
    expect(await found(11, phoneNumbers)).toEqual([['syn2mas/non-email-threepids', true]])
  })

  test('drops the scratch database also where the playbook failed or ran nothing', async () => {
    for (const outcome of ['throws', 'nothing'] as const) {
      const { server, go } = setUp()
      server.playbook = outcome
      await expect(go()).rejects.toThrow()
      expect(server.databases).toEqual(['matrix_authentication_service'])
      expect([server.folders, server.timers]).toEqual([[], []])
    }
  })

  test('what failed first is told where the scratch database cannot be dropped, and the server drops it later', async () => {
    const { server, go } = setUp()
    server.playbook = 'throws'
    server.mayDropDatabases = false
    await expect(go()).rejects.toThrow('the playbook failed')
    expect(server.timers).toHaveLength(1)
  })

  test('is removed by the server itself if the runner does not drop it', async () => {
    const { server, go } = setUp()
    server.says(0, clean)
    const seen: string[] = []
    server.onPlaybook = () => seen.push(...server.timers)
    await go()
    expect(seen).toEqual([expect.stringMatching(/^matrix-auth-actions-rehearsal-\d+\.timer$/)])
    expect(server.timers).toEqual([])
  })

  test('of an interrupted rehearsal is dropped by a run that has the lock, and else only when it is old', async () => {
    const stamp = 1_700_000_000 - 600
    for (const [run, left] of [
      ['r1', []],
      [undefined, [`matrix_auth_actions_rehearsal_${stamp}`]],
    ] as const) {
      const { server } = setUp()
      server.says(0, clean)
      server.databases.push(`matrix_auth_actions_rehearsal_${stamp}`)
      server.folders.push(`/tmp/matrix-auth-actions-rehearsal-${stamp}`)
      await rehearse(sideOf(server), { ...(run && { run }) })
      expect(server.databases.slice(1)).toEqual(left)
      expect(server.folders).toHaveLength(left.length)
    }
  })

  test('without a scratch database nothing is rehearsed', async () => {
    const { server, go } = setUp()
    server.mayCreateDatabases = false
    await expect(go()).rejects.toMatchObject({ reason: 'server-state-unreadable' })
    expect([server.runs, server.masWasStopped]).toEqual([[], false])
  })
})

describe('the Node tool', () => {
  const done = (warnings: number) =>
    `[2026-01-02T03:04:05.006] [INFO] migrate - Completed migration dry-run of 10 users with 0 fatals and ${warnings} warnings:\n`

  test('starts MAS again, which the tag stops, also where the playbook fails', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(0))
    expect(await go()).toMatchObject({ passes: true })
    expect([server.masWasStopped, server.masUp]).toEqual([true, true])
    server.playbook = 'throws'
    await expect(go()).rejects.toThrow()
    expect(server.masUp).toBe(true)
  })

  test('has the server start MAS if the runner does not', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(0))
    const seen: string[] = []
    server.onPlaybook = () => seen.push(...server.timers)
    await go()
    expect(seen).toEqual(['matrix-auth-actions-start-mas.timer'])
    expect(server.timers).toEqual([])
  })

  test('does not pass with a warning', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(1))
    expect(await go()).toMatchObject({ passes: false })
  })

  test('fails where MAS does not start again', async () => {
    const { server, go } = setUp('syn2mas-tool')
    server.says(0, '', done(0))
    server.masStarts = false
    await expect(go()).rejects.toMatchObject({ reason: 'server-command-failed' })
  })
})

describe('a cancelled job', () => {
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
    await expect(rehearse(side)).rejects.toMatchObject({ reason: 'cancelled' })
    expect([server.databases, server.folders, server.masUp]).toEqual([
      ['matrix_authentication_service'],
      [],
      true,
    ])
    await expect(rehearse(side)).rejects.toMatchObject({ reason: 'cancelled' })
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

    test('is run again, and passes where the result is there then', async () => {
      const { server, go } = setUp(dialect)
      server.says(0, output)
      server.cutsOutput(2)
      expect(await go()).toMatchObject({ passes: true, findings: [] })
      expect(server.runs).toHaveLength(3)
    })

    test('is run three times in all, does not pass, and its output is kept without names', async () => {
      const { server, go } = setUp(dialect)
      server.says(0, output)
      server.cutsOutput(3)
      const rehearsal = await go()
      expect(rehearsal).toMatchObject({ passes: false, findings: [{ id: 'syn2mas/no-result' }] })
      expect(server.runs).toHaveLength(3)
      expect(rehearsal.result.lastLines).toHaveLength(1)
      expect(rehearsal.result.lastLines.join()).not.toContain('bob')
    })
  },
)

describe('a server that is not ready for a rehearsal', () => {
  test.each([
    ['delegates already', { delegating: true }, /nothing to rehearse/],
    ['has no MAS', { masInstalled: false }, /prepare pull request/],
    ['has tables of an interrupted run', { renamed: true }, /operation: rollback/],
  ])('because it %s is refused before anything runs, with what to do', async (_, parts, remedy) => {
    const { server, go } = setUp()
    Object.assign(server, parts)
    await expect(go()).rejects.toMatchObject({
      reason: 'refused-state',
      remedy: expect.stringMatching(remedy),
    })
    expect(server.runs).toEqual([])
  })
})
