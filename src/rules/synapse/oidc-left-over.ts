import { live, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import {
  oidcEnabledVariable as enabledName,
  exampleProvider as provider,
  oidcProvidersVariable as providersName,
} from '../facts/variables.ts'
import { removeVariable } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

export const oidcLeftOver = defineRule({
  id: 'synapse/oidc-left-over',
  severity: 'warning',
  stages: ['live'],
  why: 'Providers of Synapse have no effect once MAS is live. They contain client secrets, and readers may believe that they are still in use.',
  remedy: `Remove \`${providersName}\`.`,
  examples: {
    wrong: [`${live}${provider}`, `${live}${enabledName}: false\n${provider}`],
    right: [
      live,
      `${live}${providersName}: []`,
      `${prepared}${provider}`,
      `${live}${providersName}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { value, definition } = host.variable(providersName)
    if (!definition || value.kind !== 'list' || value.items.length === 0) return []
    if (switchAt(host, enabledName).state === 'on') return []
    const message = `\`${providersName}\` has no effect while MAS is live`
    return [{ message, place: definition.namePlace, suggestion: removeVariable(definition) }]
  },
})
