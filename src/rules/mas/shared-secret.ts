import { synapseExtension } from '../../domain/variables.ts'
import { extension, inMas, inSynapse } from '../facts/extensions.ts'
import { missing, ownDefinition, ownText, subjectOf } from '../facts/values.ts'
import { defineRule, live, off, prepared, type Violation, vault, withEach } from '../kit/rule.ts'

const ofSynapse = 'matrix_synapse_matrix_authentication_service_secret'
const ofMas = 'matrix_authentication_service_config_matrix_secret'
const both = (synapse: string, mas: string) => `${live}${ofSynapse}: ${synapse}\n${ofMas}: ${mas}\n`

export const sharedSecret = defineRule({
  id: 'mas/shared-secret',
  severity: 'error',
  dialects: ['mas-cli'],
  why: 'Synapse and MAS authenticate each other with one shared secret. If they have different ones, Synapse cannot check any session (HTTP 503), so no user can log in.',
  remedy: `Remove both, or set only \`${ofMas}\`: the playbook passes it to Synapse.`,
  examples: {
    wrong: [
      both('invented', 'other-secret'),
      `${live}${ofSynapse}: invented`,
      { vars: `${live}${ofSynapse}: invented`, files: vault },
      live + inSynapse('matrix_authentication_service:', '  secret: invented'),
      live + inMas('matrix:', '  secret: invented'),
      `${live}${ofMas}: other-secret\n${inSynapse('matrix_authentication_service:', '  secret: invented')}`,
      `${prepared}${ofSynapse}: invented`,
    ],
    right: [
      live,
      `${live}${ofMas}: invented`,
      both('invented', 'invented'),
      both(`"{{ ${ofMas} }}"`, 'invented'),
      ...withEach(live, ofSynapse, '"{{ vault_mas }}"', "''"),
      live +
        inMas('matrix:', '  secret: invented') +
        extension(synapseExtension, 'matrix_authentication_service:', '  secret: invented'),
      `${off}${ofSynapse}: invented`,
    ],
  },
  check: ({ host, stage }): readonly Violation[] => {
    const [synapse, mas] = [ownText(host, ofSynapse), ownText(host, ofMas)]
    const severity = stage.stage === 'prepared' ? ('warning' as const) : undefined
    if (synapse && synapse.text !== '') {
      if (mas ? mas.text === synapse.text : !missing(host, ofMas)) return []
      const message = `${subjectOf(host.variable(ofSynapse))} is not the secret of MAS`
      return [{ message, severity, place: synapse.value.place, ...(mas ? {} : missing(host, ofMas)) }]
    }
    // By default Synapse follows the variable of MAS, which does not see its extension.
    const isPast = mas !== undefined && ownDefinition(host, ofMas) !== mas.definition
    if (!isPast || !missing(host, ofSynapse)) return []
    const message = `${subjectOf(host.variable(ofMas))} is not the secret of Synapse`
    return [{ message, severity, place: mas.value.place, ...missing(host, ofSynapse) }]
  },
})
