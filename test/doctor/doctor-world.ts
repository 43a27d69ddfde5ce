import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkServer, reportOf } from '../../src/actions/doctor/run.ts'
import type { HealthReport } from '../../src/domain/reports.ts'
import type { DesiredStage, Dialect } from '../../src/domain/stage.ts'
import { recordDeployment } from '../../src/migration/deployment-record.ts'
import type { Playbook } from '../../src/playbook/playbook.ts'
import { runPlaybook } from '../../src/playbook/run.ts'
import { publicWeb } from '../../src/server/public-web.ts'
import { serverOver } from '../../src/server/server.ts'
import type { ServerSession } from '../../src/server/session.ts'
import { openSession } from '../../src/server/ssh-session.ts'
import type { Ledger } from '../lab/data/ledger.ts'
import type { Lab } from '../lab/lab.ts'
import { labForTests } from '../lab/playbook/test-lab.ts'
import { labAgent } from '../server/lab-agent.ts'
import { type Breakage, functions } from './breakages.ts'

const frontScript = readFileSync(join(import.meta.dirname, 'public-front.sh'), 'utf8')

/** A lab behind a public reverse proxy, and the doctor, which looks at both. */
export interface DoctorWorld {
  readonly lab: Lab
  /** A server at this stage, deployed, with nothing wrong. */
  begin(stage: Breakage['stage'], reset?: boolean): Promise<void>
  doctor(how: Pick<Breakage, 'canary' | 'hidden' | 'ansible'>): Promise<HealthReport>
  /** Bash with the functions of the breakages. Throws what it printed. */
  bash(script: string): Promise<void>
  leave(): Promise<void>
}

const desired: Readonly<Record<Breakage['stage'], DesiredStage>> = {
  absent: 'off',
  installed: 'prepared',
  live: 'live',
}

const doctorTag = 'matrix-authentication-service-mas-cli-doctor'

export async function doctorWorld(dialect: Dialect): Promise<DoctorWorld> {
  const lab = await labForTests(dialect)
  const agent = await labAgent(lab)
  let stage: Breakage['stage'] = 'absent'
  let authority = ''
  let pins: readonly { readonly unit: string; readonly version: string }[] = []

  const bash = async (script: string) => {
    const { name } = accountOf(lab)
    const ran = await lab.root(`CANARY=${name}\n${functions}\n${script}`)
    if (ran.code !== 0) throw new Error(`${script}\n${ran.stdout}${ran.stderr}`)
  }
  const withSession = async <T>(work: (session: ServerSession) => Promise<T>): Promise<T> => {
    const session = await openSession(agent.address, agent)
    return work(session).finally(() => session.close())
  }
  const host = agent.address.inventoryName
  const playbook: Pick<Playbook, 'run'> = {
    run: ({ tags }) =>
      runPlaybook({
        checkout: { path: lab.playbookDir },
        inventory: join(lab.inventoryDir, 'inventory/hosts'),
        limit: host,
        tags,
        trust: agent,
        connection: { ...agent.address, sshArguments: {} },
        ansibleBin: lab.ansibleBin,
      }),
  }
  const doctor: DoctorWorld['doctor'] = ({ canary, hidden, ansible }) => {
    const resolve = async (name: string) => {
      if (!hidden && /(^|\.)example\.test$/.test(name)) return lab.address
      throw Object.assign(new Error(name), { code: 'ENOTFOUND' })
    }
    const web = publicWeb({ resolve, authority })
    const options = { doctorTag, desired: desired[stage], digest: 'of the lab', pins, web }
    const account = accountOf(lab)
    const check = withSession(session =>
      checkServer(
        {
          server: serverOver(session, dialect),
          playbook: ansible ? playbook : withoutAnsible(session),
          print: () => undefined,
        },
        { ...options, ...(canary && { canary: { user: account.name, password: account.password } }) },
      ),
    )
    return reportOf(host, check)
  }

  return {
    lab,
    doctor,
    bash,
    begin: async (next, reset = true) => {
      stage = next
      if (reset) await lab.reset(stage)
      await lab.settle()
      await bash(`STAGE=${stage}\n${frontScript}`)
      await lab.settle()
      await bash('all_run')
      await withSession(async session => {
        const server = serverOver(session, dialect)
        authority = (await session.readFile('/matrix/public-front/ca.crt')) ?? ''
        if (stage !== 'absent')
          await recordDeployment(server, 'of the lab', stage === 'live' ? 'live' : 'prepared', {
            results: [],
          })
        const facts = await server.probe()
        pins = [facts.synapse, facts.mas].flatMap(({ name, image }) => {
          const version = /:v?(\d+\.\d+\.\d+)/.exec(image ?? '')?.[1]
          return version === undefined ? [] : [{ unit: name, version }]
        })
      })
      await bash('systemd-cat -t matrix-auth-doctor echo begin')
    },
    leave: async () => {
      agent.stop()
      // Its certificate authority is mounted into MAS.
      await lab.reset('installed')
    },
  }
}

/** The same command as the playbook's tag. */
function withoutAnsible(session: ServerSession): Pick<Playbook, 'run'> {
  return {
    run: async () => {
      const command = ['/matrix/matrix-authentication-service/bin/mas-cli', 'doctor']
      const { code, stdout, stderr } = await session.run(command, { timeoutMs: 30_000 })
      const result = { rc: code ?? undefined, stdout, stderr, command, diffs: [], items: [] }
      const task = { name: 'Run mas-cli doctor', path: '' }
      const common = { kind: 'result', action: 'ansible.builtin.command', host: session.host, task } as const
      const results = [{ ...common, status: code === 0 ? ('ok' as const) : ('failed' as const), result }]
      return { code: code === 0 ? 0 : 2, results, stats: {}, stderr: '', otherOutput: [], seconds: 1 }
    },
  }
}

/** An account with a password of ASCII letters, which every stage has. */
function accountOf({ ledgerFile }: Lab): { readonly name: string; readonly password: string } {
  const { passwords } = JSON.parse(readFileSync(ledgerFile, 'utf8')) as Ledger
  const found = passwords.find(
    ({ localpart, password }) => /^[\w.-]+$/.test(localpart) && /^[\x21-\x7e]+$/.test(password),
  )
  if (found === undefined) throw new Error('the ledger has no account with a plain password')
  return { name: found.localpart, password: found.password }
}
