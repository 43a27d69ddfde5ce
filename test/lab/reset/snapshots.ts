import { access, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ground } from '../engine/ground.ts'
import { stagesDir } from '../engine/paths.ts'
import { removeTree } from '../engine/trees.ts'
import type { Vars } from '../lab.ts'
import { keptLabel, labContainers, mustInTarget } from '../target/target.ts'
import type { World } from '../world.ts'

/**
 * A snapshot is a copy of the server's files while everything of Matrix is stopped: /matrix with the databases in it,
 * /etc with the units, /usr/local. What identifies the machine or is laid over it by the engine stays out, so that one
 * lab's snapshot does for any lab made of the same parts.
 */
const folders = ['/matrix', '/etc', '/usr/local']
const keptOfEtc = [
  'hostname',
  'hosts',
  'resolv.conf',
  'mtab',
  'machine-id',
  'ssh',
  'tmpfiles.d/lab-docker.conf',
]
/** One not used for so long is removed when another is taken. */
const daysKept = 2

interface Meta {
  /** What the operator's vars asked for when it was taken. */
  readonly vars: Vars
  /** Docker's networks, which lie in no file that is copied. */
  readonly networks: readonly string[]
}

const folderOf = (name: string) => join(stagesDir(), name)
const metaFile = (name: string) => join(folderOf(name), 'snapshot.json')

export function hasSnapshot(name: string): Promise<boolean> {
  return access(metaFile(name)).then(
    () => true,
    () => false,
  )
}

/** A file that was given to `takeSnapshot` in addition to the server's own. */
export function besideSnapshot(name: string, file: string): string {
  return join(folderOf(name), file)
}

function copyScript(from: string, to: string): string {
  const excludes = keptOfEtc.map(each => `--exclude=/${each}`).join(' ')
  return folders
    .map(folder => {
      const only = folder === '/etc' ? excludes : ''
      return `mkdir -p ${to}${folder} && rsync -aHAX --numeric-ids --delete ${only} ${from}${folder}/ ${to}${folder}/`
    })
    .join('\n')
}

/** Every unit of Matrix, of every kind and in every state. */
const matrixUnits = `$(systemctl list-units --all --plain --no-legend 'matrix-*' | awk '{print $1}')`

/** Stops the services, copies, and starts again what is enabled. `files`: texts to keep beside it, by name. */
export async function takeSnapshot(
  world: World,
  name: string,
  vars: Vars,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const fresh = join(world.paths.newSnapshots, name)
  const { ground } = world.engine
  await removeTree(ground, fresh)
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  const networks = await mustInTarget(
    world.engine,
    `units=${matrixUnits}
     if [ -n "$units" ]; then systemctl stop $units; fi
     ${copyScript('', `/lab/new/${name}`)}
     ${startEnabled}
     docker network ls --filter driver=bridge --format '{{.Name}}'`,
  )
  for (const [file, text] of Object.entries(files)) await writeFile(join(fresh, file), text)
  const meta: Meta = { vars, networks: networks.split('\n').filter(each => each !== '' && each !== 'bridge') }
  await writeFile(join(fresh, 'snapshot.json'), JSON.stringify(meta))
  await removeOld(ground)
  await removeTree(ground, folderOf(name))
  await rename(fresh, folderOf(name))
}

async function removeOld(ground: Ground): Promise<void> {
  for (const name of await readdir(stagesDir())) {
    const used = await stat(metaFile(name)).catch(() => undefined)
    const old = used === undefined || Date.now() - used.mtimeMs > daysKept * 86_400_000
    if (old) await removeTree(ground, folderOf(name))
  }
}

/**
 * Puts the files back and starts what is enabled. Nothing is stopped with grace: the data it would save is replaced.
 * Services are told to start at once, without waiting for each other's health. Gives the vars that go with it.
 */
export async function restoreSnapshot(world: World, name: string): Promise<Vars> {
  const now = new Date()
  await utimes(metaFile(name), now, now)
  const meta = JSON.parse(await readFile(metaFile(name), 'utf8')) as Meta
  const networks = meta.networks.map(
    network =>
      `docker network inspect ${network} >/dev/null 2>&1 || docker network create ${network} >/dev/null`,
  )
  await mustInTarget(
    world.engine,
    `${endEverything}
     ${copyScript(`/lab/stages/${name}`, '')}
     ${networks.join('\n')}
     systemctl daemon-reload
     ${startEnabled}`,
  )
  return meta.vars
}

const removeContainers = `
containers=$(docker ps --all --format '{{.Names}}' | grep -v '^${labContainers}' || true)
if [ -n "$containers" ]; then docker rm --force $containers >/dev/null 2>&1 || true; fi`

/** A run of this toolkit that is still open would restore the server while it is replaced. */
const endEverything = `
# Without its file, systemd does not refuse to stop it.
rm -f /etc/systemd/system/matrix-auth-actions@.service; systemctl daemon-reload
for unit in $(systemctl list-units --all --plain --no-legend 'matrix-auth-actions@*' | awk '{print $1}'); do
  systemctl kill --signal=SIGKILL $unit || true; systemctl stop $unit || true
done
rm -rf /var/lib/matrix-auth-actions
units=${matrixUnits}
if [ -n "$units" ]; then systemctl stop --no-block $units; fi
${removeContainers}
if [ -n "$units" ]; then systemctl stop $units; systemctl reset-failed 'matrix-*' || true; fi
${removeContainers}`

const startEnabled = `
enabled=$(systemctl list-unit-files --state=enabled --plain --no-legend 'matrix-*' | awk '{print $1}')
if systemctl cat matrix-postgres.service >/dev/null 2>&1; then
  systemctl start matrix-postgres.service
  for _ in $(seq 100); do
    docker exec matrix-postgres pg_isready -q -h /run/postgresql && break
    sleep 0.1
  done
fi
if [ -n "$enabled" ]; then systemctl start --no-block --job-mode=ignore-dependencies $enabled; fi`

/** Removes everything of Matrix from the server. */
export async function wipeMatrix(world: World): Promise<void> {
  await mustInTarget(
    world.engine,
    `${endEverything}
     rm -rf /etc/systemd/system/matrix-* /etc/systemd/system/*/matrix-*
     find /matrix -mindepth 1 -delete
     systemctl daemon-reload
     docker network prune --force --filter label!=${keptLabel} >/dev/null`,
  )
}
