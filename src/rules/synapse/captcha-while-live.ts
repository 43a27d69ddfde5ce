import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { masCaptchaVariable, captchaVariable as name } from './registration.ts'
import { turnOff } from './while.ts'

export const captchaWhileLive = defineRule({
  id: 'synapse/captcha-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'Once Synapse delegates to MAS, MAS makes the accounts. Today the playbook refuses the captcha of Synapse beside it, and Synapse does not start.',
  remedy: `Turn it off in the change that migrates. MAS has its own in \`${masCaptchaVariable}\`.`,
  examples: {
    wrong: [`${live}${name}: true`],
    right: [live, `${live}${name}: false`, `${live}${name}: "{{ x }}"`, `${prepared}${name}: true`],
  },
  check: context => turnOff(context, name, 'is on while MAS is live'),
})
