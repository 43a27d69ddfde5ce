import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../scripts/programs.ts'
import type { ServerAddress } from '../../src/server/session.ts'
import { exec } from '../../src/support/exec.ts'

/** A temporary sshd on a loopback port, and an agent with a key that it accepts. */
export interface ThrowAwaySshd {
  readonly address: ServerAddress
  readonly agentSocket: string
  /** A known-hosts line for the sshd. */
  readonly knownHosts: string
  readonly knownHostsFile: string
  /** A key that is not the server's, as `type base64`. */
  readonly otherKey: string
  readonly folder: string
  /** Kills sshd and all of its connections, like a server that loses power. */
  kill(): void
  stop(): void
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function must(argv: string[]): Promise<string> {
  const result = await exec(argv)
  if (result.code !== 0) throw new Error(`${argv.join(' ')}: ${result.stderr}`)
  return result.stdout
}

export async function startSshd(): Promise<ThrowAwaySshd> {
  const folder = mkdtempSync(join(tmpdir(), 'maa-sshd-'))
  for (const name of ['host', 'user', 'other']) {
    await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
  }
  const port = await freePort()
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${folder}/host`,
      `AuthorizedKeysFile ${folder}/user.pub`,
      `PidFile ${folder}/pid`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'MaxSessions 2',
      '',
    ].join('\n'),
  )
  mkdirSync('/run/sshd', { recursive: true })
  // sshd must be started with its absolute path.
  const sshd = spawn(findProgram('sshd') ?? 'sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await once(sshd, 'spawn')
  await once(sshd.stderr, 'data')
  const agentSocket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(agent.stdout, 'data')
  const added = await exec(['ssh-add', join(folder, 'user')], {
    env: { ...process.env, SSH_AUTH_SOCK: agentSocket },
  })
  if (added.code !== 0) throw new Error(added.stderr)
  const publicKey = (name: string) => readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ')
  const kill = () => {
    // Its connections are found as its child processes, so it is killed last.
    endConnections(sshd.pid)
    sshd.kill('SIGKILL')
  }
  return {
    address: {
      inventoryName: 'matrix.example.test',
      address: '127.0.0.1',
      port,
      user: userInfo().username,
      become: false,
    },
    agentSocket,
    knownHosts: `[127.0.0.1]:${port} ${publicKey('host').slice(0, 2).join(' ')}\n`,
    knownHostsFile: 'inventory/known_hosts',
    otherKey: publicKey('other').slice(0, 2).join(' '),
    folder,
    kill,
    stop() {
      kill()
      agent.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** sshd forks a process for each connection, which survives sshd. They are its child processes. */
function endConnections(listener: number | undefined): void {
  for (const pid of childrenOf(listener)) {
    // The connection is killed first; otherwise it would report the end of its command normally.
    const commands = childrenOf(pid)
    process.kill(pid, 'SIGKILL')
    for (const below of commands) process.kill(below, 'SIGKILL')
  }
}

function childrenOf(pid: number | undefined): number[] {
  if (pid === undefined) return []
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
