import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInterrupted, onInterrupt } from '../../scripts/signals.ts'
import { actualStages, type Dialect, dialects } from '../../src/domain/stage.ts'
import { endStarted } from './end.ts'
import { bestGround } from './engine/choice.ts'
import { docker } from './engine/docker.ts'
import { cacheDir } from './engine/paths.ts'
import { run } from './engine/run.ts'
import { labNames, readState } from './engine/state.ts'
import { removeTree } from './engine/trees.ts'
import { labRunning, labUp } from './lab.ts'
import { rootInTarget, targetName } from './target/target.ts'
import { findWorld, type World, worldDown, worldPurge, worldUp } from './world.ts'

const usage = `npm run lab -- COMMAND [OPTIONS]    (the lab's name: LAB_NAME, "default" where not set)

  up [--dialect mas-cli|syn2mas-tool] [--users N] [--seed N]
                     a homeserver with data, with MAS installed next to Synapse
  up --bare          only network, engine and server, without anything of Matrix
  seed [--users N] [--seed N]
                     the same homeserver with other data: created again
  reset STAGE        puts server and inventory into a stage: ${actualStages.join(', ')}
  status             every lab: its address, whether it runs, what runs on it
  shell              a root shell on the server
  down [--purge]     ends it; its disk stays for the next start, unless --purge
  clean              ends every lab and removes the cache, with all images and tools`

const name = process.env.LAB_NAME ?? 'default'

interface Options {
  readonly bare?: boolean
  readonly purge?: boolean
  readonly dialect?: string
  readonly users?: string
  readonly seed?: string
}

async function up(options: Options): Promise<void> {
  const preflight = await run([join(import.meta.dirname, '../../scripts/preflight')])
  if (preflight.code !== 0) throw new Error(preflight.stderr.trim())
  if (options.bare === true) {
    await worldUp(name)
  } else {
    const standing = await findWorld(name)
    const shape = standing && (await readState(standing.paths))?.shape
    const dialect = dialectNamed(options.dialect ?? shape?.dialect ?? 'mas-cli')
    const users = wholeNumber('--users', options.users) ?? shape?.users ?? 1000
    const seed = wholeNumber('--seed', options.seed) ?? shape?.seed ?? 1
    await labUp({ name, dialect, users, seed })
  }
  const world = await running()
  console.log(howToReach(world))
}

function dialectNamed(text: string): Dialect {
  const found = dialects.find(dialect => dialect === text)
  if (found === undefined)
    throw new Error(`--dialect is one of ${dialects.join(', ')}, not ${JSON.stringify(text)}`)
  return found
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} is a whole number, not ${JSON.stringify(text)}`)
  return Number(text)
}

async function running(): Promise<World> {
  const world = await findWorld(name)
  if (!world?.running) throw new Error(`the lab "${name}" is not running; start it with: npm run lab -- up`)
  return world
}

function howToReach(world: World): string {
  const { paths, network } = world
  return [
    `Synapse: http://${network.labAddress}:8008   MAS: http://${network.labAddress}:8008/auth/`,
    `ssh -i ${paths.sshKey} -o UserKnownHostsFile=${paths.knownHosts} root@${network.labAddress}`,
    `docker -H unix://${world.engine.socket} ps`,
    `inventory: ${paths.inventory}`,
  ].join('\n')
}

async function reset(stage: string | undefined): Promise<void> {
  const wanted = actualStages.find(each => each === stage)
  if (wanted === undefined) throw new Error(`a stage is one of ${actualStages.join(', ')}`)
  const lab = await labRunning(name)
  await lab.reset(wanted)
}

async function down(purge: boolean): Promise<void> {
  const world = await findWorld(name)
  if (world === undefined) return console.log(`there is no lab "${name}"`)
  await (purge ? worldPurge(world) : worldDown(world))
}

async function clean(): Promise<void> {
  for (const each of await labNames()) {
    const world = await findWorld(each)
    if (world !== undefined) await worldPurge(world)
  }
  await removeTree(await bestGround(), cacheDir())
  console.log(`removed ${cacheDir()}`)
}

async function status(): Promise<void> {
  for (const each of await labNames()) {
    const world = await findWorld(each)
    if (world === undefined) continue
    const state = await readState(world.paths)
    const shape = state?.shape ? `${state.shape.dialect}, ${state.shape.users} users` : 'bare'
    const running = world.running ? 'running' : 'stopped'
    console.log(`${each}: ${world.network.labAddress}, ${running}, ${shape}, ${world.engine.ground.words}`)
    if (!world.running) continue
    const units = await rootInTarget(
      world.engine,
      "systemctl is-system-running; systemctl list-units --plain --no-legend 'matrix-*' | awk '{print $1, $3, $4}'",
    )
    const containers = await docker(world.engine, ['ps', '--format', '{{.Names}} {{.Status}}'])
    console.log(`${units.stdout}${containers.stdout}`.replaceAll(/^(?=.)/gm, '  '))
  }
}

async function shell(): Promise<number> {
  const { engine } = await running()
  const terminal = process.stdin.isTTY ? ['--tty'] : []
  const child = spawn(
    'docker',
    ['-H', `unix://${engine.socket}`, 'exec', '--interactive', ...terminal, targetName, 'bash', '-l'],
    { stdio: 'inherit' },
  )
  return new Promise(resolve => child.on('close', code => resolve(code ?? 1)))
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      bare: { type: 'boolean' },
      purge: { type: 'boolean' },
      dialect: { type: 'string' },
      users: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  switch (positionals[0]) {
    case 'up':
    case 'seed':
      await up(values)
      return 0
    case 'reset':
      await reset(positionals[1])
      return 0
    case 'down':
      await down(values.purge === true)
      return 0
    case 'clean':
      await clean()
      return 0
    case 'status':
      await status()
      return 0
    case 'shell':
      return shell()
    default:
      console.error(usage)
      return 2
  }
}

onInterrupt(endStarted)
try {
  process.exitCode = await main()
} catch (error) {
  if (!isInterrupted()) console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
