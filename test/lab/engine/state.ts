import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import type { Ground, GroundKind } from './ground.ts'
import { withLock } from './lock.ts'
import { AddressTaken, labNetwork } from './network.ts'
import { cacheDir, type LabPaths, labPaths } from './paths.ts'

/** What a lab was created for. A lab of the same shape is reused; any other is created again. */
export interface LabShape {
  readonly dialect: Dialect
  readonly users: number
  readonly seed: number
  readonly extraVars: string
  /** What it was made from; digests, or names of what this repository does not hold. */
  readonly images: string
  readonly playbook: string
  readonly data: string
  readonly mas: string
}

export interface LabState {
  readonly number: number
  /** What it stands on; `own` where left out. */
  readonly ground?: GroundKind
  /** Left out for a lab whose server has only been started, with nothing installed. */
  readonly shape?: LabShape
}

export async function readState(paths: LabPaths): Promise<LabState | undefined> {
  const text = await readFile(paths.stateFile, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as LabState)
}

export async function writeState(paths: LabPaths, state: LabState): Promise<void> {
  await mkdir(paths.home, { recursive: true })
  await writeFile(`${paths.stateFile}.new`, `${JSON.stringify(state, null, 2)}\n`)
  await rename(`${paths.stateFile}.new`, paths.stateFile)
}

export async function labNames(): Promise<string[]> {
  const names = await readdir(join(cacheDir(), 'labs')).catch((): string[] => [])
  return names.sort()
}

/**
 * Chooses the lab's number, which decides its addresses, and brings its network up at once: no other lab can take it while
 * the images are built. The lab keeps its number while that is free; with another one it is created again.
 */
export function claimNetwork(paths: LabPaths, ground: Ground): Promise<LabState> {
  return withLock(join(cacheDir(), 'locks', 'numbers'), "the labs' numbers", async () => {
    const own = await readState(paths)
    const others = (await labNames()).filter(name => name !== paths.name)
    const states = await Promise.all(others.map(name => readState(labPaths(name))))
    const taken = new Set(states.map(state => state?.number))
    const free = Array.from({ length: 250 }, (_, index) => index + 1).filter(number => !taken.has(number))
    for (const number of own ? [own.number, ...free] : free) {
      if (!(await takes(ground, paths.name, number))) continue
      const state = own?.number === number ? own : { number, ground: ground.kind }
      await writeState(paths, state)
      return state
    }
    throw new Error(
      'All 250 networks of labs (10.77.1.0 to 10.77.250.0) are in use. End a lab: npm run lab -- down',
    )
  })
}

async function takes(ground: Ground, name: string, number: number): Promise<boolean> {
  try {
    await ground.networkUp(labNetwork(name, number))
    return true
  } catch (error) {
    if (error instanceof AddressTaken) return false
    throw error
  }
}
