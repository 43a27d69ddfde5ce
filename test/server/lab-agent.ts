import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerAddress } from '../../src/server/session.ts'
import { exec } from '../../src/support/exec.ts'
import type { Lab } from '../lab/lab.ts'

/** An SSH agent with the lab's key, like the one that `setup` starts for a job. */
export interface LabAgent {
  readonly agentSocket: string
  readonly knownHosts: string
  readonly knownHostsFile: string
  readonly address: ServerAddress
  stop(): void
}

export async function labAgent(lab: Lab): Promise<LabAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'maa-agent-'))
  const agentSocket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(agent.stdout, 'data')
  const added = await exec(['ssh-add', lab.sshKey], {
    env: { ...process.env, SSH_AUTH_SOCK: agentSocket },
  })
  if (added.code !== 0) throw new Error(added.stderr)
  return {
    agentSocket,
    knownHosts: readFileSync(lab.knownHosts, 'utf8'),
    knownHostsFile: lab.knownHosts,
    address: {
      inventoryName: 'matrix.example.test',
      address: lab.address,
      port: 22,
      user: 'root',
      become: false,
    },
    stop() {
      agent.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
