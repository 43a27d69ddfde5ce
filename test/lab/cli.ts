import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { docker } from './engine/dockerd.ts'
import { labNames, readState } from './engine/state.ts'
import { rootInTarget, targetName } from './target/target.ts'
import { findWorld, type World, worldDown, worldPurge, worldUp } from './world.ts'

const usage = `npm run lab -- COMMAND [OPTIONS]    (the lab's name: LAB_NAME, "default" where not set)

  up --bare          network, engine and server, with nothing of Matrix installed
  down [--purge]     ends it; what is on its disk stays, unless --purge
  status             every lab: its address, whether it runs, what runs on it
  shell              a root shell on the server`

const name = process.env['LAB_NAME'] ?? 'default'

async function running(): Promise<World> {
  const world = await findWorld(name)
  if (!world?.running) throw new Error(`the lab "${name}" does not run; start it with: npm run lab up`)
  return world
}

async function up(): Promise<void> {
  const world = await worldUp(name)
  console.log(howToReach(world))
}

function howToReach(world: World): string {
  const { paths, network } = world
  return [
    `ssh -i ${paths.sshKey} -o UserKnownHostsFile=${paths.knownHosts} root@${network.labAddress}`,
    `docker -H unix://${world.engine.socket} ps`,
  ].join('\n')
}

async function down(purge: boolean): Promise<void> {
  const world = await findWorld(name)
  if (world === undefined) return console.log(`there is no lab "${name}"`)
  await (purge ? worldPurge(world) : worldDown(world))
}

async function status(): Promise<void> {
  for (const each of await labNames()) {
    const world = await findWorld(each)
    if (world === undefined) continue
    const state = await readState(world.paths)
    const shape = state?.shape ? `${state.shape.dialect}, ${state.shape.users} users` : 'bare'
    console.log(`${each}: ${world.network.labAddress}, ${world.running ? 'running' : 'stopped'}, ${shape}`)
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
    options: { bare: { type: 'boolean' }, purge: { type: 'boolean' } },
  })
  switch (positionals[0]) {
    case 'up':
      await up()
      return 0
    case 'down':
      await down(values.purge === true)
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

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
