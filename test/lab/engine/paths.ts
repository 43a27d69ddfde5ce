import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where built things are kept between labs: images, venvs, packages. */
export function cacheDir(): string {
  return resolve(process.env.LAB_CACHE ?? join(homedir(), '.cache', 'matrix-auth-actions'))
}

/** Keeps names of this cache's labs apart from those of another cache's on the same machine. */
export function cacheMark(): string {
  return createHash('sha256').update(cacheDir()).digest('hex').slice(0, 8)
}

const isRoot = () => process.getuid?.() === 0

/** Where an engine's sockets lie. Root's are short, and gone with a reboot of the machine. */
export function runDirOf(name: string, home: string): string {
  return isRoot() ? `/run/matrix-auth-lab/${name}` : join(home, 'run')
}

/** Snapshots of servers, shared by all labs: nothing in them is a lab's own. */
export function stagesDir(): string {
  return join(cacheDir(), 'stages')
}

export interface LabPaths {
  readonly name: string
  /** Everything of this lab that outlives its engine. */
  readonly home: string
  /** Mounted on /matrix in the lab. */
  readonly matrix: string
  /** Mounted on /tmp in the lab, so that engine and target see the same one and never the host's. */
  readonly tmp: string
  /** Where a snapshot lies while it is taken. */
  readonly newSnapshots: string
  /** The front's configuration. */
  readonly front: string
  readonly engineData: string
  readonly log: string
  readonly stateFile: string
  readonly lockFile: string
  readonly sshKey: string
  readonly knownHosts: string
  readonly inventory: string
  /** Sockets, pid file and what else is useless after the engine has ended. */
  readonly runDir: string
  readonly socket: string
  readonly pidFile: string
}

/** Throws if the name does not fit in a path or in the name of a network namespace. */
export function labPaths(name: string): LabPaths {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new Error(`LAB_NAME must be 1 to 32 characters of a-z, 0-9 and "-", not ${JSON.stringify(name)}`)
  }
  if (/^\/(tmp|matrix)(\/|$)/.test(cacheDir())) {
    throw new Error(
      `The cache ${cacheDir()} is under /tmp or /matrix, which the lab uses itself: set LAB_CACHE to another folder`,
    )
  }
  const home = join(cacheDir(), 'labs', name)
  const runDir = runDirOf(name, home)
  const socket = join(runDir, 'socket', 'docker.sock')
  if (Buffer.byteLength(socket) > 107) {
    throw new Error(
      `The path of a socket may have 107 bytes, and ${socket} is longer: shorten LAB_CACHE or LAB_NAME`,
    )
  }
  return {
    name,
    home,
    matrix: join(home, 'matrix'),
    tmp: join(home, 'tmp'),
    newSnapshots: join(home, 'new-snapshots'),
    front: join(home, 'front'),
    engineData: join(home, 'engine'),
    log: join(home, 'engine.log'),
    stateFile: join(home, 'lab.json'),
    lockFile: join(cacheDir(), 'locks', `lab-${name}`),
    sshKey: join(home, 'ssh', 'id_ed25519'),
    knownHosts: join(home, 'ssh', 'known_hosts'),
    inventory: join(home, 'operator'),
    runDir,
    socket,
    pidFile: join(runDir, 'docker.pid'),
  }
}
