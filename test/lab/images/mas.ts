import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Dialect } from '../../../src/domain/stage.ts'
import { type Engine, mustDocker } from '../engine/dockerd.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { say } from '../engine/run.ts'
import { buildImages } from './build.ts'
import { masRecipe, upToNode } from './catalogue.ts'
import { pathDigest } from './recipe.ts'
import { pullInto } from './store.ts'

interface MasOfDialect {
  /** The tag that the lab's playbook runs. */
  readonly tag: string
  readonly era: string
  /** The variable that may name a folder with the real one. */
  readonly folderVariable: string
}

const masOfDialect: Readonly<Record<Dialect, MasOfDialect>> = {
  'mas-cli': { tag: '1.22.0', era: '1.22', folderVariable: 'LAB_MAS_DIR' },
  'syn2mas-tool': { tag: '0.13.0', era: '0.13', folderVariable: 'LAB_MAS_DIR_0_13' },
}

const standInFolder = join(import.meta.dirname, '..', 'mas')
/** What the program is made of: its tests and fixtures beside it make no other image. */
const standInSources = join(standInFolder, 'standin')
const standInBuilder = join(standInFolder, 'build.ts')

/**
 * Which MAS a lab of this dialect runs, as a text that changes whenever that MAS does: an image (`LAB_MAS_IMAGE`, for
 * `mas-cli`), a folder as upstream's release archives hold it, or the stand-in.
 */
export function masIdentity(dialect: Dialect): string {
  const image = realImage(dialect)
  if (image !== undefined) return `image ${image}`
  const folder = process.env[masOfDialect[dialect].folderVariable]
  return folder === undefined ? `stand-in ${pathDigest(standInSources)}` : `folder ${pathDigest(folder)}`
}

function realImage(dialect: Dialect): string | undefined {
  return dialect === 'mas-cli' ? process.env.LAB_MAS_IMAGE : undefined
}

/** Puts the dialect's MAS on the lab's engine, under the name that the lab's playbook runs. */
export async function provideMas(engine: Engine, dialect: Dialect): Promise<void> {
  const { tag, era, folderVariable } = masOfDialect[dialect]
  const image = realImage(dialect)
  if (image !== undefined) {
    await pullInto(engine, image)
    await mustDocker(engine, ['tag', image, `localhost/lab/mas:${tag}`])
    return
  }
  const real = process.env[folderVariable]
  if (real !== undefined) {
    await access(join(real, 'mas-cli'))
    await buildImages(engine, [...upToNode(), masRecipe(tag, real, undefined)])
    return
  }
  say('MAS is the stand-in of test/lab/mas')
  const folder = await builtStandIn()
  await buildImages(engine, [...upToNode(), masRecipe(tag, folder, era)])
}

/** Builds the stand-in once for each state of its sources. */
async function builtStandIn(): Promise<string> {
  const folder = join(cacheDir(), 'mas-stand-in', pathDigest(standInSources).slice(0, 24))
  await withLock(join(cacheDir(), 'locks', 'mas-stand-in'), 'the MAS stand-in', async () => {
    const ready = await access(join(folder, 'mas-cli')).then(
      () => true,
      () => false,
    )
    if (ready) return
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    // By a computed path: the stand-in bundles itself with tools that only labs need.
    const module: unknown = await import(pathToFileURL(standInBuilder).href)
    if (!hasBuilder(module)) throw new Error(`${standInBuilder} exports no buildStandIn`)
    await module.buildStandIn(folder)
  })
  return folder
}

function hasBuilder(module: unknown): module is { buildStandIn(outDir: string): Promise<void> } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'buildStandIn' in module &&
    typeof module.buildStandIn === 'function'
  )
}
