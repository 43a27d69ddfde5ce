import type { Place } from '../../domain/finding.ts'
import { synapseExtension } from '../../domain/variables.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import { extendedAt, inSynapse } from '../facts/extensions.ts'
import { subjectOf, turnOff, whereOn } from '../facts/values.ts'
import { defineRule, type HostContext, live, off, prepared, withEach } from '../kit/rule.ts'

const variableOf = (kind: string) => `matrix_synapse_ext_password_provider_${kind}_enabled`
/** Those that check the passwords of people. */
const ofPeople = ['rest_auth', 'ldap'].map(variableOf)
const sharedSecret = variableOf('shared_secret_auth')
export const passwordProviderVariables = [sharedSecret, ...ofPeople]

/** Python modules and classes that are password providers: those of the playbook, and those with a telling name. */
const passwordModule = /ldap|auth_?provider|authenticator/i

const modules = 'matrix_synapse_modules'

/** Password providers that are modules of Synapse, in the extension or in the playbook's list. */
export function passwordModules(
  context: Pick<HostContext, 'host' | 'repository'>,
): readonly { readonly subject: string; readonly place: Place }[] {
  const old = extendedAt(context, synapseExtension, ['password_providers'])
  const variable = context.host.variable(modules)
  const own = variable.value && !isOfPlaybook(variable.definition) ? modulesIn(variable.value) : []
  return [
    ...(old && modulesIn(old.value).length > 0
      ? [{ subject: `a module of \`password_providers\` in \`${synapseExtension}\``, place: old.place }]
      : []),
    ...own
      .filter(isPasswordModule)
      .map(({ place }) => ({ subject: `a module of ${subjectOf(variable)}`, place })),
  ]
}

function modulesIn(list: Value): readonly Value[] {
  if (list.kind !== 'list') return []
  return list.items.flatMap(item => entryOf(item, 'module')?.value ?? [])
}

function isPasswordModule(module: Value): boolean {
  return module.kind === 'string' && passwordModule.test(module.value)
}

export const passwordProviderWhileLive = defineRule({
  id: 'synapse/password-provider-while-live',
  severity: 'error',
  stages: ['live'],
  why: 'With delegation to MAS, Synapse authenticates no users itself. The playbook refuses password providers, and Synapse does not start with them.',
  remedy:
    'Give accounts whose password only the provider knows another way to log in. Then set it to `false` or remove the line in the change that migrates.',
  examples: {
    wrong: [
      ...passwordProviderVariables.map(variable => `${live}${variable}: true`),
      live + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      live + inSynapse('password_providers:', '  - module: rest_auth_provider.RestAuthProvider'),
      `${live}matrix_synapse_modules:\n  - module: shared_secret_authenticator.SharedSecretAuthProvider\n`,
    ],
    right: [
      live + inSynapse('modules:', '  - module: mjolnir.Module', '  - module: "{{ x }}"'),
      prepared + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      ...passwordProviderVariables.flatMap(variable => [
        ...withEach(live, variable, 'false', '"{{ x }}"'),
        `${prepared}${variable}: true`,
        `${off}${variable}: true`,
      ]),
    ],
  },
  check: context => [
    ...whereOn(context, [sharedSecret], 'is on while MAS is live', turnOff),
    // No fix: turned off at once, accounts are locked out without a word.
    ...whereOn(context, ofPeople, 'is on while MAS is live'),
    ...passwordModules(context).map(({ subject, place }) => ({
      message: `${subject} checks passwords while MAS is live`,
      place,
    })),
  ],
})

export const passwordProviderWhilePrepared = defineRule({
  id: 'synapse/password-provider-while-prepared',
  severity: 'warning',
  stages: ['prepared'],
  why: 'MAS does not support password providers, and syn2mas does not detect them. Accounts whose password only the provider knows cannot log in after the migration. Bridges that log in with a shared secret need another way.',
  remedy:
    'It can stay on until the migration. Before that, check which accounts and bridges depend on it. Give them a password, an upstream provider or appservice login.',
  examples: {
    wrong: [
      ...passwordProviderVariables.map(variable => `${prepared}${variable}: true`),
      prepared + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      prepared + inSynapse('password_providers:', '  - module: rest_auth_provider.RestAuthProvider'),
      `${prepared}matrix_synapse_modules:\n  - module: shared_secret_authenticator.SharedSecretAuthProvider\n`,
    ],
    right: [
      prepared + inSynapse('modules:', '  - module: mjolnir.Module', '  - module: "{{ x }}"'),
      live + inSynapse('modules:', '  - module: ldap_auth_provider.LdapAuthProviderModule'),
      ...passwordProviderVariables.flatMap(variable => [
        `${prepared}${variable}: false`,
        `${live}${variable}: true`,
        `${off}${variable}: true`,
      ]),
    ],
  },
  check: context => [
    ...whereOn(context, passwordProviderVariables, 'is on, but MAS does not support it'),
    ...passwordModules(context).map(({ subject, place }) => ({
      message: `${subject} checks passwords, but MAS does not support it`,
      place,
    })),
  ],
})
