import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type HowToRun, must, type Ran, run, sleep, waitUntil } from './run.ts'

export interface Engine {
  readonly dataDir: string
  /** Sockets, pid file and containerd's state. */
  readonly runDir: string
  readonly socket: string
  readonly pidFile: string
  readonly log: string
  /** The network namespace to run in; the host's where left out. */
  readonly namespace?: string
  /** Folders that the engine sees in place of the host's, by the path it sees them at. */
  readonly mounts?: Readonly<Record<string, string>>
}

/** The docker client on this engine. */
export function docker(engine: Engine, args: readonly string[], how: HowToRun = {}): Promise<Ran> {
  return run(['docker', '-H', `unix://${engine.socket}`, ...args], how)
}

export function mustDocker(engine: Engine, args: readonly string[], how: HowToRun = {}): Promise<string> {
  return must(['docker', '-H', `unix://${engine.socket}`, ...args], how)
}

/** The engine's process, told from any other by its own data folder on its command line. */
export async function enginePid(engine: Engine): Promise<number | undefined> {
  const pid = Number((await readFile(engine.pidFile, 'utf8').catch(() => '')).trim())
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine.split('\0').includes(engine.dataDir) ? pid : undefined
}

export async function engineIsUp(engine: Engine): Promise<boolean> {
  if ((await enginePid(engine)) === undefined) return false
  return (await docker(engine, ['version', '--format', '{{.Server.Version}}'])).code === 0
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/**
 * Starts the engine in a mount namespace of its own (and in `namespace`, if given) and waits until it answers.
 * It outlives this process. A running one is left as it is.
 *
 * `nsenter` and not `ip netns exec`: the latter mounts a new /sys, and the engine then finds no control groups.
 */
export async function startEngine(engine: Engine): Promise<void> {
  if (await engineIsUp(engine)) return
  await rm(engine.pidFile, { force: true })
  for (const folder of [engine.dataDir, engine.runDir, dirname(engine.socket), dirname(engine.log)]) {
    await mkdir(folder, { recursive: true, mode: 0o711 })
  }
  const mounts = Object.entries(engine.mounts ?? {}).flatMap(([seenAt, folder]) => [
    `mkdir -p ${quoted(seenAt)} ${quoted(folder)}`,
    `mount --bind ${quoted(folder)} ${quoted(seenAt)}`,
    `mount --make-shared ${quoted(seenAt)}`,
  ])
  const words = [
    'dockerd',
    ...['--data-root', engine.dataDir, '--exec-root', join(engine.runDir, 'exec')],
    ...['--pidfile', engine.pidFile, '--host', `unix://${engine.socket}`],
    ...['--storage-driver', 'overlay2', '--bridge=none', '--iptables=false', '--ip6tables=false'],
    ...['--config-file', join(engine.runDir, 'none.json'), '--shutdown-timeout', '5', '--log-level', 'warn'],
  ]
  const script = [
    // A containerd that runs on the machine lives in other namespaces: hidden, so that the engine starts its own.
    'if [ -d /run/containerd ]; then mount -t tmpfs tmpfs /run/containerd; fi',
    ...mounts,
    `exec ${words.map(quoted).join(' ')}`,
  ].join('\n')
  const unshare = ['unshare', '--mount', '--propagation', 'private', 'bash', '-euc', script]
  const argv = engine.namespace ? [`--net=/run/netns/${engine.namespace}`, ...unshare] : unshare.slice(1)
  // Given by name, so that a configuration of the machine's own engine does not count here.
  await writeFile(join(engine.runDir, 'none.json'), '{}\n')
  const out = openSync(engine.log, 'a')
  const child = spawn(engine.namespace ? 'nsenter' : 'unshare', argv, {
    detached: true,
    stdio: ['ignore', out, out],
    env: { ...process.env, TMPDIR: '' },
  })
  closeSync(out)
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.unref()
  await waitUntil('the container engine to answer', 60, async () => {
    if (ended) {
      const log = await readFile(engine.log, 'utf8').catch(() => '')
      throw new Error(`dockerd ended at once; the end of ${engine.log}:\n${log.slice(-3000)}`)
    }
    return engineIsUp(engine)
  })
}

/** Ends the engine and every container on it; does nothing where it does not run. */
export async function stopEngine(engine: Engine): Promise<void> {
  const pid = await enginePid(engine)
  if (pid === undefined) return
  const running = await docker(engine, ['ps', '--quiet'])
  const ids = running.stdout.split('\n').filter(Boolean)
  if (ids.length > 0) await docker(engine, ['kill', ...ids])
  const children = await descendants(pid)
  process.kill(pid, 'SIGTERM')
  const end = Date.now() + 15_000
  while ((await enginePid(engine)) !== undefined && Date.now() < end) await sleep(100)
  for (const each of [pid, ...children]) if (await isEngineProgram(each)) process.kill(each, 'SIGKILL')
}

/** Processes below this one: containerd, which the engine started, and proxies of published ports. */
async function descendants(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const children = text.split(' ').filter(Boolean).map(Number)
  const below = await Promise.all(children.map(descendants))
  return [...children, ...below.flat()]
}

async function isEngineProgram(pid: number): Promise<boolean> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => '')
  return /\/(dockerd|containerd|docker-proxy)$/.test(program)
}
