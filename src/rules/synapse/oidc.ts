import { oidcEnabledVariable, oidcProvidersVariable } from '../../domain/variables.ts'
import { isUsed } from '../facts/references.ts'
import { missing, switchAt } from '../facts/values.ts'
import { exampleProvider } from '../facts/variables.ts'
import { removeVariable } from '../kit/fix.ts'
import { defineRule, live, off, prepared, vault } from '../kit/rule.ts'

export const oidcLeftOver = defineRule({
  id: 'synapse/oidc-left-over',
  severity: 'notice',
  stages: ['live'],
  why: 'Providers of Synapse have no effect once MAS is live. They contain client secrets, and readers may believe that they are still in use.',
  remedy: `Remove \`${oidcProvidersVariable}\`. If other vars use a part of it, such as a client secret, move that part to its own variable first.`,
  examples: {
    wrong: [`${live}${exampleProvider}`, `${live}${oidcEnabledVariable}: false\n${exampleProvider}`],
    right: [
      live,
      `${live}${oidcProvidersVariable}: []`,
      `${prepared}${exampleProvider}`,
      `${live}${oidcProvidersVariable}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { value, definition } = host.variable(oidcProvidersVariable)
    if (!definition || value.kind !== 'list' || value.items.length === 0) return []
    if (switchAt(host, oidcEnabledVariable).state === 'on') return []
    const message = `\`${oidcProvidersVariable}\` has no effect while MAS is live`
    // Only this list has the client secrets: without it they are lost.
    const suggestion = isUsed(host, oidcProvidersVariable) ? undefined : removeVariable(definition)
    return [{ message, place: definition.namePlace, suggestion }]
  },
})

const on = `${oidcEnabledVariable}: true\n${exampleProvider}`

export const oidcRemovedEarly = defineRule({
  id: 'synapse/oidc-removed-early',
  severity: 'error',
  stages: ['prepared'],
  needs: 'base',
  why: 'Until the migration, users log in with the provider of Synapse. syn2mas reads it from the configuration of Synapse, and refuses accounts of a missing provider.',
  remedy: 'Keep it for now, and remove it in the change that migrates.',
  examples: {
    wrong: [
      { base: off + on, vars: prepared },
      { base: prepared + on, vars: `${prepared}${oidcEnabledVariable}: false\n${exampleProvider}` },
      { base: prepared + on, vars: prepared, files: vault },
    ],
    right: [
      { base: prepared + on, vars: prepared + on },
      { base: prepared + on, vars: live },
      { base: off, vars: prepared },
      { base: prepared + on, vars: `${prepared}${oidcEnabledVariable}: "{{ x }}"` },
    ],
  },
  check: ({ host, base }) => {
    if (!base?.host || switchAt(base.host, oidcEnabledVariable).state !== 'on') return []
    const { state, place } = switchAt(host, oidcEnabledVariable)
    if (state !== 'off' && !(state === 'absent' && missing(host, oidcEnabledVariable))) return []
    return [{ message: "this change removes Synapse's OpenID Connect before accounts are migrated", place }]
  },
})
