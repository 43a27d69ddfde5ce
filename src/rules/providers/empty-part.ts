import { partAt } from '../../inventory/value.ts'
import { providerList, providersOf, providersVariable, whole } from '../facts/providers.ts'
import { isEmptyPart, schemaErrors } from '../facts/schema-errors.ts'
import { replacePart } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

export const providerEmptyPart = defineRule({
  id: 'providers/empty-part',
  severity: 'error',
  why: 'In YAML, a key without a value is null. MAS does not start with a null here. This happens when all lines below a key are commented out, as in the example of the guide.',
  remedy: 'Remove the key, or set a value: `{}` for a mapping.',
  examples: {
    wrong: [
      providerList(...whole, 'claims_imports:', '  subject:', '    # template: x'),
      providerList(...whole, 'claims_imports:', '  localpart:', '    action:', '  email: ~'),
      providerList(...whole, 'scope:'),
      providerList(...whole, 'discovery_mode: null'),
    ],
    right: [
      providerList(...whole, 'claims_imports: {}'),
      providerList(...whole, 'claims_imports:', '  subject:', '    template:'),
      providerList(...whole, 'human_name:', 'synapse_idp_id: null', 'token_endpoint: ~'),
      providerList(...whole, 'scope: "{{ scope }}"'),
    ],
  },
  check: context => {
    const value = providersOf(context)
    const { definition } = context.host.variable(providersVariable)
    if (!value || !definition) return []
    return schemaErrors(value)
      .filter(error => isEmptyPart(error, value))
      .map(({ instancePath, params }) => {
        const part = partAt(value, instancePath)
        const [index = '', ...keys] = instancePath.split('/').slice(1)
        const message = `\`${keys.join('.')}\` of provider ${Number(index) + 1} has no value`
        const suggestion = params.type === 'object' ? replacePart(definition, part, '{}') : undefined
        return { message, place: part.place, suggestion }
      })
  },
})
