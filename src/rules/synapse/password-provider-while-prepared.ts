import { extension } from '../facts/extension.ts'
import { synapseExtension } from '../facts/homeserver-yaml.ts'
import { passwordModules, passwordProviderVariables as variables } from '../facts/password-providers.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

export const passwordProviderWhilePrepared = defineRule({
  id: 'synapse/password-provider-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS has no such provider, and syn2mas does not notice this one: accounts whose password only the provider knows cannot log in after the migration, and bridges that log in by shared secret need another way.',
  remedy:
    'It may stay on until the migration. Before that, see which accounts and bridges rely on it, and give them a password, an upstream provider or appservice login.',
  examples: {
    wrong: [
      ...variables.map(variable => `${prepared}${variable}: true`),
      prepared +
        extension(synapseExtension, 'modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      prepared +
        extension(synapseExtension, 'password_providers:', '  - module: rest_auth_provider.RestAuthProvider'),
      `${prepared}matrix_synapse_modules:\n  - module: shared_secret_authenticator.SharedSecretAuthProvider\n`,
    ],
    right: [
      prepared +
        extension(synapseExtension, 'modules:', '  - module: mjolnir.Module', '  - module: "{{ x }}"'),
      live + extension(synapseExtension, 'modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      ...variables.flatMap(variable => [
        `${prepared}${variable}: false`,
        `${live}${variable}: true`,
        `${off}${variable}: true`,
      ]),
    ],
  },
  check: context => [
    ...variables.flatMap(variable => {
      const { state, place } = switchAt(context.host, variable)
      if (state !== 'on') return []
      const message = `\`${variable}\` is on, and MAS will not have it after the migration`
      return [{ message, ...(place && { place }) }]
    }),
    ...passwordModules(context).map(({ subject, place }) => ({
      message: `${subject} checks passwords, and MAS will not have it after the migration`,
      place,
    })),
  ],
})
