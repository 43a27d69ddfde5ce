import type { Dialect } from '../../../src/domain/stage.ts'

/** One thing that the guide tells an operator to do, in its order. */
export interface GuideStep {
  readonly name: GuideStepName
  /** For people. */
  readonly title: string
  readonly action:
    | { readonly kind: 'vars'; readonly vars: 'prepared' | 'live' }
    | { readonly kind: 'playbook'; readonly args: readonly string[] }
    | { readonly kind: 'server'; readonly script: string }
}

export const guideStepNames = [
  'edit-vars-prepared',
  'install-beside',
  'backup',
  'dry-run',
  'migrate',
  'edit-vars-live',
  'install-live',
  'doctor',
] as const
export type GuideStepName = (typeof guideStepNames)[number]

const installAll = '--tags=install-all,ensure-matrix-users-created,start'

const syn2mas: Readonly<Record<Dialect, { readonly tag: string; readonly dryRun: string }>> = {
  'syn2mas-tool': {
    tag: 'matrix-authentication-service-syn2mas',
    dryRun: 'matrix_authentication_service_syn2mas_dry_run',
  },
  'mas-cli': {
    tag: 'matrix-authentication-service-mas-cli-syn2mas',
    dryRun: 'matrix_authentication_service_syn2mas_migrate_dry_run',
  },
}

/** The manual's dump of everything, kept where the operator is not told to put it. */
const backup = `set -eo pipefail
docker exec --env-file=/matrix/postgres/env-postgres-psql matrix-postgres pg_dumpall -h matrix-postgres | gzip -1 >/matrix/guide-backup.sql.gz
test -s /matrix/guide-backup.sql.gz`

/**
 * The playbook's own guide (docs/configuring-playbook-matrix-authentication-service.md, in both eras), with the short
 * commands that it names for installing (`just install-all`) and the switch for the dry run as it writes it.
 */
export function guideSteps(dialect: Dialect): readonly GuideStep[] {
  const { tag, dryRun } = syn2mas[dialect]
  return [
    {
      name: 'edit-vars-prepared',
      title: 'Turn MAS on in vars.yml, with a migration in progress',
      action: { kind: 'vars', vars: 'prepared' },
    },
    {
      name: 'install-beside',
      title: 'Install MAS next to Synapse',
      action: { kind: 'playbook', args: [installAll] },
    },
    { name: 'backup', title: 'Dump the databases', action: { kind: 'server', script: backup } },
    {
      name: 'dry-run',
      title: 'Run syn2mas as a dry run',
      action: { kind: 'playbook', args: [`--tags=${tag}`, '-e', `${dryRun}=true`] },
    },
    { name: 'migrate', title: 'Run syn2mas', action: { kind: 'playbook', args: [`--tags=${tag}`] } },
    {
      name: 'edit-vars-live',
      title: "Remove migration_in_progress and Synapse's OIDC from vars.yml",
      action: { kind: 'vars', vars: 'live' },
    },
    {
      name: 'install-live',
      title: 'Install again, now delegating',
      action: { kind: 'playbook', args: [installAll] },
    },
    {
      name: 'doctor',
      title: 'Run doctor',
      action: { kind: 'playbook', args: ['--tags=matrix-authentication-service-mas-cli-doctor'] },
    },
  ]
}
