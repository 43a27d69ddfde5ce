import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { copyImage, type DockerHost, hasImage, mustDocker } from '../engine/docker.ts'
import type { Engine, Ground } from '../engine/ground.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir, cacheMark, runDirOf } from '../engine/paths.ts'
import { must, timed } from '../engine/run.ts'
import { buildImages, type DebianMaker } from './build.ts'
import { recipes, targetFormat } from './catalogue.ts'
import { provideDebian } from './debian.ts'
import { type Recipe, recipeDigest } from './recipe.ts'

const syn2masVersion = '0.15.0'

/** The engine that makes images. It stays in the host's network, where the package registries are. */
function builder(ground: Ground): Engine {
  const runDir = runDirOf(`.builder-${cacheMark()}`, join(cacheDir(), 'builder'))
  return {
    ground,
    dataDir: join(cacheDir(), ground.kind === 'own' ? 'engine' : 'engine-found'),
    runDir,
    socket: join(runDir, 'socket', 'docker.sock'),
    pidFile: join(runDir, 'docker.pid'),
    log: join(cacheDir(), 'builder.log'),
  }
}

/**
 * Makes the images that are missing or older than their recipes, then fills the data folder of a lab's engine with
 * them. Layers are hard links to the builder's: an engine never writes to a layer, so this costs no space and two
 * seconds. The small files beside them (databases of the engine, written in place) are true copies.
 */
export async function provideImages(ground: Ground, engineData: string): Promise<void> {
  await withBuilder(ground, async engine => {
    await buildImages(engine, recipes(await syn2masFolder()), debianBy(engine))
    await mustDocker(engine, ['container', 'prune', '--force'])
    await mustDocker(engine, ['image', 'prune', '--force'])
    // Copied with the builder at rest: it writes its databases when it likes.
    await ground.stopEngine(engine)
    const variables = { FROM: engine.dataDir, TO: engineData }
    // Asked as root: the folder of an engine is closed to others.
    const filled = await ground.root('if [ -e "$TO/overlay2" ]; then echo filled; fi', variables)
    if (filled === '') {
      await timed('copying the images', () => ground.root(copyStore, variables))
    }
  })
}

const debianBy =
  (engine: Engine): DebianMaker =>
  (machine, folder) =>
    provideDebian(engine, machine, folder)

/** Puts an image of a registry on a lab's engine, which has no way out itself. */
export async function pullInto(engine: Engine, image: string): Promise<void> {
  if (await hasImage(engine, image)) return
  const { ground } = engine
  const pull = async (from: DockerHost) => {
    await timed(`pulling ${image}`, () => mustDocker(from, ['pull', '--quiet', image]))
    await copyImage(image, from, engine)
  }
  await (ground.puller === undefined ? withBuilder(ground, pull) : pull(ground.puller))
}

/** Puts an image on a lab's engine that only some labs need, made on top of `below` like those that every lab has. */
export async function buildInto(engine: Engine, below: readonly Recipe[], recipe: Recipe): Promise<void> {
  if (await hasImage(engine, recipe.name)) return
  await withBuilder(engine.ground, async from => {
    await buildImages(from, [...below, recipe], debianBy(from))
    await copyImage(recipe.name, from, engine)
  })
}

/** Runs the builder for as long as the work takes; one process at a time. */
function withBuilder<T>(ground: Ground, work: (engine: Engine) => Promise<T>): Promise<T> {
  return withLock(join(cacheDir(), 'locks', 'images'), 'the images', async () => {
    const engine = builder(ground)
    await ground.startEngine(engine)
    try {
      return await work(engine)
    } finally {
      await ground.stopEngine(engine)
    }
  })
}

/** Changes whenever one of the images, or how the target is made of one, would. */
export function imagesDigest(): string {
  const digests = new Map<string, string>()
  for (const recipe of recipes('')) {
    digests.set(
      recipe.name,
      recipeDigest(recipe, recipe.from === undefined ? '' : (digests.get(recipe.from) ?? '')),
    )
  }
  return createHash('sha256')
    .update(JSON.stringify([targetFormat, ...digests]))
    .digest('hex')
    .slice(0, 24)
}

/** rsync and not `cp -al`: it carries the extended attributes of folders, by which overlayfs marks opaque ones. */
const copyStore = `
rm -rf "$TO"
mkdir -p -m 0711 "$TO"
cd "$FROM"
for name in *; do
  case $name in overlay2|containers|tmp|runtimes) ;; *) cp -a "$name" "$TO/$name" ;; esac
done
rsync -aHAX --link-dest="$FROM/overlay2" overlay2/ "$TO/overlay2"`

/** The Node tool from npm with its packages, installed by the machine's npm. No package's install script runs. */
async function syn2masFolder(): Promise<string> {
  const folder = join(cacheDir(), `syn2mas-${syn2masVersion}`)
  const installed = join(folder, 'node_modules', '@vector-im', 'syn2mas', 'dist', 'index.js')
  if (await exists(installed)) return folder
  await mkdir(folder, { recursive: true })
  await timed('syn2mas from npm', () =>
    must(
      [
        ...[
          'npm',
          'install',
          '--prefix',
          folder,
          '--ignore-scripts',
          '--omit=dev',
          '--no-audit',
          '--no-fund',
        ],
        ...['--no-package-lock', '--loglevel=error', `@vector-im/syn2mas@${syn2masVersion}`],
      ],
      { cwd: folder },
    ),
  )
  return folder
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
