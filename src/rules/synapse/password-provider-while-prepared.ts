import { extension, synapseExtension } from '../facts/extensions.ts'
import { passwordModules, passwordProviderVariables as variables } from '../facts/password-providers.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { whereOn } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

export const passwordProviderWhilePrepared = defineRule({
  id: 'synapse/password-provider-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS does not support password providers, and syn2mas does not detect them. Accounts whose password only the provider knows cannot log in after the migration. Bridges that log in with a shared secret need another way.',
  remedy:
    'It can stay on until the migration. Before that, check which accounts and bridges depend on it. Give them a password, an upstream provider or appservice login.',
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
    ...whereOn(context, variables, 'is on, but MAS does not support it'),
    ...passwordModules(context).map(({ subject, place }) => ({
      message: `${subject} checks passwords, but MAS does not support it`,
      place,
    })),
  ],
})
