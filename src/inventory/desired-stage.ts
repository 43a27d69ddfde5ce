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
  /** Why the stage cannot be told: its value is out of sight, says two things at once, or loses to the playbook. */
  readonly trouble?: 'hidden' | 'contradictory' | 'overruled'
}

type Answer = { readonly truth: boolean; readonly place?: Place } | StageReading

/**
 * What a host's variables ask for. Defaults: both variables are false
 * (`group_vars/matrix_servers` and the role's `defaults/main.yml` of the playbook).
 */
export function desiredStage(host: Host): StageReading {
  const enabled = answer(host.variable(enabledVariable))
  if ('stage' in enabled) return enabled
  if (!enabled.truth) {
    return reading('off', enabled.place, `\`${enabledVariable}\` is ${enabled.place ? 'false' : 'not set'}`)
  }
  const inProgress = answer(host.variable(inProgressVariable))
  if ('stage' in inProgress) return inProgress
  if (inProgress.truth) return reading('prepared', inProgress.place, `\`${inProgressVariable}\` is true`)
  return reading(
    'live',
    inProgress.place ?? enabled.place,
    `\`${enabledVariable}\` is true and \`${inProgressVariable}\` is not`,
  )
}

function answer(variable: Variable): Answer {
  const { name, value } = variable
  if (!value) {
    if (variable.state === 'absent') return { truth: false }
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

function reading(stage: DesiredStage, place: Place | undefined, reason: string): StageReading {
  return { stage, ...(place && { place }), reason }
}

function trouble(
  kind: NonNullable<StageReading['trouble']>,
  place: Place | undefined,
  reason: string,
): StageReading {
  return { ...reading('unknown', place, reason), trouble: kind }
}
