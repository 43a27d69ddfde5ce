import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toolCache } from '../lab/engine/ansible.ts'
import type { Lab, Vars } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { withoutWorkers } from '../migration/lab-operator.ts'
import { cli, type Ran, type RunOptions, schemaErrors } from './run.ts'

const minutes = 60_000
const host = 'matrix.example.test'
const password = 'a-password-of-29-characters!!'

describe('the program in a terminal, on a server without workers, from an installed MAS to a migrated server and back', () => {
  let lab: Lab
  let repository = ''
  beforeAll(async () => {
    lab = await labForTests('mas-cli')
    repository = mkdtempSync(join(tmpdir(), 'maa-terminal-'))
    git('init', '-q')
    await lab.reset('installed')
    await lab.setVars('prepared', withoutWorkers)
    const { code, stdout } = await lab.ansible(['--tags=install-all,start'])
    expect(code, stdout).toBe(0)
    await lab.settle()
  }, 20 * minutes)
  afterAll(() => rmSync(repository, { recursive: true, force: true }))

  const git = (...argv: readonly string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv], {
      encoding: 'utf8',
    })

  /** With these vars committed. */
  async function run(
    argv: readonly string[],
    vars: Vars,
    how: Pick<RunOptions, 'input' | 'replies' | 'hasTerminal'> = {},
  ): Promise<Ran> {
    await lab.setVars(vars, withoutWorkers)
    cpSync(join(lab.inventoryDir, 'inventory'), join(repository, 'inventory'), { recursive: true })
    writeFileSync(join(repository, 'inventory/known_hosts'), readFileSync(lab.knownHosts))
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', vars)
    const [command = '', ...words] = argv
    const options = [command, '--playbook-path', lab.playbookDir, ...words]
    const key = command === 'plan' ? [] : ['--ssh-key-file', lab.sshKey]
    return cli([...options, ...key], {
      cwd: repository,
      env: {
        PATH: `${lab.ansibleBin}${delimiter}${process.env.PATH}`,
        XDG_CACHE_HOME: toolCache(),
        NO_COLOR: '1',
      },
      ...how,
    })
  }
  const login = (user: string) =>
    fetch(`${lab.synapseUrl}/_matrix/client/v3/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'm.login.password', identifier: { type: 'm.id.user', user }, password }),
    })
  const json = ({ stdout, stderr }: Ran): Record<string, unknown> => {
    expect(stdout, stderr).not.toBe('')
    return JSON.parse(stdout) as Record<string, unknown>
  }

  it(
    'shows the stage, finds the server healthy, and plans what is left',
    async () => {
      const status = await run(['status', '--json'], 'prepared')
      expect(json(status), status.stderr).toMatchObject({
        schema: 'status/1',
        host,
        vars: 'prepared',
        stage: 'installed',
        next: expect.stringMatching(/^Nothing to do: /),
      })
      expect(schemaErrors('terminal#/definitions/status', json(status))).toEqual([])
      const doctor = await run(['doctor', '--json'], 'prepared')
      expect(json(doctor), doctor.stderr).toMatchObject({
        hosts: [{ host, stage: 'installed', healthy: true }],
      })
      expect(schemaErrors('doctor', json(doctor))).toEqual([])
      const plan = await run(['plan', '--json'], 'prepared')
      expect(json(plan)).toMatchObject({ hosts: [{ host, stage: 'prepared' }] })
      expect([status.code, doctor.code, plan.code]).toEqual([0, 0, 0])
    },
    10 * minutes,
  )

  it(
    'registers an account in Synapse',
    async () => {
      const before = await run(['register-user', 'terminal-early', '--password'], 'prepared', {
        hasTerminal: true,
        replies: [
          [/Password: /, password],
          [/Password again: /, password],
        ],
      })
      expect(before.code, before.stdout).toBe(0)
      expect(before.stdout).toContain('was created in Synapse')
      expect(before.stdout).not.toContain(password)
      expect((await login('terminal-early')).status).toBe(200)
      const again = await run(['register-user', 'terminal-early', '--password'], 'prepared', {
        input: `${password}\n`,
      })
      expect(again.code).toBe(1)
      expect(again.stderr).toContain('User ID already taken')
      const email = await run(['verify-email', 'terminal-early', 'a@example.test'], 'prepared')
      expect(email.stderr).toContain('Synapse keeps only addresses that are verified')
    },
    10 * minutes,
  )

  it(
    'refuses a migration without a rehearsal in the words of a terminal, rehearses, and migrates',
    async () => {
      const refused = await run(['migrate'], 'live')
      expect(refused.code, refused.stderr).toBe(1)
      expect(refused.stderr).toMatch(
        /Run `matrix-auth-actions rehearse --playbook-path \S+ --ssh-key-file \S+`/,
      )
      expect(refused.stderr).not.toMatch(/workflow|syn2mas-dry-run/)
      const interrupted = await run(['rehearse'], 'live', {
        replies: [[/Running the playbook/, 'SIGINT']],
      })
      expect(interrupted.code, interrupted.stderr).toBe(130)
      const rehearsal = await run(['rehearse', '--json'], 'live')
      expect(rehearsal.code, rehearsal.stderr).toBe(0)
      expect(schemaErrors('rehearsal', json(rehearsal))).toEqual([])
      const migration = await run(['migrate', '--json'], 'live')
      expect(migration.code, migration.stderr).toBe(0)
      expect(json(migration)).toMatchObject({ host, outcome: 'migrated' })
      expect(schemaErrors('migration', json(migration))).toEqual([])
      const doctor = await run(['doctor'], 'live')
      expect(doctor.code, doctor.stderr).toBe(0)
      expect(doctor.stdout).toContain(`✅ ${host} is healthy\n  Stage of the server: live.`)
    },
    20 * minutes,
  )

  it(
    'registers an account in MAS, with a verified address',
    async () => {
      const refused = await run(['register-user', 'terminal-late', '--password'], 'live', {
        input: `${password}\n`,
      })
      expect(refused.code).toBe(2)
      expect(refused.stderr).toContain('every user of the server can read it')
      const created = await run(['register-user', 'terminal-late', '--json'], 'live')
      expect(created.code, created.stderr).toBe(0)
      expect(schemaErrors('terminal#/definitions/account', json(created))).toEqual([])
      const verified = await run(['verify-email', 'terminal-late', 'late@example.test'], 'live')
      expect(verified.code, verified.stderr).toBe(0)
      const select =
        "SELECT email FROM user_emails JOIN users USING (user_id) WHERE username = 'terminal-late'"
      expect(await lab.sql('matrix_authentication_service', select)).toEqual([['late@example.test']])
    },
    10 * minutes,
  )

  it(
    'counts what a rollback would lose, names the command that does it, and rolls back to the last vars in stage prepared where files were changed',
    async () => {
      // A session that only MAS knows.
      expect((await login('terminal-early')).status).toBe(200)
      const counted = await run(['rollback'], 'live')
      expect(counted.code).toBe(1)
      const command = /matrix-auth-actions rollback --confirm-lost-sessions (\d+) /.exec(counted.stderr)
      const count = command?.[1] ?? ''
      expect(count, counted.stderr).not.toBe('')
      await lab.root("echo '# by hand' >> /matrix/synapse/config/homeserver.yaml")
      const prepared = git('log', '--format=%H', '--grep=^prepared$', '-n1', '--', 'inventory').trim()
      const done = await run(['rollback', '--confirm-lost-sessions', count], 'live', { hasTerminal: true })
      expect(done.code, done.stdout).toBe(0)
      const words = done.stdout.replaceAll(/\s+/g, ' ')
      expect(words).toContain('cannot be used, so the playbook renders new ones. Reason:')
      expect(words).toContain(`from the vars of commit ${prepared}, the last ones in stage prepared.`)
      expect(git('status', '--short')).toBe('')
      expect(done.stdout).toMatch(/✅ Rolled back; downtime \d+\.\d s/)
      expect(done.stdout).toMatch(/✔ Stop Synapse with its workers and MAS \(\d+\.\d s\)/)
      expect(done.stdout).toMatch(/, no homeserver for \d+\.\d s\)/)
      expect(done.stdout).toMatch(/Users had no homeserver for \d+\.\d s\./)
      const status = await run(['status'], 'live')
      expect(status.stdout).toMatch(/vars\s+ask for live: .*\n\s+stage\s+installed: /)
      expect(status.stdout).toMatch(/\n\s+rehearsal \S+ \S+ UTC: passed; expected downtime: /)
      expect(status.stdout.replaceAll(/\s+/g, ' ')).toMatch(
        /Next: .* run `[^`]* migrate --playbook-path \S+ --ssh-key-file [^` ]+`\. To stay with/,
      )
      const deployed = await run(['deploy', '--json'], 'prepared')
      expect(deployed.code, deployed.stderr).toBe(0)
      expect(json(deployed)).toMatchObject({ deployments: [{ host, stageAfter: 'installed' }], ok: true })
      expect(schemaErrors('terminal#/definitions/deployment', json(deployed))).toEqual([])
    },
    20 * minutes,
  )
})
