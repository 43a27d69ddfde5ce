import type { Value } from '../../inventory/value.ts'
import { extendedAt, extension, homeserver, synapseExtension } from '../facts/extensions.ts'
import { live, prepared } from '../facts/stages.ts'
import { isOfPlaybook } from '../facts/values.ts'
import { asSwitch } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const { variable: name, path } = homeserver.passwords

export const passwordConfigWhilePrepared = defineRule({
  id: 'synapse/password-config-while-prepared',
  severity: 'error',
  stages: ['prepared'],
  why: 'Both migration tools accept only `true` or `false`, and stop at anything else, such as `only_for_reauth`.',
  remedy: 'Until the migration, write `true` if users log in with passwords, and `false` if they do not.',
  examples: {
    wrong: [
      `${prepared}${name}: only_for_reauth`,
      `${prepared}${name}: "true"`,
      `${prepared}${name}: "false"`,
      prepared + extension(synapseExtension, 'password_config:', '  enabled: only_for_reauth'),
    ],
    right: [
      prepared,
      `${prepared}${name}: true`,
      `${prepared}${name}: false`,
      `${prepared}${name}: "{{ x }}"`,
      `${prepared}${name}: only_for_reauth\n${extension(synapseExtension, 'password_config:', '  enabled: false')}`,
      `${live}${name}: only_for_reauth`,
    ],
  },
  check: context => {
    const extended = extendedAt(context, synapseExtension, path)
    if (extended) {
      const message = `\`${path.join('.')}\` in \`${synapseExtension}\` is neither \`true\` nor \`false\``
      return isNoSwitch(extended.value) ? [{ message, place: extended.place }] : []
    }
    const { value, definition } = context.host.variable(name)
    if (!value || isOfPlaybook(definition) || !isNoSwitch(value)) return []
    const message = `\`${name}\` is neither \`true\` nor \`false\` while MAS is prepared`
    // Synapse takes any text for "on", so that of text which says "no" it is not certain what is meant.
    const fix = asSwitch(definition)
    return [{ message, place: value.place, suggestion: fix?.text === 'true' ? fix : undefined }]
  },
})

function isNoSwitch({ kind }: Value): boolean {
  return kind !== 'boolean' && kind !== 'unknown' && kind !== 'vault'
}
