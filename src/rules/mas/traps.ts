import type { Dialect } from '../../domain/stage.ts'
import {
  delegationVariable,
  elementVariable,
  enabledVariable,
  inProgressVariable,
  wellKnownVariable,
} from '../../domain/variables.ts'
import { isSetInVain, ownSwitch } from '../facts/overruled.ts'
import { switchAt } from '../facts/values.ts'
import { closedTraps } from '../facts/variables.ts'
import { linesBefore, removeVariable, replaceValue } from '../kit/fix.ts'
import { defineRule, type HostContext, live, prepared, type Rule, type Violation } from '../kit/rule.ts'

/** A variable that must be `false` while prepared, and must not be while live. */
interface Trap {
  readonly variable: string
  /** The rule while prepared: what fails without the line. */
  readonly open: { readonly id: string; readonly severity: 'error' | 'warning'; readonly why: string }
  /** The rule while live: what fails with the line. */
  readonly leftOver: { readonly id: string; readonly severity: 'error' | 'warning'; readonly why: string }
  readonly dialects?: readonly Dialect[]
  /** A switch that makes the variable harmless if it is off. */
  readonly unless?: string
}

const traps: readonly Trap[] = [
  {
    variable: delegationVariable,
    open: {
      id: 'mas/delegation-while-prepared',
      severity: 'error',
      why: `By default \`${delegationVariable}\` follows \`${enabledVariable}\`, even while a migration is in progress. Until the migration is done, password login would fail, the playbook would refuse registration and password providers, and stopping MAS would stop Synapse.`,
    },
    leftOver: {
      id: 'mas/delegation-held-back-while-live',
      severity: 'error',
      why: `With \`${delegationVariable}: false\`, Synapse does not delegate to MAS, but the reverse proxy already sends logins to MAS. Synapse does not accept the new sessions, so no user can log in.`,
    },
    dialects: ['mas-cli'],
  },
  {
    variable: wellKnownVariable,
    open: {
      id: 'mas/well-known-while-prepared',
      severity: 'warning',
      why: 'The client well-known file advertises MAS as soon as MAS is enabled. A login through MAS before the migration adds rows to the database of MAS, and syn2mas refuses a database that is not empty.',
    },
    leftOver: {
      id: 'mas/well-known-held-back-while-live',
      severity: 'warning',
      why: `Clients discover MAS through the well-known file. With \`${wellKnownVariable}: false\`, new clients do not find MAS.`,
    },
    unless: 'matrix_static_files_enabled',
  },
  {
    variable: elementVariable,
    open: {
      id: 'mas/element-while-prepared',
      severity: 'warning',
      why: 'Element Web offers login through MAS as soon as MAS is enabled. A login before the migration adds rows to the database of MAS, and syn2mas refuses a database that is not empty.',
    },
    leftOver: {
      id: 'mas/element-held-back-while-live',
      severity: 'warning',
      why: `With \`${elementVariable}: false\`, Element Web keeps using the compatibility login instead of the login of MAS.`,
    },
    dialects: ['mas-cli'],
    unless: 'matrix_client_element_enabled',
  },
]

export const trapRules: readonly Rule[] = [...traps.map(openRule), ...traps.map(leftOverRule)]

/** The rule that requires the line while prepared. */
function openRule(trap: Trap): Rule {
  const { variable, open } = trap
  const others = closedTraps.replace(`${variable}: false\n`, '')
  return defineRule({
    ...open,
    stages: ['prepared'],
    ...(trap.dialects && { dialects: trap.dialects }),
    remedy: `Add \`${variable}: false\` now, and remove it in the change that migrates.`,
    examples: {
      wrong: [prepared, `${prepared}${others}`, `${prepared}${others}${variable}: true`],
      right: [
        `${prepared}${closedTraps}`,
        `${prepared}${variable}: "{{ ${enabledVariable} and not ${inProgressVariable} }}"`,
        live,
        ...(trap.unless ? [`${prepared}${trap.unless}: false`] : []),
        { vars: prepared, checkout: { dialect: 'mas-cli', traps: [] } },
        ...(trap.dialects ? [{ vars: prepared, checkout: { dialect: 'syn2mas-tool' } } as const] : []),
      ],
    },
    check: context => openViolations(trap, context),
  })
}

function openViolations(
  { variable, unless }: Trap,
  { host, stage, checkout, repository }: HostContext,
): readonly Violation[] {
  if (checkout && !checkout.traps.includes(variable)) return []
  if (unless && switchAt(host, unless).state === 'off') return []
  if (isSetInVain(host, variable)) return []
  const { state, subject, place, definition } = switchAt(host, variable)
  if (state === 'off' || state === 'unclear') return []
  if (state === 'on') {
    return [
      {
        message: `${subject} must be \`false\` while MAS is prepared`,
        place,
        remedy:
          definition?.inExtension &&
          `Set ${subject} to \`false\`, or remove it: it decides in place of \`${variable}\`, which stays \`false\` until the change that migrates.`,
        suggestion: replaceValue(definition, 'false'),
      },
    ]
  }
  const message = `\`${variable}: false\` is missing while MAS is prepared`
  if (!stage.place) return [{ message }]
  const own = ownSwitch(host)
  const suggestion = linesBefore(own, [`${variable}: false`], repository.files)
  return [{ message, place: own?.value.place ?? stage.place, suggestion }]
}

/** The rule that requires the removal of the line once live. */
function leftOverRule(trap: Trap): Rule {
  const { variable, leftOver } = trap
  return defineRule({
    ...leftOver,
    stages: ['live'],
    ...(trap.dialects && { dialects: trap.dialects }),
    remedy: `Remove the line \`${variable}: false\`.`,
    examples: {
      wrong: [`${live}${variable}: false`, `${live}${closedTraps}`],
      right: [live, `${live}${variable}: true`, `${prepared}${closedTraps}`, `${live}${variable}: "{{ x }}"`],
    },
    check: ({ host }) => {
      const { state, subject, place, definition } = switchAt(host, variable)
      if (state !== 'off') return []
      const message = `${subject} is still \`false\`, but these vars make MAS live`
      const remedy = definition?.inExtension && `Remove ${subject}.`
      return [{ message, place, remedy, suggestion: removeVariable(definition) }]
    },
  })
}
