/** What a host's vars ask for. `unknown`: the deciding value is Jinja or in a vault. */
export const desiredStages = ['off', 'prepared', 'live', 'unknown'] as const
export type DesiredStage = (typeof desiredStages)[number]

/** What a read-only probe of the server saw. */
export const actualStages = ['absent', 'installed', 'partial', 'migrated', 'live', 'inconsistent'] as const
export type ActualStage = (typeof actualStages)[number]

/** Which of the playbook's two ways to run syn2mas a checkout has; read off its files. */
export const dialects = ['syn2mas-tool', 'mas-cli'] as const
export type Dialect = (typeof dialects)[number]
