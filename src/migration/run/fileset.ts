import type { RenderedFile } from '../../playbook/render.ts'
import { ToolkitError } from '../../support/errors.ts'
import { folderOf } from '../../support/files/files.ts'

/**
 * Folders with the files that a change between Synapse's built-in login and MAS may change (the playbook's tags of Synapse,
 * MAS, static files and Element), and the names of these files. Password providers, which end with the migration, have a logger in
 * the log configuration, and their module is mounted into the workers too (`tasks/ext/` of the playbook's role of Synapse).
 */
const expected: ReadonlyMap<string, RegExp> = new Map([
  ['/matrix/synapse/config', /^(homeserver\.yaml|[\w.-]+\.log\.config)$/],
  ['/matrix/synapse/bin', /^[\w-]+$/],
  ['/matrix/synapse/ext', /^[\w-]+\.py$/],
  ['/matrix/matrix-authentication-service/config', /^(config\.yaml|labels|env)$/],
  ['/matrix/static-files/public/.well-known/matrix', /^[\w-]+$/],
  ['/matrix/client-element', /^config\.json$/],
  ['/etc/systemd/system', /^matrix-(synapse(-worker-[\w-]+)?|authentication-service)\.service$/],
])

export const foldersOfFileSet = [...expected.keys()]

export function isExpectedFile(path: string): boolean {
  const folder = folderOf(path)
  return expected.get(folder)?.test(path.slice(folder.length + 1)) ?? false
}

const directions = {
  migrate: {
    name: 'The migration',
    unchanged: 'Synapse would not delegate to MAS',
    remedy: 'Remove matrix_authentication_service_migration_in_progress from the vars.',
  },
  rollback: {
    name: 'The rollback',
    unchanged: 'Synapse would still delegate to MAS',
    remedy: 'Set matrix_authentication_service_migration_in_progress: true in these vars.',
  },
} as const

/**
 * Checks the files of a migration, or of a rollback.
 * @throws ToolkitError `refused-state` where one does not belong to authentication, or changes a version.
 */
export function checkFileSet(
  files: readonly RenderedFile[],
  direction: keyof typeof directions,
  host: string,
): void {
  const { name, unchanged, remedy } = directions[direction]
  const unexpected = files.filter(file => !isExpectedFile(file.path))
  if (unexpected.length > 0) {
    throw refused(
      host,
      `${name} would also change ${unexpected.map(file => file.path).join(', ')}.`,
      'Deploy the other changes first, in a separate pull request. This operation changes only authentication.',
    )
  }
  if (!files.some(file => file.path.endsWith('/homeserver.yaml')))
    throw refused(host, `${name} leaves homeserver.yaml unchanged, so ${unchanged}.`, remedy)
  const upgraded = files.find(
    file => file.path.endsWith('.service') && images(file.before) !== images(file.after),
  )
  if (upgraded) {
    throw refused(
      host,
      `${name} would also change the image in ${upgraded.path}.`,
      'Deploy the new version first, in a separate pull request. This operation does not change versions.',
    )
  }
}

function images(unit: string | undefined): string {
  return (unit?.match(/\S+\/\S+:v?\d+\.\d+[\w.-]*/g) ?? []).join(' ')
}

function refused(host: string, what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'refused-state', what, where: host, remedy })
}
