import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, type Engine, mustDocker } from '../engine/dockerd.ts'
import { bash, run, timed } from '../engine/run.ts'
import { type MachineSetup, machineSetup } from './machine.ts'
import { imagesDir, type Recipe, recipeDigest } from './recipe.ts'

const label = 'lab.recipe'

/** Makes, in order, the images whose recipe the engine has not carried out yet. */
export async function buildImages(engine: Engine, recipes: readonly Recipe[]): Promise<void> {
  const digests = new Map<string, string>()
  let machine: MachineSetup | undefined
  const folder = await mkdtemp(join(tmpdir(), 'lab-build-'))
  try {
    for (const recipe of recipes) {
      const digest = recipeDigest(recipe, recipe.from === undefined ? '' : (digests.get(recipe.from) ?? ''))
      digests.set(recipe.name, digest)
      if ((await imageDigest(engine, recipe.name)) === digest) continue
      const kept = keptName(digest)
      if ((await docker(engine, ['tag', kept, recipe.name])).code === 0) continue
      machine ??= await machineSetup(folder)
      const setup = machine
      await timed(`image ${recipe.name}`, () => buildImage(engine, recipe, digest, setup, folder))
      await mustDocker(engine, ['tag', recipe.name, kept])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A second name, by which an image is found again when its first one has gone to another recipe meanwhile. */
const keptName = (digest: string) => `localhost/lab/by-recipe:${digest}`

async function imageDigest(engine: Engine, name: string): Promise<string | undefined> {
  const asked = await docker(engine, [
    'image',
    'inspect',
    '--format',
    `{{index .Config.Labels "${label}"}}`,
    name,
  ])
  return asked.code === 0 ? asked.stdout.trim() : undefined
}

async function buildImage(
  engine: Engine,
  recipe: Recipe,
  digest: string,
  machine: MachineSetup,
  folder: string,
): Promise<void> {
  const parent = recipe.from ?? (await importDebian(engine, machine, folder))
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
        ...Object.entries(recipe.files ?? {}).map(([name, path]) => `--volume=${path}:/files/${name}:ro`),
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

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The name of an image with Debian 12 as debootstrap makes it, or pulled where debootstrap cannot. */
async function importDebian(engine: Engine, machine: MachineSetup, folder: string): Promise<string> {
  const name = 'localhost/lab/debian:bookworm'
  if ((await docker(engine, ['image', 'inspect', name])).code === 0) return name
  const pulled = await run([
    'docker',
    '-H',
    `unix://${engine.socket}`,
    'pull',
    '--quiet',
    'debian:bookworm-slim',
  ])
  if (pulled.code === 0) {
    await mustDocker(engine, ['tag', 'debian:bookworm-slim', name])
    return name
  }
  const root = join(folder, 'debian')
  await timed('debootstrap', () =>
    bash(
      `debootstrap --variant=minbase bookworm "$ROOT" \${MIRROR:+"$MIRROR"} >"$LOG" 2>&1 || { tail -20 "$LOG"; exit 1; }\n` +
        'tar -C "$ROOT" --exclude=./proc/* --exclude=./sys/* --exclude=./var/cache/apt/archives/*.deb -c . | docker -H "$HOST" import - "$NAME"',
      {
        env: {
          ...process.env,
          ROOT: root,
          MIRROR: machine.mirror ?? '',
          LOG: join(folder, 'debootstrap.log'),
          HOST: `unix://${engine.socket}`,
          NAME: name,
        },
      },
    ),
  )
  return name
}
