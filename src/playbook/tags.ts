import type { ActualStage, DesiredStage } from '../domain/stage.ts'

/** Creates the accounts that the vars list, also for bots. Does nothing while a migration is in progress. */
export const userTags = ['ensure-matrix-users-created'] as const

/** Run after the install tags: create accounts, then start changed services. */
const afterInstall = [...userTags, 'start']

/**
 * The tags of `setup.yml` that deploy the vars. `install-all` does not remove disabled services. `setup-all` does, with MAS's
 * folder, and is used only if MAS is on the server but no longer in the vars.
 */
export function deployTags(after: DesiredStage, actual: ActualStage): readonly string[] {
  return [after === 'off' && actual !== 'absent' ? 'setup-all' : 'install-all', ...afterInstall]
}

/** The tags of a check run that shows the files that the migration changes. */
export const renderTags = [
  'install-synapse',
  'install-matrix-authentication-service',
  'install-matrix-static-files',
  'install-client-element',
] as const

/** The tag of a check run that shows the future `homeserver.yaml`. */
export const synapseTags = ['install-synapse'] as const
