import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DockerHost, docker, mustDocker, shellQuoted } from '../engine/docker.ts'
import { cacheDir } from '../engine/paths.ts'
import { timed } from '../engine/run.ts'
import { type MachineSetup, machineSetup } from './machine.ts'
import { imagesDir, type Recipe, recipeDigest } from './recipe.ts'

const label = 'lab.recipe'

/** Gives the name of an image on the engine with the files of Debian 12. `folder`: for what is in the way. */
export type DebianMaker = (machine: MachineSetup, folder: string) => Promise<string>

/** How many images are built at a time: each downloads first and then keeps a core busy. */
const atOnce = 3

/**
 * Builds the images that the engine does not have yet, or has from an older recipe; several at a time, parents before
 * their children. The files that their scripts see are copied into the cache, the only folder every engine can see.
 */
export async function buildImages(
  engine: DockerHost,
  recipes: readonly Recipe[],
  debian: DebianMaker,
): Promise<void> {
  await mkdir(cacheDir(), { recursive: true })
  const folder = await mkdtemp(join(cacheDir(), 'build-'))
  const machine = once(() => machineSetup(folder))
  const debianOnce = once(async () => debian(await machine(), folder))
  const slot = slots(atOnce)
  const digests = new Map<string, Promise<string>>()

  async function provide(recipe: Recipe): Promise<string> {
    const parentDigest = recipe.from === undefined ? '' : await digests.get(recipe.from)
    await recipe.prepare?.()
    const digest = recipeDigest(recipe, parentDigest ?? '')
    if ((await imageDigest(engine, recipe.name)) === digest) return digest
    const kept = keptName(digest)
    if ((await docker(engine, ['tag', kept, recipe.name])).code === 0) return digest
    const parent = recipe.from ?? (await debianOnce())
    const setup = await machine()
    await slot(() =>
      timed(`building the image ${recipe.name}`, () =>
        buildImage({ engine, recipe, digest, parent, machine: setup, folder }),
      ),
    )
    await mustDocker(engine, ['tag', recipe.name, kept])
    return digest
  }

  try {
    for (const recipe of recipes) digests.set(recipe.name, provide(recipe))
    await allDone([...digests.values()])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Waits for all, so that none works on a folder that is gone; then throws the first error. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(works)
  await Promise.all(works)
}

/** Runs at most so many works at a time. */
function slots(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count
  const waiting: (() => void)[] = []
  return async work => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

/** A second name, by which an image is found again when its first one has gone to another recipe meanwhile. */
const keptName = (digest: string) => `localhost/lab/by-recipe:${digest}`

async function imageDigest(engine: DockerHost, name: string): Promise<string | undefined> {
  const asked = await docker(engine, [
    'image',
    'inspect',
    '--format',
    `{{index .Config.Labels "${label}"}}`,
    name,
  ])
  return asked.code === 0 ? asked.stdout.trim() : undefined
}

interface Build {
  readonly engine: DockerHost
  readonly recipe: Recipe
  readonly digest: string
  readonly parent: string
  readonly machine: MachineSetup
  readonly folder: string
}

async function buildImage({ engine, recipe, digest, parent, machine, folder }: Build): Promise<void> {
  const container = `build-${recipe.name.replaceAll(/[^a-z0-9.]/g, '-')}`
  const env = { ...(recipe.network ? machine.env : {}), ...recipe.env }
  await docker(engine, ['rm', '--force', container])
  try {
    // Not by `--env`: the machine's settings may hold credentials, and must stay out of the image.
    const exports = Object.entries(env)
      .map(([name, value]) => `export ${name}=${shellQuoted(value)}`)
      .join('\n')
    const script = await readFile(join(imagesDir, recipe.script), 'utf8')
    await mustDocker(
      engine,
      [
        ...['run', '--interactive', `--name=${container}`, `--network=${recipe.network ? 'host' : 'none'}`],
        ...['--user=0', '--security-opt=seccomp=unconfined'],
        ...(recipe.network ? machine.mounts : []),
        ...(await filesFor(recipe, folder)).map(([name, path]) => `--volume=${path}:/files/${name}:ro`),
        ...(recipe.runOptions ?? []),
        ...[parent, 'bash', '-euo', 'pipefail', '-s'],
      ],
      { input: `${exports}\n${script}` },
    )
    const changes = [
      `LABEL ${label}=${digest}`,
      'ENTRYPOINT []',
      'CMD ["bash"]',
      'USER 0',
      ...(recipe.changes ?? []),
    ]
    await mustDocker(engine, [
      'commit',
      ...changes.flatMap(each => ['--change', each]),
      container,
      recipe.name,
    ])
  } finally {
    await docker(engine, ['rm', '--force', container])
  }
}

/** Copies of what the recipe's script sees, by name. */
function filesFor(recipe: Recipe, folder: string): Promise<[string, string][]> {
  const copies = Object.entries(recipe.files ?? {}).map(async ([name, path]): Promise<[string, string]> => {
    const copy = join(folder, 'files', recipe.script, name)
    await cp(path, copy, { recursive: true, verbatimSymlinks: true })
    return [name, copy]
  })
  return Promise.all(copies)
}
