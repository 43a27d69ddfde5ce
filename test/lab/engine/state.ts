import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import type { GroundKind } from './ground.ts'
import { withLock } from './lock.ts'
import { addressIsTaken } from './network.ts'
import { cacheDir, type LabPaths, labPaths } from './paths.ts'

/** What a lab is made for: asked for again, it is reused; anything else is made anew. */
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

/** This lab's number, which decides its addresses: the lowest free one, kept from then on. So is the ground. */
export function claimNumber(paths: LabPaths, ground: GroundKind): Promise<LabState> {
  return withLock(join(cacheDir(), 'locks', 'numbers'), "the labs' numbers", async () => {
    const own = await readState(paths)
    if (own !== undefined) return own
    const others = await Promise.all((await labNames()).map(name => readState(labPaths(name))))
    const taken = new Set(others.map(state => state?.number))
    let number = 1
    while (taken.has(number) || addressIsTaken(number)) number++
    const state = { number, ground }
    await writeState(paths, state)
    return state
  })
}
