import {
  oidcEnabledVariable as enabledName,
  exampleProvider as provider,
  oidcProvidersVariable as providersName,
} from '../facts/oidc.ts'
import { live, prepared } from '../facts/stages.ts'
import { takeAway } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

export const oidcWhileLive = defineRule({
  id: 'synapse/oidc-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Synapse does not start with its own OpenID Connect beside the delegation to MAS. Today the playbook refuses it; the one of 2024 lets it pass.',
  remedy: `Remove \`${enabledName}\` and \`${providersName}\` in the change that migrates: MAS has the providers by then.`,
  examples: {
    wrong: [`${live}${enabledName}: true`, `${live}${enabledName}: true\n${provider}`],
    right: [
      live,
      `${live}${enabledName}: false`,
      `${live}${enabledName}: "{{ x }}"`,
      `${prepared}${enabledName}: true\n${provider}`,
    ],
  },
  check: context => takeAway(context, enabledName, 'is on while MAS is live'),
})
