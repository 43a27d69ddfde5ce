import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findEngine, foundGround } from './found.ts'
import type { Ground, GroundKind } from './ground.ts'
import { ownGround } from './own.ts'
import { cacheDir, type LabPaths } from './paths.ts'
import { ensurePrograms, lackingForOwn } from './prerequisites.ts'
import { readState } from './state.ts'

export const groundOfKind = (kind: GroundKind): Ground => (kind === 'own' ? ownGround : foundGround)

/**
 * What the lab stands on, with everything there that it needs. A lab keeps what it was made on. A new one takes
 * `LAB_ENGINE` (`own` or `found`), else its own engine if that is possible, else an existing one.
 * Throws an error that lists what the machine lacks and what to do about it.
 */
export async function groundFor(paths: LabPaths): Promise<Ground> {
  const state = await readState(paths)
  const wanted = wantedKind()
  const kept = state && (state.ground ?? 'own')
  if (kept && wanted && kept !== wanted) {
    throw new Error(
      `The lab "${paths.name}" was created with LAB_ENGINE=${kept}. Remove it first (npm run lab -- down --purge), or set another LAB_NAME.`,
    )
  }
  const kind = kept ?? wanted ?? (await bestKind())
  await ensurePrograms(kind)
  if (kind === 'found') {
    const found = await findEngine()
    if ('lacking' in found) throw new Error(found.lacking)
  }
  await claimRunDir(paths)
  return groundOfKind(kind)
}

function wantedKind(): GroundKind | undefined {
  const wanted = process.env.LAB_ENGINE
  if (wanted === undefined || wanted === 'own' || wanted === 'found') return wanted
  throw new Error(`LAB_ENGINE must be "own" or "found", not ${JSON.stringify(wanted)}`)
}

/** What a new lab would stand on. */
export const bestGround = async (): Promise<Ground> => groundOfKind(wantedKind() ?? (await bestKind()))

async function bestKind(): Promise<GroundKind> {
  const lacking = await lackingForOwn()
  if (lacking === undefined) return 'own'
  const found = await findEngine()
  if (!('lacking' in found)) return 'found'
  throw new Error(
    `The lab needs its own engine or an existing Docker engine.\n\nIts own engine needs ${lacking}\n\nAn existing Docker engine needs ${found.lacking}`,
  )
}

/** Root's labs of different caches meet in one folder of the machine, and in names of network namespaces. */
async function claimRunDir(paths: LabPaths): Promise<void> {
  const claim = join(paths.runDir, 'cache')
  const owner = await readFile(claim, 'utf8').catch(() => undefined)
  if (owner !== undefined && owner !== cacheDir()) {
    throw new Error(
      `A lab "${paths.name}" of LAB_CACHE=${owner} runs on this machine: end that one, or set another LAB_NAME.`,
    )
  }
  await mkdir(paths.runDir, { recursive: true, mode: 0o711 })
  await writeFile(claim, cacheDir())
}
