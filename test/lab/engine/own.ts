import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { docker, engineAnswers } from './docker.ts'
import { type Engine, engineScript, type Ground, noConfiguration } from './ground.ts'
import { networkDown, networkUp } from './network.ts'
import { bash, sleep, waitUntil } from './run.ts'

/** The machine itself, as root: network namespaces, and in each a dockerd started here. */
export const ownGround: Ground = {
  kind: 'own',
  words: 'its own engine',
  networkUp,
  networkDown,
  engineIsUp,
  startEngine,
  stopEngine,
  root: (script, variables) => bash(script, { env: { ...process.env, ...variables } }),
  puller: undefined,
}

/** The engine's process, identified by its data folder on its command line. */
async function enginePid(engine: Engine): Promise<number | undefined> {
  const pid = Number((await readFile(engine.pidFile, 'utf8').catch(() => '')).trim())
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine.split('\0').includes(engine.dataDir) ? pid : undefined
}

async function engineIsUp(engine: Engine): Promise<boolean> {
  return (await enginePid(engine)) !== undefined && engineAnswers(engine)
}

/**
 * In a mount namespace of its own, and in that of `engine.network`, if given. `nsenter` and not `ip netns exec`: the
 * latter mounts a new /sys, and the engine then finds no control groups.
 */
async function startEngine(engine: Engine): Promise<void> {
  if (await engineIsUp(engine)) return
  await rm(engine.pidFile, { force: true })
  for (const folder of [engine.dataDir, engine.runDir, dirname(engine.socket), dirname(engine.log)]) {
    await mkdir(folder, { recursive: true, mode: 0o711 })
  }
  await writeFile(noConfiguration(engine), '{}\n')
  const script = [
    // A containerd that runs on the machine lives in other namespaces: hidden, so that the engine starts its own.
    'if [ -d /run/containerd ]; then mount -t tmpfs tmpfs /run/containerd; fi',
    engineScript(engine),
  ].join('\n')
  const unshare = ['unshare', '--mount', '--propagation', 'private', 'bash', '-euc', script]
  const enter = engine.network ? ['nsenter', `--net=/run/netns/${engine.network.namespace}`] : []
  const [program = '', ...args] = [...enter, ...unshare]
  const out = openSync(engine.log, 'a')
  const child = spawn(program, args, {
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

async function stopEngine(engine: Engine): Promise<void> {
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
