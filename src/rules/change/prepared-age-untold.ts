import { live, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'
import { preparedFor } from './prepared-for.ts'

export const preparedAgeUntold = defineRule({
  id: 'change/prepared-age-untold',
  severity: 'notice',
  stages: ['prepared'],
  why: 'A host should not stay prepared for long, and a shallow clone does not hold the commit that prepared it.',
  remedy: 'Have actions/checkout fetch all commits (`fetch-depth: 0`) to be told.',
  examples: {
    wrong: [{ vars: prepared, committedDaysAgo: 'untold' }],
    right: [{ vars: prepared, committedDaysAgo: 400 }, { vars: live, committedDaysAgo: 'untold' }, prepared],
  },
  check: context => {
    if (preparedFor(context) !== 'untold') return []
    const { place } = context.stage
    return [{ message: 'this clone does not tell since when the host is prepared', ...(place && { place }) }]
  },
})
