import { describe, expect, it } from 'vitest'
import type { ServerFacts } from '../../src/domain/server-facts.ts'
import { type DeployPorts, type DeployRequest, deployHost } from '../../src/migration/deploy.ts'
import { parseEvents } from '../../src/playbook/events.ts'
import { collect, type PlaybookOutcome } from '../../src/playbook/outcome.ts'
import type { HostRun } from '../../src/playbook/playbook.ts'
import type { Sql } from '../../src/server/server.ts'
import { host, resultLine, statsLine } from '../playbook/fixtures.ts'
import { counts, idle, serverFacts, unit } from './facts.ts'

const absent = serverFacts({ mas: { exists: false, installed: false, tables: 'none', container: false } })
const installed = serverFacts()
const copied = serverFacts({ mas: { counts: counts(10) } })
const live = serverFacts({ synapse: { delegating: 'mas' }, mas: { counts: counts(10) } })

function outcome(code: number, ...lines: string[]): PlaybookOutcome {
  return { ...collect(lines.flatMap(parseEvents)), code, stderr: '', otherOutput: [], seconds: 1 }
}

const fine = outcome(
  0,
  resultLine('ok', 'role : Change', { changed: true, action: 'x.y.copy' }),
  statsLine({}),
)

interface Server {
  readonly facts: readonly ServerFacts[]
  readonly playbook?: (run: HostRun) => PlaybookOutcome
  readonly isComplete?: boolean
  readonly sql?: Sql
}

/** Answers each probe with the next facts; the last facts are repeated. */
function server({ facts, playbook = () => fine, isComplete = true, sql = async () => '' }: Server): {
  ports: DeployPorts
  runs: HostRun[]
  said: string[]
} {
  const runs: HostRun[] = []
  const said: string[] = []
  let probes = 0
  return {
    runs,
    said,
    ports: {
      server: {
        sql,
        async probe() {
          const found = facts[Math.min(probes++, facts.length - 1)]
          if (!found) throw new Error('no facts')
          return found
        },
      },
      playbook: {
        async run(run) {
          runs.push(run)
          return playbook(run)
        },
      },
      print: text => said.push(text),
      begin: async () => {
        said.push('begun')
        return isComplete
      },
      remember: async () => {
        said.push('remembered')
      },
      signal: new AbortController().signal,
    },
  }
}

const deploy = (request: Partial<DeployRequest>, on: ReturnType<typeof server>) =>
  deployHost({ host, after: 'prepared', ...request }, on.ports)

describe('deployHost', () => {
  it("probes, checks Synapse's new configuration, and installs MAS beside Synapse", async () => {
    const on = server({ facts: [absent, installed] })
    expect(await deploy({ before: 'off' }, on)).toMatchObject({
      plan: 'deploy',
      actual: 'absent',
      stageAfter: 'installed',
      changed: ['role : Change'],
    })
    expect(on.runs.map(({ tags, check }) => [tags.join(), check])).toEqual([
      ['install-synapse', true],
      ['install-all,ensure-matrix-users-created,start', undefined],
    ])
  })

  it('records a deployment of all vars, and none of chosen tags', async () => {
    const remembered = async (facts: readonly ServerFacts[], request: Partial<DeployRequest>) => {
      const on = server({ facts })
      await deploy(request, on)
      return on.said.includes('remembered')
    }
    expect(await remembered([absent, installed], { before: 'off' })).toBe(true)
    expect(await remembered([installed], { before: 'prepared', tags: ['install-synapse'] })).toBe(false)
    expect(await remembered([live], { after: 'live' })).toBe(true)
    expect(await remembered([installed, absent], { before: 'prepared', after: 'off' })).toBe(true)
  })

  it('succeeds although the deployment could not be recorded', async () => {
    const on = server({ facts: [absent, installed] })
    const remember = () => Promise.reject(new Error('no space left'))
    const { ports } = on
    await deploy({ before: 'off' }, { ...on, ports: { ...ports, remember } })
    expect(on.said).toContain('Warning: the deployment could not be recorded: no space left')
  })

  it('goes on although it could not mark the last deployment', async () => {
    const on = server({ facts: [installed] })
    const begin = () => Promise.reject(new Error('no space left'))
    await deploy({ restartVariable: 'restart' }, { ...on, ports: { ...on.ports, begin } })
    expect(on.said).toContain('Warning: the deployment could not be recorded: no space left')
    expect(on.runs.at(-1)?.vars?.extraVars).toEqual({})
  })

  it('marks the last deployment before the playbook changes anything, and not where it refuses', async () => {
    const failed = outcome(2, statsLine({ failures: 1 }))
    const on = server({ facts: [installed], playbook: run => (run.check ? fine : failed) })
    await expect(deploy({}, on)).rejects.toMatchObject({ reason: 'playbook-failed' })
    expect(on.said).toContain('begun')
    expect(on.said).not.toContain('remembered')
    const refused = server({ facts: [installed] })
    await expect(deploy({ after: 'live' }, refused)).rejects.toMatchObject({ reason: 'refused-lockout' })
    expect(refused.said).not.toContain('begun')
  })

  it.each([
    ['restarts only changed services after a complete deployment', true, 'restart', undefined, undefined],
    ['restarts all services where the last deployment failed', false, 'restart', undefined, false],
    ['leaves restarts to a playbook that always restarts all', false, undefined, undefined, undefined],
    ['leaves restarts to chosen tags', false, 'restart', ['start'], undefined],
  ])('%s', async (_, isComplete, restartVariable, tags, expected) => {
    const on = server({ facts: [installed], isComplete })
    await deploy({ ...(restartVariable && { restartVariable }), ...(tags && { tags }) }, on)
    expect(on.runs.at(-1)?.vars?.extraVars?.restart).toBe(expected)
  })

  it("builds no customized image in the check run, which sees only Synapse's configuration", async () => {
    const on = server({ facts: [installed] })
    await deploy({}, on)
    const name = 'matrix_synapse_container_image_customizations_enabled'
    expect(on.runs.map(({ vars }) => vars?.extraVars?.[name])).toEqual([false, undefined])
  })

  it('refuses to go live while accounts are not in MAS, and runs nothing', async () => {
    for (const facts of [installed, absent]) {
      for (const before of ['off', 'prepared', 'live', undefined] as const) {
        const on = server({ facts: [facts] })
        const request = { after: 'live', tags: ['setup-all'], ...(before && { before }) } as const
        await expect(deploy(request, on)).rejects.toMatchObject({
          reason: 'refused-lockout',
        })
        expect(on.runs).toEqual([])
      }
    }
  })

  it.each([
    ['a migration', installed, { before: 'prepared', after: 'live' }, 'migrate'],
    ['a rollback', live, { before: 'live', after: 'prepared' }, 'rollback'],
    ['an empty MAS, before a migration', copied, { before: 'prepared', after: 'live' }, 'migrate'],
    ['an empty MAS', copied, { before: 'prepared', after: 'prepared' }, 'rollback'],
  ] as const)('names the operation that does what it refuses: %s', async (_, facts, request, operation) => {
    await expect(deploy(request, server({ facts: [facts] }))).rejects.toMatchObject({
      remedy: `Manually start the workflow \`Apply a change to the Matrix server\`, with operation: ${operation}.`,
    })
  })

  it('refuses to remove MAS from a server that delegates to it', async () => {
    const on = server({ facts: [live] })
    await expect(deploy({ before: 'live', after: 'off' }, on)).rejects.toMatchObject({
      reason: 'refused-lockout',
    })
    await expect(deploy({ before: 'prepared', after: 'prepared' }, on)).rejects.toMatchObject({
      reason: 'refused-lockout',
    })
    expect(on.runs).toEqual([])
  })

  it.each([
    ['mas', 'matrix_authentication_service: {enabled: true}\n'],
    ['MSC3861', 'experimental_features: {msc3861: {enabled: true}}\n'],
    ['an unknown service', 'a: [\n'],
    ['no service, without passwords', 'password_config: {enabled: false}\n'],
  ])('refuses vars in stage prepared that would make Synapse delegate to %s', async (_, after) => {
    const path = '/matrix/synapse/config/homeserver.yaml'
    const rendered = resultLine('ok', 'role : Write', {
      action: 'ansible.builtin.copy',
      changed: true,
      diff: [{ before: 'server_name: x\n', after, before_header: path }],
    })
    const on = server({ facts: [installed], playbook: () => outcome(0, rendered, statsLine({})) })
    await expect(deploy({ before: 'prepared' }, on)).rejects.toMatchObject({ reason: 'refused-lockout' })
    expect(on.runs.map(run => run.check)).toEqual([true])
  })

  it.each([
    [
      'refuses vars in stage prepared that would remove a login provider with accounts',
      'prepared',
      'oidc-github',
    ],
    ['removes a login provider without accounts', 'prepared', 'oidc-keycloak'],
    ['removes a login provider where the vars do not ask for MAS', 'off', 'oidc-github'],
  ] as const)('%s', async (_, after, used) => {
    const configuration = (...providers: string[]) =>
      `database: {args: {database: synapse}}\noidc_providers: [${providers.map(id => `{idp_id: ${id}}`).join()}]\n`
    const rendered = resultLine('ok', 'role : Write', {
      action: 'ansible.builtin.copy',
      changed: true,
      diff: [
        {
          before: configuration('keycloak', 'github'),
          after: configuration('keycloak'),
          before_header: '/matrix/synapse/config/homeserver.yaml',
        },
      ],
    })
    const on = server({
      facts: [installed],
      playbook: ({ check }) => outcome(0, check ? rendered : '', statsLine({})),
      sql: async database => (database === 'synapse' ? `saml\n${used}` : ''),
    })
    const done = deploy({ before: 'prepared', after }, on)
    const isRefused = after === 'prepared' && used === 'oidc-github'
    if (isRefused) {
      await expect(done).rejects.toMatchObject({
        reason: 'refused-lockout',
        message: expect.stringContaining(': oidc-github.'),
        remedy: expect.stringContaining('matrix_synapse_oidc_providers'),
      })
    } else await done
    expect(on.runs.map(run => run.check ?? false)).toEqual(isRefused ? [true] : [true, false])
  })

  it('deploys a live server, with other tags where they are given', async () => {
    const on = server({ facts: [live] })
    expect(await deploy({ after: 'live', tags: ['install-traefik'] }, on)).toMatchObject({
      stageAfter: 'live',
    })
    expect(on.runs.map(run => run.tags)).toEqual([['install-synapse'], ['install-traefik']])
  })

  it('refuses vars in stage live that would stop a live server from delegating', async () => {
    const path = '/matrix/synapse/config/homeserver.yaml'
    const rendered = resultLine('ok', 'role : Write', {
      action: 'ansible.builtin.copy',
      changed: true,
      diff: [
        {
          before: 'matrix_authentication_service: {enabled: true}\n',
          after: 'server_name: x\n',
          before_header: path,
        },
      ],
    })
    const on = server({ facts: [live], playbook: () => outcome(0, rendered, statsLine({})) })
    await expect(deploy({ before: 'live', after: 'live' }, on)).rejects.toMatchObject({
      reason: 'refused-lockout',
      remedy: expect.stringContaining('turns delegation off'),
    })
    expect(on.runs.map(run => run.check)).toEqual([true])
  })

  it('fails where a live server no longer delegates afterwards', async () => {
    const back = serverFacts({ mas: { counts: counts(10) } })
    await expect(deploy({ after: 'live' }, server({ facts: [live, back] }))).rejects.toMatchObject({
      reason: 'unhealthy',
      message: expect.stringContaining('no longer delegates'),
    })
  })

  it('uninstalls MAS only where it is unused and the vars no longer enable it', async () => {
    const on = server({ facts: [installed, absent] })
    expect(await deploy({ before: 'prepared', after: 'off' }, on)).toMatchObject({ stageAfter: 'absent' })
    expect(on.runs.at(-1)?.tags[0]).toBe('setup-all')
  })

  it('names the state of a server that it refuses', async () => {
    const drifted = serverFacts({ mas: { counts: { ...counts(10), sessions: 19 } } })
    await expect(deploy({}, server({ facts: [drifted] }))).rejects.toMatchObject({
      message: expect.stringContaining('MAS has 19 of 20 sessions'),
    })
  })

  it('refuses at once while a migration holds the lock', async () => {
    const locked = { ...idle, lock: { owner: 'x', run: 'r', seconds: 30 } }
    const changing = { ...idle, window: true }
    for (const ours of [locked, changing]) {
      await expect(deploy({}, server({ facts: [serverFacts({ ours })] }))).rejects.toMatchObject({
        reason: 'lock-held',
      })
    }
    const stale = { ...locked, lock: { ...locked.lock, seconds: -5 } }
    expect(await deploy({}, server({ facts: [serverFacts({ ours: stale })] }))).toMatchObject({
      plan: 'deploy',
    })
    for (const [ours, remedy] of [
      [{ ...idle, hold: true }, /uninstall && systemctl start/],
      [{ ...idle, open: 'r' }, /operation: resume/],
    ] as const) {
      await expect(deploy({}, server({ facts: [serverFacts({ ours })] }))).rejects.toMatchObject({
        reason: 'refused-state',
        remedy: expect.stringMatching(remedy),
      })
    }
  })

  it('reports the failed task and its message', async () => {
    const failed = outcome(
      2,
      resultLine('failed', 'role : Start', { action: 'a.b.command', rc: 3, msg: 'it timed out' }),
      statsLine({ failures: 1 }),
    )
    const on = server({ facts: [installed], playbook: run => (run.check ? fine : failed) })
    await expect(deploy({}, on)).rejects.toMatchObject({
      reason: 'playbook-failed',
      message: 'The playbook failed (exit code 2): role : Start: it timed out.',
    })
  })

  it('reports what Ansible itself printed where no task ran', async () => {
    const failed = { ...outcome(4), stderr: 'ERROR! the role matrix-base was not found\n' }
    const on = server({ facts: [installed], playbook: run => (run.check ? fine : failed) })
    await expect(deploy({}, on)).rejects.toMatchObject({
      message: 'The playbook failed (exit code 4): the role matrix-base was not found.',
    })
  })

  it('fails where the playbook ran on no host', async () => {
    const on = server({ facts: [installed], playbook: () => outcome(0) })
    await expect(deploy({}, on)).rejects.toMatchObject({ reason: 'playbook-failed' })
  })

  it('fails where Synapse is not running afterwards', async () => {
    const down = serverFacts({ synapse: { ...unit('matrix-synapse'), active: 'failed', container: false } })
    await expect(deploy({}, server({ facts: [installed, down] }))).rejects.toMatchObject({
      reason: 'unhealthy',
      meaning: 'Users cannot reach their homeserver.',
    })
  })

  it('reports that it was cancelled, and the consequence', async () => {
    const on = server({ facts: [installed], playbook: run => (run.check ? fine : { ...fine, code: null }) })
    const ports = { ...on.ports, signal: AbortSignal.abort() }
    await expect(deployHost({ host, after: 'prepared' }, ports)).rejects.toMatchObject({
      reason: 'cancelled',
      remedy: expect.stringContaining('all services are restarted then'),
    })
  })
})
