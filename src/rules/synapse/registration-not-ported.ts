import { defineRule } from '../rule.ts'
import { live, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { masRegistrationVariable, registrationVariable as name } from './registration.ts'

export const registrationNotPorted = defineRule({
  id: 'synapse/registration-not-ported',
  severity: 'notice',
  stages: ['prepared'],
  why: 'People can register now, and can no longer once MAS is live: registration is off in MAS unless it is turned on.',
  remedy: `Set \`${masRegistrationVariable}\` to what is meant: \`true\` lets people register. Tokens, captchas and addresses that Synapse asks for are settings of their own in MAS.`,
  examples: {
    wrong: [
      `${prepared}${name}: true`,
      {
        vars: `${prepared}${name}: true`,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
    right: [
      prepared,
      `${prepared}${name}: false`,
      `${prepared}${name}: true\n${masRegistrationVariable}: true`,
      `${prepared}${name}: true\n${masRegistrationVariable}: false`,
      `${live}${name}: true`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    if (state !== 'on' || switchAt(host, masRegistrationVariable).state !== 'absent') return []
    return [
      { message: `\`${name}\` is on, and MAS has no setting for registration`, ...(place && { place }) },
    ]
  },
})
