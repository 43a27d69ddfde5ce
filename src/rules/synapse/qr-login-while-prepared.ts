import { live, prepared } from '../facts/stages.ts'
import { withoutLine } from '../facts/synapse-while.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_synapse_experimental_features_msc4108_enabled'

export const qrLoginWhilePrepared = defineRule({
  id: 'synapse/qr-login-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'QR code login needs MAS. The playbook refuses it while Synapse does not delegate to MAS.',
  remedy: 'Remove the line. The playbook turns QR code login on automatically once MAS is live.',
  examples: {
    wrong: [`${prepared}${name}: true`],
    right: [prepared, `${prepared}${name}: false`, `${live}${name}: true`],
  },
  check: context => withoutLine(context, name, 'is on while MAS is prepared'),
})
