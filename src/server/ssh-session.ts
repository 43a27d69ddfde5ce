import { NodeSSH } from 'node-ssh'
import { ToolkitError } from '../support/errors.ts'
import { byInit, fingerprintOf, knownName, type PinnedKeys, pinnedKeys, removalOf } from './known-hosts.ts'
import { remoteSession } from './remote-session.ts'
import type { ServerAddress, ServerSession } from './session.ts'

export interface Trust {
  /** Socket of the SSH agent with the private key. */
  readonly agentSocket: string
  /** The text of a known-hosts file. */
  readonly knownHosts: string
  /** Its path, as a person gave it. */
  readonly knownHostsFile: string
}

/**
 * Connects as the inventory says, only with the agent's keys, and only to a pinned host key.
 * @throws ToolkitError `host-key-unknown` where no key is pinned or the server presents another one; `server-unreachable`
 *   for all other failures, also where commands cannot run as root.
 */
export async function openSession(address: ServerAddress, trust: Trust): Promise<ServerSession> {
  const pinned = pinnedKeys(trust.knownHosts, address.address, address.port)
  if (pinned.keys.length === 0) throw noKeyPinned(address, pinned, trust.knownHostsFile)
  const connect = () => connectTo(address, trust, pinned)
  const session = remoteSession(await connect(), address, connect)
  try {
    await requireRoot(session, address)
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

async function connectTo(address: ServerAddress, trust: Trust, pinned: PinnedKeys): Promise<NodeSSH> {
  const ssh = new NodeSSH()
  let refusedKey: Buffer | undefined
  try {
    await ssh.connect({
      host: address.address,
      port: address.port,
      username: address.user,
      agent: trust.agentSocket,
      readyTimeout: 20_000,
      keepaliveInterval: 5_000,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: pinned.algorithms as never },
      hostVerifier: (key: Buffer) => {
        refusedKey = pinned.keys.some(known => known.equals(key)) ? undefined : key
        return refusedKey === undefined
      },
    })
  } catch (cause) {
    throw connectFailure(address, cause, trust.knownHostsFile, refusedKey)
  }
  // Without a listener, losing the connection later would end the process. Each command reports it itself.
  ssh.connection?.on('error', () => undefined)
  return ssh
}

async function requireRoot(session: ServerSession, address: ServerAddress): Promise<void> {
  const result = await session.run(['id', '-u'], { timeoutMs: 20_000 })
  if (result.code === 0 && result.stdout.trim() === '0') return
  throw new ToolkitError({
    reason: 'server-unreachable',
    what: address.become
      ? `The account ${address.user} cannot run commands as root without a password (sudo -n failed).`
      : `The account ${address.user} is not root, and the inventory does not set ansible_become.`,
    where: place(address),
    remedy: address.become
      ? `Allow ${address.user} sudo without a password on the server (NOPASSWD), or connect as root.`
      : 'Set ansible_become: true for the host, or connect as root.',
  })
}

function place(address: ServerAddress): string {
  return `${address.inventoryName} (${address.user}@${address.address}, port ${address.port})`
}

function noKeyPinned(address: ServerAddress, pinned: PinnedKeys, file: string): ToolkitError {
  const why = pinned.onlyAuthorities
    ? 'only certificate authorities (@cert-authority), which are not supported here'
    : pinned.revoked.length > 0
      ? 'only keys marked @revoked'
      : 'no key'
  return new ToolkitError({
    reason: 'host-key-unknown',
    what: `${file} has ${why} for ${knownName(address.address, address.port)}.`,
    where: place(address),
    remedy: `${pinByInit} Commit ${file}.`,
  })
}

const pinByInit = byInit('pins the key')

function connectFailure(
  address: ServerAddress,
  cause: unknown,
  file: string,
  refusedKey: Buffer | undefined,
): ToolkitError {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  if (refusedKey || /no matching host key format/i.test(error.message)) {
    return new ToolkitError({
      reason: 'host-key-unknown',
      what: refusedKey
        ? `The host key of the server (${fingerprintOf(refusedKey)}) is not the one in ${file}.`
        : `The server has no host key of the type in ${file}.`,
      where: place(address),
      remedy: `Find out why before you continue: the server was reinstalled, the address belongs to another machine, or someone intercepts the connection. If the new key is right, remove the old one: \`${removalOf(address.address, address.port, file)}\`. ${pinByInit} Commit ${file}.`,
      cause,
    })
  }
  const [what, remedy] = explain(address, error)
  return new ToolkitError({ reason: 'server-unreachable', what, where: place(address), remedy, cause })
}

function explain(
  address: ServerAddress,
  error: Error & { code?: unknown; level?: unknown },
): [string, string] {
  if (error.level === 'client-authentication') {
    return [
      `The server accepts none of the SSH keys that it was offered for ${address.user}.`,
      `Check that the private key matches a key in ~${address.user}/.ssh/authorized_keys.`,
    ]
  }
  if (error.level === 'agent' || /agent/i.test(error.message)) {
    return [
      'The SSH agent does not answer.',
      'Start an agent and add the key with `ssh-add`, or run the action `setup` in an earlier step of the same job.',
    ]
  }
  const network: Readonly<Record<string, string>> = {
    ECONNREFUSED: `Nothing listens on port ${address.port}`,
    ENOTFOUND: 'The name does not resolve',
    EAI_AGAIN: 'The name does not resolve at the moment',
    EHOSTUNREACH: 'There is no route to the server',
    ENETUNREACH: 'There is no route to the server',
    ETIMEDOUT: 'The server does not answer',
  }
  const known = typeof error.code === 'string' ? network[error.code] : undefined
  const timedOut = error.level === 'client-timeout' ? 'The server does not answer within 20 s' : undefined
  return [
    `${known ?? timedOut ?? `The SSH connection failed (${error.message})`}.`,
    'Check ansible_host and ansible_port in the inventory, that the server is running, and that its firewall allows this machine.',
  ]
}
