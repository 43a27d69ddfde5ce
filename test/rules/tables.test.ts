import { describe, expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { synapseExtension } from '../../src/domain/variables.ts'
import { masPaths } from '../../src/rules/facts/doors.ts'
import { extension, extensionVariable } from '../../src/rules/facts/extensions.ts'
import { live, prepared, type Rule } from '../../src/rules/kit/rule.ts'
import { extensionOverrides } from '../../src/rules/mas/extension.ts'
import { masHostnameTaken, services } from '../../src/rules/mas/hostname-taken.ts'
import { refused, synapseExtensionRefused } from '../../src/rules/synapse/extension-refused.ts'

const messages = (rule: Rule, vars: string) => askAbout(rule, vars).violations.map(({ message }) => message)

/** Lines of YAML that give a value to a path. */
function yamlAt(path: readonly string[], value: string): readonly string[] {
  const last = path.length - 1
  return path.map((key, depth) => `${'  '.repeat(depth)}${key}:${depth === last ? ` ${value}` : ''}`)
}

/** Each row of the tables once more: a row that is lost is noticed. */
const hosts = [
  ['matrix_client_element_enabled', 'element.example.test'],
  ['matrix_client_schildichat_enabled', 'schildichat.example.test'],
  ['matrix_client_fluffychat_enabled', 'fluffychat.example.test'],
  ['matrix_client_commet_enabled', 'commet.example.test'],
  ['hydrogen_enabled', 'hydrogen.example.test'],
  ['matrix_client_hydrogen_enabled', 'hydrogen.example.test'],
  ['cinny_enabled', 'cinny.example.test'],
  ['matrix_client_cinny_enabled', 'cinny.example.test'],
  ['sable_enabled', 'sable.example.test'],
  ['matrix_element_call_enabled', 'call.element.example.test'],
  ['matrix_element_admin_enabled', 'admin.element.example.test'],
  ['etherpad_enabled', 'etherpad.example.test'],
  ['jitsi_enabled', 'jitsi.example.test'],
  ['ntfy_enabled', 'ntfy.example.test'],
  ['grafana_enabled', 'stats.example.test'],
  ['matrix_sygnal_enabled', 'sygnal.example.test'],
  ['matrix_rageshake_enabled', 'rageshake.example.test'],
  ['matrix_matrixto_enabled', 'mt.example.test'],
  ['matrix_bot_buscarron_enabled', 'buscarron.example.test'],
  ['matrix_bot_go_neb_enabled', 'goneb.example.test'],
  ['matrix_dimension_enabled', 'dimension.example.test'],
  ['matrix_bridge_mautrix_wsproxy_enabled', 'wsproxy.example.test'],
  ['matrix_mautrix_wsproxy_enabled', 'wsproxy.example.test'],
] as const
const besideMas = [
  ['enable_3pid_changes', 'prepared live'],
  ['login_via_existing_session.enabled', 'prepared live'],
  ['session_lifetime', 'live'],
  ['refresh_token_lifetime', 'live'],
  ['nonrefreshable_access_token_lifetime', 'live'],
  ['jwt_config.enabled', 'prepared live'],
  ['saml2_config.enabled', 'prepared live'],
  ['saml2_config.sp_config', 'prepared live'],
  ['oidc_config.enabled', 'live'],
  ['oidc_providers', 'live'],
  ['user_consent', 'live'],
] as const
const ownVariables = [
  'email.from',
  'email.reply_to',
  'email.transport',
  'email.mode',
  'email.hostname',
  'email.port',
  'email.username',
  'email.password',
  'secrets.encryption',
  'secrets.keys',
  'passwords.enabled',
  'passwords.schemes',
  'passwords.minimum_complexity',
  'matrix.homeserver',
  'matrix.secret',
  'matrix.endpoint',
  'account.email_change_allowed',
  'account.displayname_change_allowed',
  'account.password_registration_enabled',
  'account.password_registration_email_required',
  'account.password_change_allowed',
  'account.password_recovery_enabled',
  'account.account_deactivation_allowed',
  'account.login_with_email_allowed',
  'account.registration_token_required',
  'captcha.service',
  'captcha.site_key',
  'captcha.secret_key',
  'database.host',
  'database.port',
  'database.username',
  'database.password',
  'database.database',
  'database.ssl_mode',
  'database.max_connections',
  'database.min_connections',
  'database.connect_timeout',
  'database.idle_timeout',
  'database.max_lifetime',
  'http.public_base',
  'http.issuer',
  'http.trusted_proxies',
  'http.listeners',
  'upstream_oauth2.providers',
  'clients',
]

describe('a service with its own hostname', () => {
  const mas = (hostname: string) =>
    `${live}matrix_domain: example.test\nmatrix_authentication_service_hostname: ${hostname}\nmatrix_authentication_service_path_prefix: /\n`

  test('is in the table', () => {
    expect(services.map(({ enabled }) => enabled)).toEqual(hosts.map(([enabled]) => enabled))
  })

  test.each(hosts)('%s uses %s alone', (enabled, usual) => {
    const on = `${enabled}: true\n`
    expect(messages(masHostnameTaken, mas(usual) + on)).toHaveLength(1)
    expect(messages(masHostnameTaken, `${mas(usual)}${enabled}: false\n`)).toEqual([])
    const { hostname, fqn } = services.find(service => service.enabled === enabled) ?? {}
    for (const variable of [hostname, fqn].filter(name => name !== undefined)) {
      const moved = `${on}${variable}: own.example.test\n`
      expect(messages(masHostnameTaken, mas(usual) + moved)).toEqual([])
      expect(messages(masHostnameTaken, mas('own.example.test') + moved)).toHaveLength(1)
    }
  })
})

describe('settings in the extension of Synapse that conflict with MAS', () => {
  test('is in the table', () => {
    const rows = refused.map(({ path, ...rest }) => [
      path.join('.'),
      rest.prepared ? 'prepared live' : 'live',
    ])
    expect(rows).toEqual(besideMas.map(row => [...row]))
  })

  const rows = besideMas.flatMap(([path, stages]) => stages.split(' ').map(stage => [path, stage] as const))
  test.each(rows)('%s is reported at the stage %s', (path, stage) => {
    const vars = (value: string) =>
      (stage === 'live' ? live : prepared) + extension(synapseExtension, ...yamlAt(path.split('.'), value))
    const value = path === 'oidc_providers' ? '[a]' : /sp_config|user_consent/.test(path) ? '{a: b}' : 'true'
    expect(messages(synapseExtensionRefused, vars(value))).toEqual([expect.stringContaining(`\`${path}\``)])
    expect(messages(synapseExtensionRefused, vars('false'))).toEqual([])
  })
})

describe('settings with their own MAS variable', () => {
  test('is in the table', () => {
    expect([...masPaths.values()].map(path => path.join('.')).toSorted()).toEqual(ownVariables.toSorted())
  })

  test.each(ownVariables)('%s', path => {
    const vars = live + extension(extensionVariable, ...yamlAt(path.split('.'), '"{{ x }}"'))
    const violation = `\`${path}\` has its own variable: \`matrix_authentication_service_config_`
    expect(messages(extensionOverrides, vars)).toEqual([expect.stringContaining(violation)])
  })
})
