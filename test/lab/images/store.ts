import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { docker, type Engine, mustDocker, startEngine, stopEngine } from '../engine/dockerd.ts'
import { withLock } from '../engine/lock.ts'
import { cacheDir } from '../engine/paths.ts'
import { bash, must, timed } from '../engine/run.ts'
import { buildImages } from './build.ts'
import { recipes, targetFormat } from './catalogue.ts'
import { recipeDigest } from './recipe.ts'

const syn2masVersion = '0.15.0'

/** The engine that makes images. It stays in the host's network, where the package registries are. */
function builder(): Engine {
  const runDir = '/run/matrix-auth-lab/.builder'
  return {
    dataDir: join(cacheDir(), 'engine'),
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
export async function provideImages(engineData: string): Promise<void> {
  await withBuilder(async engine => {
    await buildImages(engine, recipes(await syn2masFolder()))
    await mustDocker(engine, ['container', 'prune', '--force'])
    await mustDocker(engine, ['image', 'prune', '--force'])
    // Copied with the builder at rest: it writes its databases when it likes.
    await stopEngine(engine)
    if (!(await exists(join(engineData, 'overlay2')))) {
      await timed('copying the images', () => copyStore(engine.dataDir, engineData))
    }
  })
}

/** Puts an image of a registry on a lab's engine, which has no way out itself: the builder pulls it. */
export async function pullInto(engine: Engine, image: string): Promise<void> {
  if ((await docker(engine, ['image', 'inspect', image])).code === 0) return
  await withBuilder(async from => {
    await timed(`pulling ${image}`, () => mustDocker(from, ['pull', '--quiet', image]))
    await bash('docker -H "$FROM" save "$IMAGE" | docker -H "$TO" load', {
      env: {
        ...process.env,
        IMAGE: image,
        FROM: `unix://${from.socket}`,
        TO: `unix://${engine.socket}`,
      },
    })
  })
}

/** Runs the builder for as long as the work takes; one process at a time. */
function withBuilder<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  return withLock(join(cacheDir(), 'locks', 'images'), 'the images', async () => {
    const engine = builder()
    await startEngine(engine)
    try {
      return await work(engine)
    } finally {
      await stopEngine(engine)
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

async function copyStore(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true, mode: 0o711 })
  for (const name of await readdir(from)) {
    if (name === 'overlay2' || name === 'containers' || name === 'tmp' || name === 'runtimes') continue
    await must(['cp', '-a', join(from, name), join(to, name)])
  }
  // rsync and not `cp -al`: it carries the extended attributes of folders, by which overlayfs marks opaque ones.
  await bash('cd "$FROM" && rsync -aHAX --link-dest="$FROM" ./ "$TO"', {
    env: { ...process.env, FROM: join(from, 'overlay2'), TO: join(to, 'overlay2') },
  })
}

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
