import { casVariable as name } from '../facts/cas.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

export const casWhilePrepared = defineRule({
  id: 'synapse/cas-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS does not support CAS. syn2mas only warns and continues: accounts that use only CAS cannot log in after the migration.',
  remedy:
    'CAS can stay on until the migration. Before that, give these accounts another way to log in, such as Dex, which connects CAS to OpenID Connect.',
  examples: {
    wrong: [`${prepared}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${live}${name}: true`, `${off}${name}: true`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    return state === 'on' ? [{ message: `\`${name}\` is on, but MAS does not support CAS`, place }] : []
  },
})
