import { describe, expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { parseYaml } from '../../src/inventory/read/yaml-file.ts'
import { migrationWithOtherChanges } from '../../src/rules/change/migration-with-other-changes.ts'
import { changeBetween } from '../../src/rules/facts/change-compare.ts'
import { type Example, live, prepared } from '../../src/rules/kit/rule.ts'
import { passwordUnicodeDefault } from '../../src/rules/mas/password-schemes.ts'

function changed(before: string, after: string) {
  const [a, b] = [before, after].map(text => parseYaml('vars.yml', text).value)
  return a && b ? changeBetween(a, b) : undefined
}

describe('two values', () => {
  test.each([
    ['same', 'v1', '"v1"'],
    ['same', '[a, b]', '- a\n- b'],
    ['same', '{a: 1, b: 2}', '{b: 2, a: 1}'],
    ['changed', 'v1', 'v2'],
    ['changed', '1', '"1"'],
    ['changed', '[a]', '[a, b]'],
    ['changed', '[a, "{{ x }}"]', '[b, "{{ y }}"]'],
    ['changed', '{a: 1}', '{a: 1, b: 2}'],
    ['changed', '{a: 1}', '{b: 1}'],
    ['rewritten', '"{{ x }}"', '"{{ y }}"'],
    ['rewritten', 'v1', '"{{ x }}"'],
    ['rewritten', '["{{ x }}"]', '["{{ y }}"]'],
    ['rewritten', '"{{ x }}"', '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162'],
    ['hidden', '"{{ x }}"', '"{{ x }}"'],
    [
      'hidden',
      '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
      '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6163',
    ],
  ])('are %s: %j and %j', (change, before, after) => {
    expect(changed(before, after)).toBe(change)
  })
})

describe('the change that migrates may change', () => {
  test.each([
    'matrix_synapse_matrix_authentication_service_enabled',
    'matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled',
    'matrix_client_element_features_feature_oidc_native_flow',
    'matrix_synapse_oidc_enabled',
    'matrix_synapse_cas_config_enabled',
    'matrix_synapse_ext_password_provider_ldap_enabled',
    'matrix_synapse_password_config_enabled',
    'matrix_synapse_enable_registration',
    'matrix_synapse_registration_requires_token',
    'matrix_synapse_recaptcha_public_key',
    'matrix_synapse_allow_guest_access',
    'matrix_synapse_configuration_extension_yaml',
  ])('%s', name => {
    const example = { base: `${prepared}${name}: true\n`, vars: `${live}${name}: false\n` }
    expect(askAbout(migrationWithOtherChanges, example).violations).toEqual([])
  })
})

describe('the schemes that lock out accents', () => {
  const suggestions = (example: Example) =>
    askAbout(passwordUnicodeDefault, example).violations.map(({ suggestion }) => suggestion !== undefined)

  test('get a suggested fix while prepared', () => {
    expect(suggestions(prepared)).toEqual([true])
  })

  test('are reported without a fix in the change that migrates, which must change nothing else', () => {
    const vars = `${live}matrix_authentication_service_migration_in_progress: false\n`
    expect(suggestions({ base: prepared, vars })).toEqual([false])
  })
})
