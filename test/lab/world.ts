import { chmod, mkdir } from 'node:fs/promises'
import type { Dialect } from '../../src/domain/stage.ts'
import { groundFor, groundOfKind } from './engine/choice.ts'
import type { Engine, Ground } from './engine/ground.ts'
import { type LabNetwork, labNetwork } from './engine/network.ts'
import { type LabPaths, labPaths, stagesDir } from './engine/paths.ts'
import { timed } from './engine/run.ts'
import { markStarted } from './engine/started.ts'
import { claimNetwork, readState } from './engine/state.ts'
import { removeTree } from './engine/trees.ts'
import { provideImages } from './images/store.ts'
import { startTarget } from './target/target.ts'

/** A lab's network, engine and server, without anything of Matrix on it. */
export interface World {
  readonly paths: LabPaths
  readonly network: LabNetwork
  readonly engine: Engine
}

function worldOf(paths: LabPaths, ground: Ground, number: number): World {
  const network = labNetwork(paths.name, number)
  const engine: Engine = {
    ground,
    dataDir: paths.engineData,
    runDir: paths.runDir,
    socket: paths.socket,
    pidFile: paths.pidFile,
    log: paths.log,
    network,
    mounts: { '/matrix': paths.matrix, '/tmp': paths.tmp },
  }
  return { paths, network, engine }
}

/**
 * Brings up network, engine and target; what runs already is left as it is.
 * @param dialect Whose images the engine gets besides those of every lab; none for a bare lab.
 */
export async function worldUp(name: string, dialect?: Dialect): Promise<World> {
  const paths = labPaths(name)
  const ground = await groundFor(paths)
  const { number } = await claimNetwork(paths, ground)
  const world = worldOf(paths, ground, number)
  for (const folder of [paths.home, paths.matrix, paths.newSnapshots, paths.front, stagesDir()])
    await mkdir(folder, { recursive: true })
  // Once only: the server's systemd makes it root's.
  if ((await mkdir(paths.tmp, { recursive: true })) !== undefined) await chmod(paths.tmp, 0o1777)
  if (!(await ground.engineIsUp(world.engine))) {
    await markStarted(paths.runDir)
    await provideImages(ground, paths.engineData, dialect)
    await timed('starting the container engine', () => ground.startEngine(world.engine))
  }
  await timed('starting the server', () => startTarget(world.engine, paths, world.network.labAddress))
  return world
}

/** The lab as it is, running or not; undefined where there is none of this name. */
export async function findWorld(name: string): Promise<(World & { readonly running: boolean }) | undefined> {
  const paths = labPaths(name)
  const state = await readState(paths)
  if (state === undefined) return undefined
  const ground = groundOfKind(state.ground ?? 'own')
  const world = worldOf(paths, ground, state.number)
  return { ...world, running: await ground.engineIsUp(world.engine) }
}

/**
 * Ends the lab's engine, containers and network. What is on its disk stays, for the next start. So does the empty
 * folder /matrix on the host: removing a mount point unmounts what other labs have on it in their namespaces.
 */
export async function worldDown({ engine, network, paths }: World): Promise<void> {
  await engine.ground.stopEngine(engine)
  await engine.ground.networkDown(network)
  await removeTree(engine.ground, paths.runDir)
}

/** Removes everything of a lab that is not running. Images and venvs, shared by all labs, stay. */
export async function worldPurge(world: World): Promise<void> {
  await worldDown(world)
  await removeTree(world.engine.ground, world.paths.home)
}
