import { casVariable as name } from '../facts/cas.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

export const casWhilePrepared = defineRule({
  id: 'synapse/cas-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS has no CAS. syn2mas warns of it and goes on: accounts that log in by CAS only cannot log in after the migration.',
  remedy:
    'It may stay on until the migration. Before that give those accounts another way, such as a bridge (Dex) that speaks CAS on one side and OpenID Connect on the other.',
  examples: {
    wrong: [`${prepared}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${live}${name}: true`, `${off}${name}: true`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    return state === 'on'
      ? [{ message: `\`${name}\` is on, and MAS has no CAS`, ...(place && { place }) }]
      : []
  },
})
