import { changeOf, wasLive } from '../facts/change-compare.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule, type Example, type HostContext, type Offence, type Rule } from '../kit/rule.ts'

interface Watched {
  readonly id: string
  readonly variable: string
  readonly why: string
  readonly remedy: string
  /** Whether it matters only where MAS was live already. */
  readonly onlyWhereLive: boolean
}

const [old, other] = ['ab'.repeat(32), 'cd'.repeat(32)]

/** A rule about a variable that must keep its value. */
export function watchedRule(watched: Watched): Rule {
  const { variable, onlyWhereLive, ...texts } = watched
  const at = (value: string, stage = live) => `${stage}${variable}: ${value}\n`
  const notLive: readonly Example[] = onlyWhereLive
    ? [{ base: at(old, prepared), vars: at(other, prepared) }]
    : []
  return defineRule({
    ...texts,
    severity: 'error',
    stages: onlyWhereLive ? ['prepared', 'live'] : ['off', 'prepared', 'live'],
    needs: 'base',
    examples: {
      wrong: [
        { base: at(old), vars: at(other) },
        { base: at(old), vars: at(other, prepared) },
        ...(onlyWhereLive ? [{ base: at(old), vars: live }] : []),
        ...(onlyWhereLive ? [] : [{ base: at(old, off), vars: at(other, off) }]),
      ],
      right: [
        { base: at(old), vars: at(old) },
        { base: at(old), vars: at(`"${old}"`) },
        { base: at(old), vars: at('"{{ vault_secret }}"') },
        { base: live, vars: at(other) },
        ...notLive,
      ],
    },
    check: context => offences(context, watched),
  })
}

function offences(context: HostContext, { variable, onlyWhereLive }: Watched): readonly Offence[] {
  const { host, base } = context
  if (onlyWhereLive && !wasLive(context)) return []
  const change = changeOf(base?.host, host, variable)
  if (change !== 'changed' && !(change === 'removed' && onlyWhereLive)) return []
  const { place = context.stage.place } = host.variable(variable)
  const what = onlyWhereLive ? 'on a host that is live' : 'on a host that was there before'
  const verb = change === 'changed' ? 'changes' : 'is removed'
  return [{ message: `\`${variable}\` ${verb} ${what}`, ...(place && { place }) }]
}
