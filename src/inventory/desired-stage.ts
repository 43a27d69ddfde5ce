import type { Place } from '../domain/finding.ts'
import type { DesiredStage } from '../domain/stage.ts'
import { enabledVariable, inProgressVariable } from '../domain/variables.ts'
import { type Definition, isOfInventoryGroup, isOfPlaybook } from './definition.ts'
import type { Host, Variable } from './inventory.ts'
import { truthOf, type Value } from './value.ts'

export interface StageReading {
  readonly stage: DesiredStage
  /** The place of the deciding value; absent if no variable is set. */
  readonly place?: Place | undefined
  /** A clause that explains the stage to people. */
  readonly reason: string
  /** The vault files that could enable MAS, if the variable is not set in plain text and its default is assumed. */
  readonly assumed?: readonly string[] | undefined
  /** The definition of a contradictory value. */
  readonly definition?: Definition
  /** Why the stage is unknown: the value is hidden, ambiguous, or overridden by the playbook. */
  readonly problem?: 'hidden' | 'contradictory' | 'overruled'
}

type Answer = { readonly truth: boolean } & Pick<StageReading, 'place' | 'assumed'>

/**
 * The stage that a host's variables ask for. Both variables are false by default (`group_vars/matrix_servers` and the role's
 * `defaults/main.yml` of the playbook). If a variable is not set in plain text but an encrypted file could set it, the default
 * is assumed. A Jinja or `!vault` value makes the stage unknown.
 */
export function desiredStage(host: Host): StageReading {
  const enabled = answer(host.variable(enabledVariable))
  if ('stage' in enabled) return enabled
  const { place, assumed } = enabled
  if (!enabled.truth) {
    const state = place ? 'false' : assumed ? 'not set in plain text' : 'not set'
    return { stage: 'off', place, assumed, reason: `\`${enabledVariable}\` is ${state}` }
  }
  const inProgress = answer(host.variable(inProgressVariable))
  if ('stage' in inProgress) return inProgress
  if (inProgress.truth) {
    return { stage: 'prepared', place: inProgress.place, reason: `\`${inProgressVariable}\` is true` }
  }
  const reason = `\`${enabledVariable}\` is true and \`${inProgressVariable}\` is not true`
  return { stage: 'live', place: inProgress.place ?? place, reason }
}

/**
 * The stage before a change, of the host as it was then. Unknown, so undefined, for a host that is new or has a new name, and where only
 * an unreadable file could tell: in the commits of a repository, files of git-crypt stay encrypted.
 */
export function stageBefore(host: Host | undefined): DesiredStage | undefined {
  const reading = host && desiredStage(host)
  return reading?.problem === 'hidden' && !reading.place ? undefined : reading?.stage
}

function answer(variable: Variable): Answer | StageReading {
  const { name, value, hiddenIn, vaults } = variable
  const overruled = name === enabledVariable ? overruledValue(variable) : undefined
  if (overruled && truthOf(overruled) !== false) {
    const reason = `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it with false`
    return unknown('overruled', overruled.place, reason)
  }
  if (vaults) return { truth: false, assumed: vaults }
  if (hiddenIn.length > 0) {
    const reason = `\`${name}\` is not set in plain text and could be in ${hiddenIn.join(', ')}`
    return unknown('hidden', undefined, reason)
  }
  if (!value) return { truth: false }
  const truth = truthOf(value)
  if (typeof truth === 'boolean')
    return { truth, ...(!isOfPlaybook(variable.definition) && { place: value.place }) }
  if (truth === 'contradictory') {
    const reason = `\`${name}\` is neither \`true\` nor \`false\`, and the playbook treats it as both`
    return { ...unknown('contradictory', value.place, reason), definition: variable.definition }
  }
  const where = value.kind === 'vault' ? 'in a vault' : 'written as Jinja'
  return unknown('hidden', value.place, `\`${name}\` is ${where}`)
}

/**
 * The value for a group that has no effect: the playbook's `group_vars`, next to its `setup.yml`, override group variables of
 * the inventory. They do so too if no checkout of the playbook is known.
 */
function overruledValue({ definition, overridden }: Variable): Value | undefined {
  if (definition?.source === 'playbook_group_vars') return overridden.find(isOfInventoryGroup)?.value
  return definition && isOfInventoryGroup(definition) ? definition.value : undefined
}

function unknown(
  problem: NonNullable<StageReading['problem']>,
  place: Place | undefined,
  reason: string,
): StageReading {
  return { stage: 'unknown', place, reason, problem }
}
