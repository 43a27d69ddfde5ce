import { delegationVariable, enabledVariable, inProgressVariable } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import { changeOf } from '../facts/change-compare.ts'
import { defineRule, type HostContext, live, prepared } from '../kit/rule.ts'

/** A migration may change these: the variables of the guide, and those that conflict with delegation. */
const allowedVariables = [
  new RegExp(`^(?:${enabledVariable}|${inProgressVariable}|${delegationVariable})$`),
  /^matrix_static_files_file_matrix_client_property_org_matrix_msc2965_/,
  /^matrix_client_element_features_feature_oidc_native_flow$/,
  /^matrix_synapse_(?:oidc|cas|ext_password_provider|password_config|enable_registration|registration|recaptcha|allow_guest)/,
  /^matrix_synapse_configuration_extension_yaml$/,
]
const maxNames = 8
const version = (value: string) => `matrix_synapse_version: ${value}\n`

function otherChanges({ host, base }: HostContext): readonly string[] {
  const before = base?.host
  if (!before) return []
  const names = new Set([...before.variableNames(), ...host.variableNames()])
  return [...names].filter(
    name => !allowedVariables.some(pattern => pattern.test(name)) && differs(before, host, name),
  )
}

function differs(before: Host, host: Host, name: string): boolean {
  const isWritten = (owner: Host) => owner.variable(name).definition !== undefined
  const change = changeOf(before, host, name)
  return isWritten(before) !== isWritten(host) || change === 'changed' || change === 'rewritten'
}

export const migrationWithOtherChanges = defineRule({
  id: 'change/migration-with-other-changes',
  severity: 'warning',
  stages: ['live'],
  needs: 'base',
  why: 'A migration should change only authentication. Then the cause of a failure is clear, and a rollback reverts nothing else. `migrate` refuses changes to versions or other files.',
  remedy: 'Move the other changes to a separate pull request, and deploy it before or after the migration.',
  examples: {
    wrong: [
      { base: prepared, vars: live + version('v1.99.0') },
      { base: `${prepared}matrix_base_data_path: /matrix\n`, vars: live },
      {
        base: `${prepared}matrix_synapse_workers_enabled: false\n`,
        vars: `${live}matrix_synapse_workers_enabled: true\n`,
      },
      { base: prepared + version('"{{ a }}"'), vars: live + version('"{{ b }}"') },
      { base: prepared + version('v1.99.0'), vars: live + version('"{{ a }}"') },
    ],
    right: [
      { base: prepared, vars: live },
      { base: `${prepared}${delegationVariable}: false\n`, vars: live },
      { base: `${prepared}matrix_synapse_oidc_enabled: true\n`, vars: live },
      { base: prepared + version('v1.99.0'), vars: version('"v1.99.0"') + live },
      { base: live, vars: live + version('v1.99.0') },
      { base: prepared + version('"{{ a }}"'), vars: live + version('"{{ a }}"') },
    ],
  },
  check: context => {
    if (context.base?.stage.stage !== 'prepared') return []
    const names = otherChanges(context).toSorted()
    if (names.length === 0) return []
    const shown = names.slice(0, maxNames).map(name => `\`${name}\``)
    const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : ''
    const first = names.map(name => context.host.variable(name).definition?.namePlace).find(Boolean)
    const place = first ?? context.stage.place
    return [{ message: `this change migrates the host and also changes ${shown.join(', ')}${more}`, place }]
  },
})
