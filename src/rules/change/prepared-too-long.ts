import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'
import { preparedFor } from './prepared-for.ts'

const mostDays = 30

export const preparedTooLong = defineRule({
  id: 'change/prepared-too-long',
  severity: 'warning',
  stages: ['prepared'],
  why: 'Prepared is a state of transition: while it lasts, the lines that hold MAS back must stay, updates of the playbook may change what they mean, and what was rehearsed gets old.',
  remedy: 'Migrate, or take MAS out of the vars until you mean to.',
  examples: {
    wrong: [
      { vars: prepared, committedDaysAgo: 31 },
      { vars: prepared, committedDaysAgo: 400 },
    ],
    right: [
      { vars: prepared, committedDaysAgo: 30 },
      { vars: prepared, committedDaysAgo: 'untold' },
      { vars: live, committedDaysAgo: 400 },
      { vars: off, committedDaysAgo: 400 },
      prepared,
    ],
  },
  check: context => {
    const days = preparedFor(context)
    if (typeof days !== 'number' || days <= mostDays) return []
    const { place } = context.stage
    return [{ message: `the host has been prepared for ${days} days`, ...(place && { place }) }]
  },
})
