import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ToolkitError } from '../../support/errors.ts'
import { exec, withoutRunnerVariables } from '../../support/exec.ts'
import { temporaryFolderForSockets } from '../../support/files/writing.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Agent {
  readonly pid: number
  /** Folder with the agent's socket. */
  readonly folder: string
  readonly socket: string
}

/**
 * Starts an SSH agent and passes it the key on standard input, with a lifetime.
 * @param keep Is called before the agent has the key, so that the agent ends with the job even if the job is cancelled now.
 * @param where The file of the key, if it has one.
 * @throws ToolkitError of reason `input-invalid` if the key is not one without a passphrase.
 */
export async function startAgent(
  key: string,
  minutes: number,
  environment: Environment,
  keep: (agent: Agent) => void,
  where = '`ssh-private-key`',
): Promise<Agent> {
  // Other processes of this user can read the environment of the agent.
  const env = withoutRunnerVariables(environment)
  const folder = temporaryFolderForSockets(environment.RUNNER_TEMP ?? tmpdir(), 'maa-agent.')
  const socket = join(folder, 'agent')
  const seconds = String(minutes * 60)
  const { stdout } = await exec(['ssh-agent', '-s', '-a', socket, '-t', seconds], { env })
  const agent = { pid: Number(/SSH_AGENT_PID=(\d+)/.exec(stdout)?.[1]), folder, socket }
  keep(agent)
  // A secret pasted into a form often lacks the last newline, which OpenSSH requires, or has carriage returns.
  const added = spawnSync('ssh-add', ['-q', '-t', seconds, '-'], {
    input: `${key.replaceAll('\r', '')}\n`,
    env: { ...env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: '/bin/false', SSH_ASKPASS_REQUIRE: 'force' },
    encoding: 'utf8',
  })
  if (added.status === 0) return agent
  endAgent(agent)
  throw unusable(key, added.stderr, where)
}

/** @throws ToolkitError as `startAgent`. */
export async function requireUsableKey(key: string, environment: Environment, where: string): Promise<void> {
  endAgent(await startAgent(key, 1, environment, () => undefined, where))
}

function unusable(key: string, stderr: string, where: string): ToolkitError {
  const invalid = (what: string, remedy: string) =>
    new ToolkitError({ reason: 'input-invalid', what, where, remedy })
  if (/^(?:[\w@.-]+ AAAA|-+ ?BEGIN [\w ]*PUBLIC KEY)/.test(key))
    return invalid('The SSH key is a public key.', 'Use the private key: the file without `.pub`.')
  // ssh-add names every other error.
  if (!/^(?:Error loading key|Could not add identity)/m.test(stderr))
    return invalid(
      'The SSH key has a passphrase, which cannot be entered here.',
      'Use a key without a passphrase: `matrix-auth-actions init --create-ssh-key FILE` creates one in a new file.',
    )
  return invalid(
    'The SSH key must be an OpenSSH private key without a passphrase.',
    'Set the secret to the whole file of the private key, with its first and last line.',
  )
}

/** Ends the agent if it still runs, and removes its folder. */
export function endAgent({ pid, folder }: Pick<Agent, 'pid' | 'folder'>): void {
  // The agent removes its socket when it ends, so the folder goes first.
  rmSync(folder, { recursive: true, force: true })
  if (isAgent(pid)) process.kill(pid)
}

/** Reads from this process until it is done or dead. An agent that is gone has no socket. */
const watcher = `
cat
[ ! -S "$2/agent" ] || kill "$1"
rm -rf -- "$2"`

/** Ends the agent with this process, however that ends: a signal, such as that of Ctrl-C, can end a command without its last steps. */
export function endAgentWithProcess({ pid, folder }: Agent): void {
  const child = spawn('sh', ['-c', watcher, 'sh', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell, the agent ends with the lifetime of its key.
  child.on('error', () => undefined).unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
}

function isAgent(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'ssh-agent'
  } catch {
    return false
  }
}
