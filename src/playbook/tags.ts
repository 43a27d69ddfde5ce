import type { ActualStage, DesiredStage } from '../domain/stage.ts'

/** Creates the accounts that the vars list, also for bots. Does nothing while a migration is in progress. */
export const userTags = ['ensure-matrix-users-created'] as const

/** Run after the install tags: create accounts, then start changed services. */
const afterInstall = [...userTags, 'start']

/** The tags of `setup.yml` that also remove services that are off, with most of their folders, and restart all others. */
export const removalTags: readonly string[] = ['setup-all', ...afterInstall]

/**
 * The tags of `setup.yml` that deploy the vars. `install-all` does not remove disabled services, and may restart only what
 * changed. So `setup-all` is used only if the vars turn a service off, or no longer have the MAS that is on the server.
 */
export function deployTags(after: DesiredStage, actual: ActualStage, turnsOff: boolean): readonly string[] {
  const removesMas = after === 'off' && actual !== 'absent'
  return removesMas || turnsOff ? removalTags : ['install-all', ...afterInstall]
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
