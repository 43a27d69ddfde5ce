import { live, prepared } from '../facts/stages.ts'
import { removeLine } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_experimental_features_msc4108_enabled'

export const qrLoginWhilePrepared = defineRule({
  id: 'synapse/qr-login-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'Logging in by QR code needs MAS: the playbook refuses it while Synapse does not delegate yet.',
  remedy: 'Remove the line: the playbook turns it on by itself once MAS is live.',
  examples: {
    wrong: [`${prepared}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${live}${name}: true`],
  },
  check: context => removeLine(context, name, 'is on while MAS is prepared'),
})
