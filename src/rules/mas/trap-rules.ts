import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { linesBefore, removeVariable, replaceValue, withFix } from '../kit/fix.ts'
import { defineRule, type HostContext, type HostRule, type Offence } from '../kit/rule.ts'
import { closed, type Trap } from './traps.ts'

/** The rule that asks for the line while prepared. */
export function openRule(trap: Trap): HostRule {
  const { variable, open } = trap
  const others = closed.replace(`${variable}: false\n`, '')
  return defineRule({
    ...open,
    stages: ['prepared'],
    ...(trap.dialects && { dialects: trap.dialects }),
    remedy: `Add \`${variable}: false\` now, and remove it again in the change that migrates.`,
    examples: {
      wrong: [prepared, `${prepared}${others}`, `${prepared}${others}${variable}: true`],
      right: [
        `${prepared}${closed}`,
        `${prepared}${variable}: "{{ ${enabledVariable} and not ${inProgressVariable} }}"`,
        live,
        ...(trap.unless ? [`${prepared}${trap.unless}: false`] : []),
        { vars: prepared, checkout: { dialect: 'mas-cli' } },
        ...(trap.dialects ? [{ vars: prepared, checkout: { dialect: 'syn2mas-tool' } } as const] : []),
      ],
    },
    check: context => openOffences(trap, context),
  })
}

function openOffences(
  { variable, unless }: Trap,
  { host, stage, checkout }: HostContext,
): readonly Offence[] {
  if (checkout && !checkout.traps.includes(variable)) return []
  if (unless && switchAt(host, unless).state === 'off') return []
  const { state, place, definition } = switchAt(host, variable)
  if (state === 'off' || state === 'unclear') return []
  if (state === 'on') {
    return [
      {
        message: `\`${variable}\` must be \`false\` while MAS is prepared`,
        ...(place && { place }),
        ...withFix(replaceValue(definition, 'false')),
      },
    ]
  }
  const message = `\`${variable}: false\` is missing while MAS is prepared`
  if (!stage.place) return [{ message }]
  const deciding = host.variable(inProgressVariable).definition
  return [{ message, place: stage.place, ...withFix(linesBefore(deciding, [`${variable}: false`])) }]
}

/** The rule that asks to take the line away again once live. */
export function leftOverRule(trap: Trap): HostRule {
  const { variable, leftOver } = trap
  return defineRule({
    ...leftOver,
    stages: ['live'],
    ...(trap.dialects && { dialects: trap.dialects }),
    remedy: `Remove the line \`${variable}: false\`.`,
    examples: {
      wrong: [`${live}${variable}: false`, `${live}${closed}`],
      right: [live, `${live}${variable}: true`, `${prepared}${closed}`, `${live}${variable}: "{{ x }}"`],
    },
    check: ({ host }) => {
      const { state, place, definition } = switchAt(host, variable)
      if (state !== 'off') return []
      const message = `\`${variable}\` is still \`false\` while MAS is live`
      return [{ message, ...(place && { place }), ...withFix(removeVariable(definition)) }]
    },
  })
}
