import { counterpartOf, dialectOf } from '../../playbook/dialect-variables.ts'
import { type Written, written } from '../facts/written.ts'
import { renameVariable } from '../kit/fix.ts'
import { type CheckoutFacts, defineRule, type Violation } from '../kit/rule.ts'

const old = { dialect: 'syn2mas-tool' } as const
const today = { dialect: 'mas-cli' } as const
const mas = 'matrix_authentication_service_'

export const otherDialect = defineRule({
  id: 'playbook/other-dialect',
  severity: 'error',
  needs: 'checkout',
  why: 'The two dialects of the playbook migrate to MAS with different variables. A playbook of `mas-cli` refuses those of `syn2mas-tool`. A playbook of `syn2mas-tool` silently ignores those of `mas-cli`, so a run that was meant as a dry run could be a real migration.',
  remedy:
    'Use the variables of the playbook that is checked out, or check out the intended playbook version at `playbook-path`.',
  examples: {
    wrong: [
      { vars: `${mas}syn2mas_migrate_dry_run: true`, checkout: old },
      { vars: `${mas}config_captcha_service: hcaptcha`, checkout: old },
      { vars: `${mas}syn2mas_dry_run: true`, checkout: today },
      { vars: 'matrix_synapse_experimental_features_msc3861_enabled: true', checkout: today },
    ],
    right: [
      { vars: `${mas}syn2mas_migrate_dry_run: true`, checkout: today },
      { vars: `${mas}syn2mas_dry_run: true`, checkout: old },
      { vars: 'matrix_synapse_matrix_authentication_service_enabled: false', checkout: old },
      `${mas}syn2mas_migrate_dry_run: true`,
    ],
  },
  checkAll: ({ hosts, checkout }) =>
    checkout
      ? written(hosts)
          .flatMap(variable => violations(variable, checkout))
          .toArray()
      : [],
})

function violations(
  { definition, host, about }: Written,
  { dialect, variables }: CheckoutFacts,
): Violation[] {
  const { name, namePlace: place } = definition
  const owner = dialectOf(name)
  if (owner === undefined || owner === dialect || variables?.defaultsOf(name).length) return []
  const counterpart = counterpartOf(name)
  const hint = counterpart === undefined ? '' : `; use \`${counterpart}\``
  const message = `\`${name}\` belongs to the dialect \`${owner}\`, but the checkout has \`${dialect}\`${hint}`
  const isSet = counterpart !== undefined && host.variable(counterpart).definition !== undefined
  const suggestion = counterpart === undefined || isSet ? undefined : renameVariable(definition, counterpart)
  return [{ message, place, ...about, suggestion }]
}
