import { join } from 'node:path'
import { type DockerHost, shellQuoted } from './docker.ts'
import type { LabNetwork } from './network.ts'

export type GroundKind = 'own' | 'found'

/**
 * What labs stand on: the machine itself, as root, or a container of each lab's own on a Docker engine found on the
 * machine. Either gives a lab its network, and in it a dockerd of its own; the rest of a lab does not see which.
 */
export interface Ground {
  readonly kind: GroundKind
  /** For people. */
  readonly words: string
  /** @throws AddressTaken where another lab has this network. */
  networkUp(network: LabNetwork): Promise<void>
  networkDown(network: LabNetwork): Promise<void>
  engineIsUp(engine: Engine): Promise<boolean>
  /** Starts the engine and waits until it answers. It outlives this process. A running one is left as it is. */
  startEngine(engine: Engine): Promise<void>
  /** Ends the engine and every container on it; does nothing where it does not run. */
  stopEngine(engine: Engine): Promise<void>
  /** Runs bash as the root who owns the engines' files, with these variables; it sees the cache at its own path. */
  root(script: string, variables: Readonly<Record<string, string>>): Promise<string>
  /** The engine that can pull images from registries; undefined: the one that makes images. */
  readonly puller: DockerHost | undefined
}

/** A dockerd that belongs to a lab, or that makes the images of all. */
export interface Engine {
  readonly ground: Ground
  readonly dataDir: string
  /** Sockets, pid file and containerd's state. */
  readonly runDir: string
  readonly socket: string
  readonly pidFile: string
  readonly log: string
  /** The network to run in; the host's where left out. */
  readonly network?: LabNetwork
  /** Folders that the engine sees in place of the host's, by the path it sees them at. */
  readonly mounts?: Readonly<Record<string, string>>
}

/** The configuration file that is no configuration: without it, the machine's own engine's would count. */
export const noConfiguration = (engine: Engine) => join(engine.runDir, 'none.json')

/**
 * A bash script that becomes the engine, in a mount namespace of its own. `options`: more
 * of dockerd's.
 */
export function engineScript(engine: Engine, options: readonly string[] = []): string {
  const words = [
    'dockerd',
    ...['--data-root', engine.dataDir, '--exec-root', join(engine.runDir, 'exec')],
    ...['--pidfile', engine.pidFile, '--host', `unix://${engine.socket}`],
    ...['--storage-driver', 'overlay2', '--bridge=none', '--iptables=false', '--ip6tables=false'],
    ...['--config-file', noConfiguration(engine), '--shutdown-timeout', '5', '--log-level', 'warn'],
    // Without a DNS server that answers, a name that is asked for before its container runs has no answer for seconds.
    ...(engine.network ? ['--dns', engine.network.labAddress] : []),
    ...options,
  ]
  const mounts = Object.entries(engine.mounts ?? {}).flatMap(([seenAt, folder]) =>
    bindShared(shellQuoted(folder), shellQuoted(seenAt)),
  )
  return [...mounts, `exec ${words.map(shellQuoted).join(' ')}`].join('\n')
}

const bindShared = (from: string, to: string) => [
  `mkdir -p ${to}`,
  `mount --bind ${from} ${to}`,
  `mount --make-shared ${to}`,
]
