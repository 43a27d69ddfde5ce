import { chmod, mkdir, rm } from 'node:fs/promises'
import { type Engine, engineIsUp, startEngine, stopEngine } from './engine/dockerd.ts'
import { type LabNetwork, labNetwork, networkDown, networkUp } from './engine/network.ts'
import { type LabPaths, labPaths, stagesDir } from './engine/paths.ts'
import { ensurePrerequisites } from './engine/prerequisites.ts'
import { timed } from './engine/run.ts'
import { claimNumber, readState } from './engine/state.ts'
import { provideImages } from './images/store.ts'
import { startTarget } from './target/target.ts'

/** A lab's network, engine and server, without anything of Matrix on it. */
export interface World {
  readonly paths: LabPaths
  readonly network: LabNetwork
  readonly engine: Engine
}

function worldOf(paths: LabPaths, number: number): World {
  const network = labNetwork(paths.name, number)
  const engine: Engine = {
    dataDir: paths.engineData,
    runDir: paths.runDir,
    socket: paths.socket,
    pidFile: paths.pidFile,
    log: paths.log,
    namespace: network.namespace,
    mounts: { '/matrix': paths.matrix, '/tmp': paths.tmp },
  }
  return { paths, network, engine }
}

/** Brings up network, engine and target; what runs already is left as it is. */
export async function worldUp(name: string): Promise<World> {
  await ensurePrerequisites()
  const paths = labPaths(name)
  const { number } = await claimNumber(paths)
  const world = worldOf(paths, number)
  for (const folder of [paths.home, paths.matrix, paths.newSnapshots, stagesDir()])
    await mkdir(folder, { recursive: true })
  await mkdir(paths.tmp, { recursive: true })
  await chmod(paths.tmp, 0o1777)
  if (!(await engineIsUp(world.engine))) {
    await provideImages(paths.engineData)
    await networkUp(world.network)
    await timed('container engine', () => startEngine(world.engine))
  }
  await timed('target', () => startTarget(world.engine, paths, world.network.labAddress))
  return world
}

/** The lab as it is, running or not; undefined where there is none of this name. */
export async function findWorld(name: string): Promise<(World & { readonly running: boolean }) | undefined> {
  const paths = labPaths(name)
  const state = await readState(paths)
  if (state === undefined) return undefined
  const world = worldOf(paths, state.number)
  return { ...world, running: await engineIsUp(world.engine) }
}

/**
 * Ends the lab's engine, containers and network. What is on its disk stays, for the next start. So does the empty
 * folder /matrix on the host: removing a mount point unmounts what other labs have on it in their namespaces.
 */
export async function worldDown(world: World): Promise<void> {
  await stopEngine(world.engine)
  await networkDown(world.network)
  await rm(world.paths.runDir, { recursive: true, force: true })
}

/** Removes everything of a lab that is not running. Images and venvs, shared by all labs, stay. */
export async function worldPurge(world: World): Promise<void> {
  await worldDown(world)
  await rm(world.paths.home, { recursive: true, force: true })
}
