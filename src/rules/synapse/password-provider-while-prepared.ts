import { defineRule } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { passwordProviderVariables as variables } from './password-providers.ts'

export const passwordProviderWhilePrepared = defineRule({
  id: 'synapse/password-provider-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS has no such provider, and syn2mas does not notice this one: accounts whose password only the provider knows cannot log in after the migration, and bridges that log in by shared secret need another way.',
  remedy:
    'It may stay on until the migration. Before that, see which accounts and bridges rely on it, and give them a password, an upstream provider or appservice login.',
  examples: {
    wrong: variables.map(variable => `${prepared}${variable}: true`),
    right: variables.flatMap(variable => [
      `${prepared}${variable}: false`,
      `${live}${variable}: true`,
      `${off}${variable}: true`,
    ]),
  },
  check: ({ host }) =>
    variables.flatMap(variable => {
      const { state, place } = switchAt(host, variable)
      if (state !== 'on') return []
      const message = `\`${variable}\` is on, and MAS will not have it after the migration`
      return [{ message, ...(place && { place }) }]
    }),
})
