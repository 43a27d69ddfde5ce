import type { ActualStage, DesiredStage } from '../domain/stage.ts'

/** Makes the accounts that the vars name, bots' ones too; nothing while a migration is in progress. */
export const userTags = ['ensure-matrix-users-created'] as const

/** Runs after what `install-*` wrote: accounts named in the vars, then a start of what changed. */
const afterInstall = [...userTags, 'start']

/**
 * Tags of `setup.yml` that bring a server to what its vars say. `install-all` leaves what is disabled alone; only where MAS
 * is on the server and the vars no longer have it does `setup-all` run, which also removes MAS's folder.
 */
export function deployTags(after: DesiredStage, actual: ActualStage): readonly string[] {
  return [after === 'off' && actual !== 'absent' ? 'setup-all' : 'install-all', ...afterInstall]
}

/** Tags of a check run whose file set is what a switch-over changes. */
export const renderTags = [
  'install-synapse',
  'install-matrix-authentication-service',
  'install-matrix-static-files',
  'install-client-element',
] as const

/** The tag whose check run shows Synapse's `homeserver.yaml` as the vars would have it. */
export const synapseTags = ['install-synapse'] as const
