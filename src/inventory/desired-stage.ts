import type { Place } from '../domain/finding.ts'
import type { DesiredStage } from '../domain/stage.ts'
import type { Host, Variable } from './inventory.ts'
import { truthOf } from './value.ts'

export const enabledVariable = 'matrix_authentication_service_enabled'
export const inProgressVariable = 'matrix_authentication_service_migration_in_progress'

export interface StageReading {
  readonly stage: DesiredStage
  /** The place of the deciding value; absent if no variable is set. */
  readonly place?: Place
  /** A clause that explains the stage to people. */
  readonly reason: string
  /** A deciding variable whose default is assumed, and the vault files that could set it. */
  readonly assumed?: { readonly variable: string; readonly vaults: readonly string[] }
  /** Why the stage is unknown: the value is hidden, ambiguous, or overridden by the playbook. */
  readonly problem?: 'hidden' | 'contradictory' | 'overruled'
}

type Assumed = NonNullable<StageReading['assumed']>
type Answer = { readonly truth: boolean; readonly place?: Place; readonly assumed?: Assumed } | StageReading

/**
 * The stage that a host's variables ask for. Both variables are false by default (`group_vars/matrix_servers` and the role's
 * `defaults/main.yml` of the playbook). If a variable is not set in plain text but an encrypted file could set it, the default
 * is assumed and `assumed` names it. A Jinja or `!vault` value makes the stage unknown.
 */
export function desiredStage(host: Host): StageReading {
  const enabled = answer(host.variable(enabledVariable))
  if ('stage' in enabled) return enabled
  if (!enabled.truth) {
    const state = enabled.place ? 'false' : enabled.assumed ? 'not set in plain text' : 'not set'
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
    return unknown('hidden', undefined, `\`${name}\` is not set in plain text and could be in ${files}`)
  }
  if (name === enabledVariable && isOverruled(variable)) {
    return unknown(
      'overruled',
      value.place,
      `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it with false`,
    )
  }
  const truth = truthOf(value)
  if (typeof truth === 'boolean') return { truth, place: value.place }
  if (truth === 'contradictory') {
    return unknown(
      'contradictory',
      value.place,
      `\`${name}\` is neither \`true\` nor \`false\`, and the playbook treats it as both`,
    )
  }
  const where = value.kind === 'vault' ? 'in a vault' : 'written as Jinja'
  return unknown('hidden', value.place, `\`${name}\` is ${where}`)
}

/** The playbook's `group_vars`, next to its `setup.yml`, override group variables of the inventory. */
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

function unknown(
  kind: NonNullable<StageReading['problem']>,
  place: Place | undefined,
  reason: string,
): StageReading {
  return { ...reading('unknown', place ? { place } : {}, reason), problem: kind }
}
