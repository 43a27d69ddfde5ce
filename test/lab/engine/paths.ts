import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where built things are kept between labs: images, venvs, packages. */
export function cacheDir(): string {
  return process.env.LAB_CACHE ?? join(homedir(), '.cache', 'matrix-auth-actions')
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
  readonly engineData: string
  readonly log: string
  readonly stateFile: string
  readonly lockFile: string
  readonly sshKey: string
  readonly knownHosts: string
  readonly inventory: string
  /** Short, since paths of sockets are limited to 107 bytes; emptied by a reboot of the machine. */
  readonly runDir: string
  readonly socket: string
  readonly pidFile: string
}

/** Throws where the name would not do in a path or in the name of a network namespace. */
export function labPaths(name: string): LabPaths {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new Error(`a lab's name is 1 to 32 of a-z, 0-9 and "-", not ${JSON.stringify(name)}`)
  }
  const home = join(cacheDir(), 'labs', name)
  const runDir = `/run/matrix-auth-lab/${name}`
  return {
    name,
    home,
    matrix: join(home, 'matrix'),
    tmp: join(home, 'tmp'),
    newSnapshots: join(home, 'new-snapshots'),
    engineData: join(home, 'engine'),
    log: join(home, 'engine.log'),
    stateFile: join(home, 'lab.json'),
    lockFile: join(cacheDir(), 'locks', `lab-${name}`),
    sshKey: join(home, 'ssh', 'id_ed25519'),
    knownHosts: join(home, 'ssh', 'known_hosts'),
    inventory: join(home, 'operator'),
    runDir,
    socket: join(runDir, 'socket', 'docker.sock'),
    pidFile: join(runDir, 'docker.pid'),
  }
}
