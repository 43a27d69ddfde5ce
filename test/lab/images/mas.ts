import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Dialect } from '../../../src/domain/stage.ts'
import { mustDocker } from '../engine/docker.ts'
import type { Engine } from '../engine/ground.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { say } from '../engine/run.ts'
import { buildImages } from './build.ts'
import { masRecipe, upToNode } from './catalogue.ts'
import { type MasArchive, masArchiveOf, masFromArchive } from './mas-archive.ts'
import { pathDigest, type Recipe } from './recipe.ts'
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

type MasSource =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'archive'; readonly archive: MasArchive }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'stand-in' }

/**
 * Where the dialect's MAS comes from: for `mas-cli` an image (`LAB_MAS_IMAGE`) or a release archive (`LAB_MAS_ARCHIVE`),
 * for both a folder with what such an archive holds, else the stand-in.
 */
function sourceOf(dialect: Dialect): MasSource {
  if (dialect === 'mas-cli') {
    const image = process.env.LAB_MAS_IMAGE
    if (image !== undefined) return { kind: 'image', image }
    const archive = masArchiveOf(process.env)
    if (archive !== undefined) return { kind: 'archive', archive }
  }
  const folder = process.env[masOfDialect[dialect].folderVariable]
  return folder === undefined ? { kind: 'stand-in' } : { kind: 'folder', folder }
}

/** Which MAS a lab of this dialect runs, as a text that changes whenever that MAS does. */
export function masIdentity(dialect: Dialect): string {
  const source = sourceOf(dialect)
  switch (source.kind) {
    case 'image':
      return `image ${source.image}`
    case 'archive':
      return `archive ${source.archive.sha256}`
    case 'folder':
      return `folder ${pathDigest(source.folder)}`
    case 'stand-in':
      return `stand-in ${pathDigest(standInSources)}`
  }
}

/** Puts the dialect's MAS on the lab's engine, under the name that the lab's playbook runs. */
export async function provideMas(engine: Engine, dialect: Dialect): Promise<void> {
  const { tag, era } = masOfDialect[dialect]
  const source = sourceOf(dialect)
  if (source.kind === 'image') {
    await pullInto(engine, source.image)
    await mustDocker(engine, ['tag', source.image, `localhost/lab/mas:${tag}`])
    return
  }
  if (source.kind === 'stand-in') {
    say('MAS is the stand-in of test/lab/mas, not the real one')
    await buildMas(engine, masRecipe(tag, await builtStandIn(), era))
    return
  }
  const folder = source.kind === 'archive' ? await masFromArchive(source.archive) : source.folder
  await access(join(folder, 'mas-cli'))
  await buildMas(engine, masRecipe(tag, folder, undefined))
}

/** Its parents are there: the lab's engine started with them. */
function buildMas(engine: Engine, recipe: Recipe): Promise<void> {
  return buildImages(engine, [...upToNode, recipe], () => {
    throw new Error(
      'the engine of the lab does not have its images; remove the lab with: npm run lab -- down --purge',
    )
  })
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
    // By a computed path: the stand-in is bundled with tools that only labs need.
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
