import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeployInputs, deployServers } from '../../src/actions/deploy/run.ts'
import { migrateServer } from '../../src/actions/migrate/run.ts'
import { Repository } from '../../src/actions/repository.ts'
import type { CancellableRuntime } from '../../src/actions/run-action.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { dialects } from '../../src/domain/stage.ts'
import type { Lab } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { serverInputs } from '../migration/lab-operator.ts'
import { type LabAgent, labAgent } from '../server/lab-agent.ts'

describe.each(dialects)('a deployment in the dialect %s', dialect => {
  let lab: Lab
  let agent: LabAgent
  let folder: string
  let lines: string[]
  const path = process.env.PATH

  beforeAll(async () => {
    lab = await labForTests(dialect)
    await lab.reset('installed')
    await lab.settle()
    agent = await labAgent(lab)
    folder = mkdtempSync(join(tmpdir(), 'maa-deploy-'))
    process.env.PATH = `${lab.ansibleBin}${delimiter}${path}`
  })
  afterAll(() => {
    process.env.PATH = path
    agent?.stop()
    if (folder) rmSync(folder, { recursive: true })
  })

  /** The operator's repository as it is now, beside the pinned host keys. */
  function deploy(more: Partial<DeployInputs> = {}) {
    checkOut()
    return deployServers({ ...serverInputs(lab), maxHosts: 1, tags: undefined, ...more }, runtime())
  }

  function checkOut(): void {
    cpSync(lab.inventoryDir, folder, { recursive: true })
    writeFileSync(join(folder, 'known_hosts'), agent.knownHosts)
    lines = []
  }

  const runtime = (): CancellableRuntime => ({
    repository: new Repository(folder),
    environment: { SSH_AUTH_SOCK: agent.agentSocket },
    log: line => lines.push(line),
    port: runnerPort({}),
    signal: new AbortController().signal,
  })

  const flows = async () => {
    const answer = await fetch(`${lab.synapseUrl}/_matrix/client/v3/login`)
    const body = (await answer.json()) as { flows?: { type: string }[] }
    return body.flows?.map(flow => flow.type)
  }

  it('refuses to go live while the accounts are not in MAS, with the reason, and changes nothing', async () => {
    await lab.setVars('live')
    const sums = () =>
      lab.root('cd /matrix && sha256sum synapse/config/*.yaml matrix-authentication-service/config/*')
    const before = await sums()
    for (const tags of [undefined, 'install-synapse,start']) {
      const { deployments, error } = await deploy(tags === undefined ? {} : { tags })
      expect(deployments).toEqual([])
      expect(error).toMatchObject({
        reason: 'refused-lockout',
        message: expect.stringContaining('lock out all users'),
      })
    }
    expect((await sums()).stdout).toBe(before.stdout)
    expect(await flows()).toContain('m.login.password')
  })

  it('refuses vars that delegate behind the back of the stage', async () => {
    await lab.setVars('prepared')
    const name =
      dialect === 'mas-cli'
        ? 'matrix_synapse_matrix_authentication_service_enabled'
        : 'matrix_synapse_experimental_features_msc3861_enabled'
    const { error } = await deploy({
      extraVars: { [name]: true, matrix_synapse_password_config_enabled: false },
    })
    expect(error).toMatchObject({ reason: 'refused-lockout' })
    expect(await flows()).toContain('m.login.password')
  })

  it('takes an unused MAS away again, and installs it beside Synapse, and users notice nothing', async () => {
    await lab.setVars('off')
    const away = await deploy()
    expect(away.error).toBeUndefined()
    expect(away.deployments).toMatchObject([{ after: 'off', actual: 'installed', stageAfter: 'absent' }])
    expect(away.deployments[0]?.tags).toContain('setup-all')

    await lab.setVars('prepared')
    const { deployments, error } = await deploy()
    expect(error).toBeUndefined()
    expect(deployments).toMatchObject([
      { before: 'off', after: 'prepared', actual: 'absent', plan: 'deploy', stageAfter: 'installed' },
    ])
    expect(deployments[0]?.changed.length).toBeGreaterThan(0)
    expect((await lab.root('docker ps --format "{{.Names}}"')).stdout).toContain(
      'matrix-authentication-service',
    )
    expect(await flows()).toContain('m.login.password')
    const secret = /encryption: *["']?([0-9a-f]{64})/.exec(
      (await lab.root('cat /matrix/matrix-authentication-service/config/config.yaml')).stdout,
    )?.[1]
    expect(secret).toBeDefined()
    expect(lines.join('\n')).not.toContain(secret)
  })

  it('spares the migration a check run', async () => {
    const playbookPath = committedPlaybook()
    await lab.setVars('prepared')
    expect((await deploy({ playbookPath })).error).toBeUndefined()
    cpSync(join(folder, 'inventory'), join(folder, 'base/inventory'), { recursive: true })
    const migrate = async () => {
      await lab.setVars('live')
      checkOut()
      const { report } = await migrateServer(
        {
          ...serverInputs(lab),
          ...{ playbookPath, operation: 'migrate', presentInventory: ['base/inventory/hosts'] },
          ...{ requireReceipt: false, receiptMaxAgeHours: 24 },
          ...{ expectedPlan: undefined, maxDowntime: undefined },
          ...{ backup: 'auth', backupPath: undefined, backupMaxAgeHours: 24, keepBackups: 3 },
          ...{ confirmLostSessions: 'any', jsonPath: undefined },
        },
        runtime(),
      )
      return report?.outcome
    }
    await lab.root('echo "# changed" >>/matrix/synapse/config/homeserver.yaml')
    expect(await migrate()).toBe('abandoned')
    expect(lines.join('\n')).not.toContain('as the last deployment left them')
    await lab.root('sed -i "/^# changed$/d" /matrix/synapse/config/homeserver.yaml')
    expect(await migrate()).toBe('migrated')
    expect(lines.join('\n')).toContain('as the last deployment left them')
    expect(lines.join('\n')).toMatch(/Task \d+ of about \d+/)
  }, 1_200_000)

  /** The lab's playbook as a clone: only a commit identifies what it would write. */
  function committedPlaybook(): string {
    const path = join(folder, 'playbook')
    cpSync(lab.playbookDir, path, { recursive: true })
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', path, '-c', 'user.name=x', '-c', 'user.email=x@example.test', ...words])
    git('init', '--quiet')
    git('add', '--all', '--force')
    git('commit', '--quiet', '--message', 'The playbook')
    return path
  }
})
