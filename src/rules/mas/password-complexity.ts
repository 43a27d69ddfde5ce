import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_authentication_service_config_passwords_minimum_complexity'

export const passwordComplexity = defineRule({
  id: 'mas/password-complexity',
  severity: 'error',
  why: 'MAS rates passwords from 0 to 4. It does not start with text or a negative number. With more than 4, it rejects every new password.',
  remedy: 'Write a number from 0 to 4; 3 is the default.',
  examples: {
    wrong: [`${live}${name}: 5`, `${live}${name}: -1`, `${live}${name}: "3"`, `${live}${name}: high`],
    right: [live, `${live}${name}: 0`, `${live}${name}: 4`, `${live}${name}: "{{ x }}"`, `${name}: 5`],
  },
  check: ({ host }) => {
    const { value } = host.variable(name)
    if (!value || value.kind === 'unknown' || value.kind === 'vault') return []
    if (value.kind === 'integer' && value.value >= 0n && value.value <= 4n) return []
    return [{ message: `\`${name}\` is not a number from 0 to 4`, place: value.place }]
  },
})
