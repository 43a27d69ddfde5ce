import type { Place } from '../../domain/finding.ts'
import { entryOf, type Value } from '../../inventory/value.ts'
import type { HostContext } from '../kit/rule.ts'
import { extendedAt, synapseExtension } from './extensions.ts'
import { isOfPlaybook } from './values.ts'

export const passwordProviderVariables = ['shared_secret_auth', 'rest_auth', 'ldap'].map(
  kind => `matrix_synapse_ext_password_provider_${kind}_enabled`,
)

/** Python modules and classes that are password providers: those of the playbook, and those with a telling name. */
const passwordModule = /ldap|auth_?provider|authenticator/i

/** Password providers that are modules of Synapse, in the extension or in the playbook's list. */
export function passwordModules(
  context: Pick<HostContext, 'host' | 'repository'>,
): readonly { readonly subject: string; readonly place: Place }[] {
  const inExtension = ['modules', 'password_providers'].flatMap(key => {
    const extended = extendedAt(context, synapseExtension, [key])
    const modules = extended ? modulesIn(extended.value) : []
    return extended && modules.some(module => key === 'password_providers' || isPasswordModule(module))
      ? [{ subject: `a module of \`${key}\` in \`${synapseExtension}\``, place: extended.place }]
      : []
  })
  const variable = 'matrix_synapse_modules'
  const { value, definition } = context.host.variable(variable)
  const own = value && !isOfPlaybook(definition) ? modulesIn(value) : []
  return [
    ...inExtension,
    ...own.filter(isPasswordModule).map(({ place }) => ({ subject: `a module of \`${variable}\``, place })),
  ]
}

function modulesIn(list: Value): readonly Value[] {
  if (list.kind !== 'list') return []
  return list.items.flatMap(item => entryOf(item, 'module')?.value ?? [])
}

function isPasswordModule(module: Value): boolean {
  return module.kind === 'string' && passwordModule.test(module.value)
}
