import type { Place } from '../domain/finding.ts'
import type { DesiredStage } from '../domain/stage.ts'
import type { Host, Variable } from './inventory.ts'
import { truthOf } from './value.ts'

export const enabledVariable = 'matrix_authentication_service_enabled'
export const inProgressVariable = 'matrix_authentication_service_migration_in_progress'

export interface StageReading {
  readonly stage: DesiredStage
  /** Where the value stands that decides; absent where nothing is written. */
  readonly place?: Place
  /** A clause for a person: why this stage. */
  readonly reason: string
  /** A deciding variable that is nowhere plain and was taken at its default, and the vault files that could set it. */
  readonly assumed?: { readonly variable: string; readonly vaults: readonly string[] }
  /** Why the stage cannot be told: its value is out of sight, says two things at once, or loses to the playbook. */
  readonly trouble?: 'hidden' | 'contradictory' | 'overruled'
}

type Assumed = NonNullable<StageReading['assumed']>
type Answer = { readonly truth: boolean; readonly place?: Place; readonly assumed?: Assumed } | StageReading

/**
 * What a host's variables ask for. Defaults: both variables are false
 * (`group_vars/matrix_servers` and the role's `defaults/main.yml` of the playbook). Where a file that is encrypted whole
 * could set one that is nowhere plain, the default is taken and `assumed` says so; Jinja and a `!vault` value stay unknown.
 */
export function desiredStage(host: Host): StageReading {
  const enabled = answer(host.variable(enabledVariable))
  if ('stage' in enabled) return enabled
  if (!enabled.truth) {
    const state = enabled.place ? 'false' : enabled.assumed ? 'nowhere plain' : 'not set'
    return reading('off', enabled, `\`${enabledVariable}\` is ${state}`)
  }
  const inProgress = answer(host.variable(inProgressVariable))
  if ('stage' in inProgress) return inProgress
  if (inProgress.truth) return reading('prepared', inProgress, `\`${inProgressVariable}\` is true`)
  const place = inProgress.place ?? enabled.place
  return reading(
    'live',
    { ...inProgress, ...(place && { place }) },
    `\`${enabledVariable}\` is true and \`${inProgressVariable}\` is not`,
  )
}

function answer(variable: Variable): Answer {
  const { name, value } = variable
  if (!value) {
    if (variable.state === 'absent') return { truth: false }
    if (variable.vaults) return { truth: false, assumed: { variable: name, vaults: variable.vaults } }
    const files = variable.hiddenIn.join(', ')
    return trouble('hidden', undefined, `\`${name}\` is nowhere plain and could be in ${files}`)
  }
  if (name === enabledVariable && isOverruled(variable)) {
    return trouble(
      'overruled',
      value.place,
      `\`${name}\` is set for a group, where the playbook's own \`group_vars/matrix_servers\` sets it to false and wins`,
    )
  }
  const truth = truthOf(value)
  if (typeof truth === 'boolean') return { truth, place: value.place }
  if (truth === 'contradictory') {
    return trouble(
      'contradictory',
      value.place,
      `\`${name}\` is neither \`true\` nor \`false\`, and the playbook would take it for both`,
    )
  }
  const where = value.kind === 'vault' ? 'in a vault' : 'written as Jinja'
  return trouble('hidden', value.place, `\`${name}\` is ${where}`)
}

/** The playbook's `group_vars` lie beside its `setup.yml`, and so win over groups of the inventory. */
function isOverruled(variable: Variable): boolean {
  const source = variable.definition?.source
  return variable.definition?.group !== undefined && (source === 'inventory' || source === 'group_vars')
}

function reading(
  stage: DesiredStage,
  { place, assumed }: { readonly place?: Place; readonly assumed?: Assumed },
  reason: string,
): StageReading {
  return { stage, ...(place && { place }), reason, ...(assumed && { assumed }) }
}

function trouble(
  kind: NonNullable<StageReading['trouble']>,
  place: Place | undefined,
  reason: string,
): StageReading {
  return { ...reading('unknown', place ? { place } : {}, reason), trouble: kind }
}
