import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkServer } from '../../src/actions/doctor/run.ts'
import type { HealthReport } from '../../src/domain/reports.ts'
import type { DesiredStage, Dialect } from '../../src/domain/stage.ts'
import { recordDeployment } from '../../src/migration/deployment-record.ts'
import type { Canary } from '../../src/migration/health/canary.ts'
import type { Playbook } from '../../src/playbook/playbook.ts'
import { publicWeb } from '../../src/server/public-web.ts'
import { serverOver } from '../../src/server/server.ts'
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
  doctor(canary?: Canary): Promise<HealthReport>
  /** A test account at this stage. */
  canary(): Canary
  /** Bash with the functions of the breakages. Throws what it printed. */
  bash(script: string): Promise<void>
  leave(): Promise<void>
}

const desired: Readonly<Record<Breakage['stage'], DesiredStage>> = {
  absent: 'off',
  installed: 'prepared',
  live: 'live',
}

export async function doctorWorld(dialect: Dialect): Promise<DoctorWorld> {
  const lab = await labForTests(dialect)
  const agent = await labAgent(lab)
  const session = await openSession(agent.address, agent)
  const server = serverOver(session, dialect)
  let stage: Breakage['stage'] = 'absent'
  let authority = ''
  let pins: readonly { readonly unit: string; readonly version: string }[] = []

  const bash = async (script: string) => {
    const { name } = accountOf(lab)
    const ran = await lab.root(`CANARY=${name}\n${functions}\n${script}`)
    if (ran.code !== 0) throw new Error(`${script}\n${ran.stdout}${ran.stderr}`)
  }
  /** The same command as the playbook's tag, without Ansible. */
  const playbook: Pick<Playbook, 'run'> = {
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
  const doctor: DoctorWorld['doctor'] = canary => {
    const resolve = async (host: string) => {
      if (/(^|\.)example\.test$/.test(host)) return lab.address
      throw Object.assign(new Error(host), { code: 'ENOTFOUND' })
    }
    const web = publicWeb({ resolve, authority })
    const options = { doctorTag: 'doctor', desired: desired[stage], digest: 'of the lab', pins, web }
    return checkServer(
      { server, playbook, print: () => undefined },
      { ...options, ...(canary === undefined ? {} : { canary }) },
    )
  }

  return {
    lab,
    doctor,
    bash,
    canary: () => ({ user: accountOf(lab).name, password: accountOf(lab).password }),
    begin: async (next, reset = true) => {
      stage = next
      if (reset) await lab.reset(stage)
      await lab.settle()
      const front = await lab.root(frontScript)
      if (front.code !== 0) throw new Error(front.stderr)
      await lab.settle()
      await bash('all_run')
      const ca = await session.readFile('/matrix/public-front/ca.crt')
      authority = ca?.toString('utf8') ?? ''
      if (stage !== 'absent')
        await recordDeployment(server, 'of the lab', stage === 'live' ? 'live' : 'prepared', { results: [] })
      const facts = await server.probe()
      pins = [facts.synapse, facts.mas].flatMap(({ name, image }) => {
        const version = /:v?(\d+\.\d+\.\d+)/.exec(image ?? '')?.[1]
        return version === undefined ? [] : [{ unit: name, version }]
      })
      await bash('systemd-cat -t matrix-auth-doctor echo begin')
    },
    leave: async () => {
      await session.close()
      agent.stop()
      // Its certificate authority is mounted into MAS.
      await lab.reset('installed')
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
