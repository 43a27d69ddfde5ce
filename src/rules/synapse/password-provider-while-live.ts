import { extension, synapseExtension } from '../facts/extensions.ts'
import { passwordModules, passwordProviderVariables as variables } from '../facts/password-providers.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { turnOff, whereOn } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

export const passwordProviderWhileLive = defineRule({
  id: 'synapse/password-provider-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'With delegation to MAS, Synapse authenticates no users itself. The playbook refuses password providers, and Synapse does not start with them.',
  remedy: 'Set it to `false` or remove the line in the change that migrates.',
  examples: {
    wrong: [
      ...variables.map(variable => `${live}${variable}: true`),
      live + extension(synapseExtension, 'modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      live +
        extension(synapseExtension, 'password_providers:', '  - module: rest_auth_provider.RestAuthProvider'),
      `${live}matrix_synapse_modules:\n  - module: shared_secret_authenticator.SharedSecretAuthProvider\n`,
    ],
    right: [
      live + extension(synapseExtension, 'modules:', '  - module: mjolnir.Module', '  - module: "{{ x }}"'),
      prepared +
        extension(synapseExtension, 'modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      ...variables.flatMap(variable => [
        `${live}${variable}: false`,
        `${live}${variable}: "{{ x }}"`,
        `${prepared}${variable}: true`,
        `${off}${variable}: true`,
      ]),
    ],
  },
  check: context => [
    ...whereOn(context, variables, 'is on while MAS is live', turnOff),
    ...passwordModules(context).map(({ subject, place }) => ({
      message: `${subject} checks passwords while MAS is live`,
      place,
    })),
  ],
})
