import type { DatabaseName } from './configuration.ts'
import { postgresUnit } from './names.ts'

const port = '5432'
/** Where libpq and sqlx look without a host. */
const defaultHost = '/var/run/postgresql'

/**
 * Whether a service reaches its database in the playbook's container: by the container's name, or by a socket in a folder
 * that both containers mount. The units' texts are used because a stopped container has no mounts.
 */
export function reachesContainer(database: DatabaseName, unitText: string, postgresText: string): boolean {
  if ((database.port ?? port) !== port) return false
  const { host = defaultHost } = database
  if (!host.startsWith('/')) return host === postgresUnit
  const folder = mountsIn(unitText).find(({ target }) => target === plain(host))?.source
  return mountsIn(postgresText).some(({ source, target }) => source === folder && socketFolders.has(target))
}

const socketFolders = new Set(['/run/postgresql', defaultHost])

export function placeOf({ host = defaultHost, port: given = port }: DatabaseName): string {
  return `at ${host}, port ${given}`
}

function mountsIn(unit: string): readonly { readonly source: string; readonly target: string }[] {
  return [...unit.matchAll(/type=bind,(?:src|source)=([^,\s]+),(?:dst|destination|target)=([^,\s]+)/g)].map(
    ([, source = '', target = '']) => ({ source: plain(source), target: plain(target) }),
  )
}

function plain(path: string): string {
  return path.replace(/\/+$/, '')
}
