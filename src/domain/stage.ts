/** The stage that a host's vars ask for. `unknown`: the deciding value is Jinja or in a vault. */
export const desiredStages = ['off', 'prepared', 'live', 'unknown'] as const
export type DesiredStage = (typeof desiredStages)[number]

/** The stage that a read-only probe of the server found. */
export const actualStages = ['absent', 'installed', 'partial', 'copied', 'live', 'inconsistent'] as const
export type ActualStage = (typeof actualStages)[number]

/** The two ways in which playbooks run syn2mas. The files of a checkout determine its dialect. */
export const dialects = ['syn2mas-tool', 'mas-cli'] as const
export type Dialect = (typeof dialects)[number]
