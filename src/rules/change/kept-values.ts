import { domainVariable, encryptionSecretVariable } from '../../domain/variables.ts'
import { changeOf, onLiveHost, removed, wasLive } from '../facts/change-compare.ts'
import {
  defineRule,
  type HostContext,
  live,
  off,
  prepared,
  type Rule,
  type Violation,
  vault,
} from '../kit/rule.ts'

interface KeptValue extends Pick<Rule, 'id' | 'remedy' | 'why'> {
  readonly variable: string
  /** Whether the rule applies only to hosts that were already live. */
  readonly onlyWhereLive: boolean
}

const keptValues: readonly KeptValue[] = [
  {
    id: 'change/encryption-secret',
    variable: encryptionSecretVariable,
    onlyWhereLive: true,
    why: 'MAS can no longer read what it encrypted with the old value: cookies, and data of upstream providers.',
    remedy:
      'Restore the old value. If the old value leaked, accept this finding in `accepted-findings.yml`, and announce that all users must log in again.',
  },
  {
    id: 'change/generic-secret',
    variable: 'matrix_homeserver_generic_secret_key',
    onlyWhereLive: true,
    why: 'The playbook derives most other secrets from `matrix_homeserver_generic_secret_key`, including those between Synapse, MAS and their databases. All of them would change at once.',
    remedy:
      'Restore the old value. If the old value leaked, first set each derived secret explicitly, then accept this finding in `accepted-findings.yml`.',
  },
  {
    id: 'change/server-name',
    variable: domainVariable,
    onlyWhereLive: false,
    why: 'Every account and room contains the name of the server. Synapse does not start if its database has another name. MAS holds the accounts of the old name.',
    remedy: 'Restore the old name. To use another name, set up a new host.',
  },
]

const [old, other] = ['ab'.repeat(32), 'cd'.repeat(32)]

export const keptValueRules: readonly Rule[] = keptValues.map(kept => {
  const { variable, onlyWhereLive, ...texts } = kept
  const at = (value: string, stage = live) => `${stage}${variable}: ${value}\n`
  return defineRule({
    ...texts,
    severity: 'error',
    stages: onlyWhereLive ? ['prepared', 'live'] : ['off', 'prepared', 'live'],
    needs: 'base',
    examples: {
      wrong: [
        { base: at(old), vars: at(other) },
        { base: at(old), vars: at(other, prepared) },
        { base: at(old), vars: live },
        { base: at(old), vars: live, files: vault },
        ...(onlyWhereLive ? [] : [{ base: at(old, off), vars: at(other, off) }]),
      ],
      right: [
        { base: at(old), vars: at(old) },
        { base: at(old), vars: at(`"${old}"`) },
        { base: at(old), vars: at('"{{ vault_secret }}"') },
        { base: live, vars: at(other) },
        ...(onlyWhereLive ? [{ base: at(old, prepared), vars: at(other, prepared) }] : []),
      ],
    },
    check: context => violations(context, kept),
  })
})

function violations(context: HostContext, { variable, onlyWhereLive }: KeptValue): readonly Violation[] {
  const { host, base } = context
  if (onlyWhereLive && !wasLive(context)) return []
  const change = changeOf(base?.host, host, variable)
  const gone = removed(base?.host, host, variable)
  if (change !== 'changed' && !gone) return []
  const place = host.variable(variable).value?.place ?? context.stage.place
  const where = onlyWhereLive ? onLiveHost : ' on an existing host'
  const verb = gone ? 'is removed' : 'changes'
  return [{ message: `\`${variable}\` ${verb}${where}`, place, ...gone }]
}
