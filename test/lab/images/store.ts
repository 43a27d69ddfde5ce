import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dialect } from '../../../src/domain/stage.ts'
import { copyImage, type DockerHost, hasImage, mustDocker } from '../engine/docker.ts'
import type { Engine, Ground } from '../engine/ground.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir, cacheMark, runDirOf } from '../engine/paths.ts'
import { must, timed } from '../engine/run.ts'
import { markStarted, wasStartedHere } from '../engine/started.ts'
import { buildImages, type DebianMaker } from './build.ts'
import { recipes, type Syn2masFolder, targetFormat } from './catalogue.ts'
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
 * seconds. The small files next to them (the engine's databases, written in place) are copied.
 */
export async function provideImages(
  ground: Ground,
  engineData: string,
  dialect: Dialect | undefined,
): Promise<void> {
  await withBuilder(ground, async engine => {
    await buildImages(engine, recipes(dialect, syn2masTool), debianBy(engine))
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
    await mkdir(engine.runDir, { recursive: true, mode: 0o711 })
    await markStarted(engine.runDir)
    await ground.startEngine(engine)
    try {
      return await work(engine)
    } finally {
      await ground.stopEngine(engine)
    }
  })
}

/** Ends the builder where this command started it and was interrupted. */
export async function endBuilder(ground: Ground): Promise<void> {
  const engine = builder(ground)
  if (await wasStartedHere(engine.runDir)) await ground.stopEngine(engine)
}

/** Changes when one of the images changes, or how the server is created from one. */
export function imagesDigest(dialect: Dialect): string {
  const digests = new Map<string, string>()
  for (const recipe of recipes(dialect)) {
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
rm -rf "$TO" "$TO.partial"
mkdir -p -m 0711 "$TO.partial"
cd "$FROM"
for name in *; do
  case $name in overlay2|containers|tmp|runtimes) ;; *) cp -a "$name" "$TO.partial/$name" ;; esac
done
rsync -aHAX --link-dest="$FROM/overlay2" overlay2/ "$TO.partial/overlay2"
mv "$TO.partial" "$TO"`

/** The Node tool from npm with its packages, installed by the machine's npm. No package's install script runs. */
const syn2masTool: Syn2masFolder = { path: syn2masFolder, install: installSyn2mas }

function syn2masFolder(): string {
  return join(cacheDir(), `syn2mas-${syn2masVersion}`)
}

async function installSyn2mas(): Promise<void> {
  const folder = syn2masFolder()
  const installed = join(folder, 'node_modules', '@vector-im', 'syn2mas', 'dist', 'index.js')
  if (await exists(installed)) return
  await mkdir(folder, { recursive: true })
  const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock']
  const npm = ['npm', 'install', '--prefix', folder, ...options, '--loglevel=error']
  await timed('installing syn2mas from npm', () =>
    must([...npm, `@vector-im/syn2mas@${syn2masVersion}`], { cwd: folder }),
  )
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
