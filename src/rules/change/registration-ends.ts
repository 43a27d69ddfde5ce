import { isUnset } from '../facts/values.ts'
import { masRegistrationVariable, registrationVariable } from '../facts/variables.ts'
import { defineRule, live, off, prepared } from '../kit/rule.ts'
import { registrationWithoutMas } from '../synapse/not-ported.ts'

const remedy = `In an earlier change, set \`${masRegistrationVariable}\` to \`true\` to keep registration, or to \`false\` to end it.`

export const registrationEnds = defineRule({
  id: 'change/registration-ends',
  severity: 'warning',
  stages: ['live'],
  needs: 'base',
  why: 'Before this change, users can register in Synapse. Afterwards only MAS creates accounts, and registration is off there by default.',
  remedy,
  examples: {
    wrong: [
      { base: `${prepared}${registrationVariable}: true`, vars: `${live}${registrationVariable}: false` },
      { base: `${prepared}${registrationVariable}: true`, vars: live },
    ],
    right: [
      { base: prepared, vars: live },
      { base: `${prepared}${registrationVariable}: "{{ x }}"`, vars: live },
      { base: `${prepared}${registrationVariable}: true`, vars: `${live}${masRegistrationVariable}: true` },
      { base: `${prepared}${registrationVariable}: true`, vars: `${live}${masRegistrationVariable}: false` },
      { base: `${prepared}${registrationVariable}: true\n${masRegistrationVariable}: true`, vars: live },
      { base: `${live}${registrationVariable}: true`, vars: live },
      { base: `${off}${registrationVariable}: true`, vars: live },
    ],
  },
  check: ({ base, host, stage, checkout }) => {
    if (!base?.host || base.stage.stage !== 'prepared' || !isUnset(host, masRegistrationVariable)) return []
    return registrationWithoutMas({ host: base.host, checkout }).map(({ remedy: ofTokens }) => ({
      message: 'this change ends registration: it is on in Synapse before, and not set in MAS',
      place: stage.place,
      ...(ofTokens !== undefined && { remedy: `${remedy} ${ofTokens}` }),
    }))
  },
})
