import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vars } from '../lab.ts'
import { mustInTarget, targetName } from '../target/target.ts'
import type { World } from '../world.ts'

/**
 * A snapshot is a copy of the server's files while everything of Matrix is stopped: /matrix with the databases in it,
 * /etc with the units, /usr/local. What identifies the machine or is laid over it by the engine stays out.
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

/** Written last: a snapshot without it was not finished. */
interface Meta {
  readonly vars: Vars
}

const folderOf = (world: World, name: string) => join(world.paths.snapshots, name)
const metaFile = (world: World, name: string) => join(folderOf(world, name), 'snapshot.json')

function copyScript(from: string, to: string): string {
  const excludes = keptOfEtc.map(each => `--exclude=/${each}`).join(' ')
  return folders
    .map(folder => {
      const only = folder === '/etc' ? excludes : ''
      return `mkdir -p ${to}${folder} && rsync -aHAX --numeric-ids --delete ${only} ${from}${folder}/ ${to}${folder}/`
    })
    .join('\n')
}

/** Every unit of Matrix, but not docker's and the system's own. */
const matrixUnits = `$(systemctl list-units --all --plain --no-legend 'matrix-*' | awk '{print $1}')`

export function hasSnapshot(world: World, name: string): Promise<boolean> {
  return access(metaFile(world, name)).then(
    () => true,
    () => false,
  )
}

/** The `vars` that were given when the snapshot was taken. */
export async function snapshotVars(world: World, name: string): Promise<Vars> {
  const meta = JSON.parse(await readFile(metaFile(world, name), 'utf8')) as Meta
  return meta.vars
}

/** Stops the services, copies, and starts again what ran. `vars` is kept beside it. */
export async function takeSnapshot(world: World, name: string, vars: Vars): Promise<void> {
  await rm(folderOf(world, name), { recursive: true, force: true })
  await mkdir(folderOf(world, name), { recursive: true, mode: 0o700 })
  await mustInTarget(
    world.engine,
    `active=$(systemctl list-units --state=active,activating --plain --no-legend 'matrix-*' | awk '{print $1}')
     units=${matrixUnits}
     if [ -n "$units" ]; then systemctl stop $units; fi
     ${copyScript('', `/lab/snapshots/${name}`)}
     if [ -n "$active" ]; then systemctl start --no-block $active; fi`,
  )
  await writeFile(`${metaFile(world, name)}.new`, JSON.stringify({ vars } satisfies Meta))
  await rename(`${metaFile(world, name)}.new`, metaFile(world, name))
}

/** Removes all snapshots but those named. */
export async function dropSnapshots(world: World, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(world.paths.snapshots)) {
    if (!kept.includes(name)) await rm(folderOf(world, name), { recursive: true, force: true })
  }
}

/**
 * Puts the files back and starts what is enabled. Nothing is stopped with grace: the data it would save is replaced.
 * The main services are told to start at once, without waiting for each other's health; `settle` does that.
 */
export async function restoreSnapshot(world: World, name: string): Promise<void> {
  await mustInTarget(
    world.engine,
    `${endEverything}
     ${copyScript(`/lab/snapshots/${name}`, '')}
     systemctl daemon-reload
     ${startEnabled}`,
  )
}

const endEverything = `
units=${matrixUnits}
if [ -n "$units" ]; then systemctl stop --no-block $units; fi
containers=$(docker ps --all --format '{{.Names}}' | grep -vx ${targetName} || true)
if [ -n "$containers" ]; then docker rm --force $containers >/dev/null 2>&1 || true; fi
if [ -n "$units" ]; then systemctl stop $units; systemctl reset-failed 'matrix-*' || true; fi
containers=$(docker ps --all --format '{{.Names}}' | grep -vx ${targetName} || true)
if [ -n "$containers" ]; then docker rm --force $containers >/dev/null 2>&1 || true; fi`

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

/** Takes the server back to one on which nothing was ever installed. */
export async function wipeMatrix(world: World): Promise<void> {
  await mustInTarget(
    world.engine,
    `${endEverything}
     rm -rf /etc/systemd/system/matrix-* /etc/systemd/system/*/matrix-*
     find /matrix -mindepth 1 -delete
     systemctl daemon-reload
     docker network prune --force >/dev/null`,
  )
}
