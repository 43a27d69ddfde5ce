/** The stage that a host's vars ask for. `unknown`: the deciding value is Jinja or in a vault. */
export const desiredStages = ['off', 'prepared', 'live', 'unknown'] as const
export type DesiredStage = (typeof desiredStages)[number]

/** What each stage of the vars means, for a person who has not read about stages. */
export const stageMeanings: Readonly<Record<DesiredStage, string>> = {
  off: 'no MAS',
  prepared: 'MAS is installed beside Synapse, and has no accounts',
  live: 'users log in through MAS',
  unknown: 'a variable that decides it is Jinja or in a vault',
}

/** The stage that a read-only probe of the server found. */
export const actualStages = ['absent', 'installed', 'partial', 'copied', 'live', 'inconsistent'] as const
export type ActualStage = (typeof actualStages)[number]

/** The stage of a server after a successful deployment of the vars. */
export const deployedStage: Readonly<Partial<Record<DesiredStage, ActualStage>>> = {
  off: 'absent',
  prepared: 'installed',
  live: 'live',
}

/** The two ways in which playbooks run syn2mas. The files of a checkout determine its dialect. */
export const dialects = ['syn2mas-tool', 'mas-cli'] as const
export type Dialect = (typeof dialects)[number]
