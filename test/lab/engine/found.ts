import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { provideEngineImage } from '../images/engine-image.ts'
import { docker, engineAnswers, mustDocker } from './docker.ts'
import { type Engine, engineScript, type Ground, noConfiguration } from './ground.ts'
import { AddressTaken, addressIsTaken, type LabNetwork } from './network.ts'
import { cacheDir, cacheMark } from './paths.ts'
import { waitUntil } from './run.ts'

/** The found engine: whichever the docker client's own settings name. */
const there = {}

/** Marks what the lab makes on the found engine, with the cache it belongs to: only that is ever removed. */
const label = 'matrix-auth-lab.cache'

/** A Docker engine that was there: each engine of ours is a dockerd in a container on it. */
export const foundGround: Ground = {
  kind: 'found',
  words: 'a container on the existing Docker engine',
  networkUp,
  networkDown,
  engineIsUp: engine => engineAnswers(engine),
  startEngine,
  stopEngine,
  root: async (script, variables) => {
    const image = await provideEngineImage(there)
    const names = Object.keys(variables).map(name => `--env=${name}`)
    const words = [
      'run',
      '--rm',
      '--interactive',
      '--network=none',
      ...rights,
      ...folders([cacheDir()]),
      ...names,
    ]
    return mustDocker(there, [...words, image, 'bash', '-euo', 'pipefail', '-s'], {
      input: script,
      env: { ...process.env, ...variables },
    })
  },
  puller: there,
}

/** What a dockerd in a container needs. Not `--privileged`: some engines lack a capability themselves and refuse it. */
const rights = [
  ...[
    '--cap-add=SYS_ADMIN',
    '--cap-add=NET_ADMIN',
    '--cap-add=SYS_PTRACE',
    '--userns=host',
    '--cgroupns=host',
  ],
  ...['seccomp=unconfined', 'apparmor=unconfined', 'systempaths=unconfined', 'label=disable'].map(
    option => `--security-opt=${option}`,
  ),
]

const folders = (paths: readonly string[]) => paths.map(path => `--mount=type=bind,src=${path},dst=${path}`)

/** Where the engine is that this user may use, or what is lacking. */
export async function findEngine(): Promise<{ readonly name: string } | { readonly lacking: string }> {
  const asked = await docker(there, ['info', '--format', '{{json .SecurityOptions}}']).catch(() => undefined)
  if (asked === undefined) {
    return { lacking: "the docker client (Debian's package docker.io), and an engine that it can reach." }
  }
  const context = await docker(there, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'])
  const name = context.stdout.trim() || 'its default address'
  if (asked.code !== 0) {
    const said = asked.stderr.trim().split('\n').at(-1) ?? ''
    return {
      lacking:
        `one that this user may use. \`docker info\` at ${name} says: ${said}\n` +
        '  Start it, join its group (usually "docker"), or name another with DOCKER_HOST.',
    }
  }
  if (/rootless/.test(asked.stdout)) {
    return {
      lacking: `one that runs as root: that at ${name} is rootless, and cannot run another one inside.`,
    }
  }
  return { name }
}

let sameMachine: Promise<void> | undefined

/**
 * Proves that the engine is on this machine and sees the cache, by files on both sides: the lab's addresses and folders
 * are of no use otherwise (an engine elsewhere, or in a virtual machine).
 */
async function proveSameMachine(): Promise<void> {
  const marker = `${cacheDir()}/.seen-by-the-engine`
  await writeFile(marker, '')
  const bootId = '/proc/sys/kernel/random/boot_id'
  const seen = await foundGround.root(`cat ${bootId}; test -e "$MARKER" && echo seen || true`, {
    MARKER: marker,
  })
  const [kernel, files] = seen.split('\n')
  if (kernel !== (await readFile(bootId, 'utf8')).trim()) {
    throw new Error(
      'The Docker engine runs on another machine, or in a virtual one: its containers cannot be reached from here.',
    )
  }
  if (files !== 'seen') {
    throw new Error(`The Docker engine does not see the folder ${cacheDir()} (LAB_CACHE) of this machine.`)
  }
}

/** The name of a container or network of ours on the found engine. */
const nameOf = (name: string) => `matrix-auth-${name}-${cacheMark()}`
const builderName = 'image-builder'
const containerOf = (engine: Engine) => nameOf(engine.network?.namespace ?? builderName)

async function isOurs(kind: 'container' | 'network', name: string): Promise<boolean> {
  const format = kind === 'container' ? `{{index .Config.Labels "${label}"}}` : `{{index .Labels "${label}"}}`
  const asked = await docker(there, [kind, 'inspect', '--format', format, name])
  return asked.code === 0 && asked.stdout.trim() === cacheDir()
}

/** A network without a way out; the machine itself reaches the lab by it. */
async function networkUp(network: LabNetwork): Promise<void> {
  const name = nameOf(network.namespace)
  if (await isOurs('network', name)) return
  if (addressIsTaken(network.number)) throw new AddressTaken(network)
  const created = await docker(there, [
    ...['network', 'create', '--internal', `--label=${label}=${cacheDir()}`],
    ...[`--subnet=10.77.${network.number}.0/30`, `--gateway=${network.hostAddress}`, name],
  ])
  if (/overlaps/.test(created.stderr)) throw new AddressTaken(network)
  if (created.code !== 0) throw new Error(`docker network create failed: ${created.stderr.trim()}`)
}

async function networkDown(network: LabNetwork): Promise<void> {
  const name = nameOf(network.namespace)
  if (await isOurs('network', name)) await docker(there, ['network', 'rm', name])
}

async function startEngine(engine: Engine): Promise<void> {
  if (await engineAnswers(engine)) return
  const image = await provideEngineImage(there)
  sameMachine ??= proveSameMachine()
  await sameMachine
  const container = containerOf(engine)
  if (await isOurs('container', container)) await mustDocker(there, ['rm', '--force', container])
  for (const folder of [engine.dataDir, engine.runDir, dirname(engine.socket), dirname(engine.log)]) {
    await mkdir(folder, { recursive: true, mode: 0o711 })
  }
  await writeFile(noConfiguration(engine), '{}\n')
  const script = [
    // An internal network has a default route all the same, which only rules of iptables make useless.
    ...(engine.network ? ['ip route delete default 2>/dev/null || true'] : []),
    `exec >>'${engine.log}' 2>&1`,
    `rm -rf '${engine.pidFile}' '${engine.runDir}/exec'`,
    // The socket is for the group of the user whose lab it is.
    engineScript(engine, [`--group=${process.getgid?.() ?? 0}`]),
  ].join('\n')
  const network = engine.network
    ? [`--network=${nameOf(engine.network.namespace)}`, `--ip=${engine.network.labAddress}`]
    : ['--network=host']
  await mustDocker(there, [
    ...['run', '--detach', `--name=${container}`, `--label=${label}=${cacheDir()}`, ...network, ...rights],
    ...['--volume=/sys/fs/cgroup:/sys/fs/cgroup:rw', ...folders([cacheDir(), engine.runDir])],
    ...[image, 'tini', '--', 'bash', '-euc', script],
  ])
  await waitUntil('the container engine to answer', 60, async () => {
    const state = await docker(there, ['inspect', '--format', '{{.State.Running}}', container])
    if (state.stdout.trim() !== 'true') {
      const log = await readFile(engine.log, 'utf8').catch(() => '')
      throw new Error(`dockerd ended at once; the end of ${engine.log}:\n${log.slice(-3000)}`)
    }
    return engineAnswers(engine)
  })
}

async function stopEngine(engine: Engine): Promise<void> {
  const container = containerOf(engine)
  if (!(await isOurs('container', container))) return
  const running = await docker(engine, ['ps', '--quiet'])
  const ids = running.stdout.split('\n').filter(Boolean)
  if (ids.length > 0) await docker(engine, ['kill', ...ids])
  await docker(there, ['stop', '--time=15', container])
  await mustDocker(there, ['rm', '--force', '--volumes', container])
}
