/** The operator's repository in two checkouts, as GitHub's runner would have them: the default branch and a pull request. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '../lab/lab.ts'

export interface Workspace {
  /** A folder that plays the runner's workspace: the pull request's head, with its base in `base/`. */
  readonly path: string
  /** A folder that plays `RUNNER_TEMP`. */
  readonly temp: string
  /** The environment of steps after `setup`: an agent that holds the key, Ansible first on the PATH. */
  readonly env: Readonly<Record<string, string>>
  close(): void
}

function startAgent(key: string): Record<string, string> {
  const said = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' })
  const value = (name: string) => new RegExp(`${name}=([^;]+)`).exec(said)?.[1] ?? ''
  const env = { SSH_AUTH_SOCK: value('SSH_AUTH_SOCK'), SSH_AGENT_PID: value('SSH_AGENT_PID') }
  execFileSync('ssh-add', ['-q', '-t', '3600', key], { env: { ...process.env, ...env } })
  return env
}

/** Copies the inventory as it is now (`base`) and as the pull request has it (`head`); leaves the lab's own as the latter. */
export async function openPullRequest(
  lab: Lab,
  from: 'off' | 'prepared',
  to: 'prepared' | 'live',
): Promise<Workspace> {
  const path = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-demo-'))
  for (const [folder, vars] of [
    ['base', from],
    ['.', to],
  ] as const) {
    await lab.setVars(vars)
    cpSync(join(lab.inventoryDir, 'inventory'), join(path, folder, 'inventory'), { recursive: true })
  }
  cpSync(lab.knownHosts, join(path, 'inventory/known_hosts'))
  const temp = join(path, '_temp')
  mkdirSync(temp)
  const agent = startAgent(lab.sshKey)
  return {
    path,
    temp,
    env: { ...agent, PATH: `${lab.ansibleBin}:${process.env.PATH ?? ''}`, LC_ALL: 'C.UTF-8' },
    close: () => {
      execFileSync('ssh-agent', ['-k'], { env: { ...process.env, ...agent }, stdio: 'ignore' })
      rmSync(path, { recursive: true, force: true })
    },
  }
}
