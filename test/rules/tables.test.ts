import { describe, expect, test } from 'vitest'
import { askAbout } from '../../src/rules/example.ts'
import { masCaptcha } from '../../src/rules/mas/captcha.ts'
import { emailTransport } from '../../src/rules/mas/email-transport.ts'
import { extension, extensionVariable } from '../../src/rules/mas/extension.ts'
import { extensionOverrides, owners } from '../../src/rules/mas/extension-overrides.ts'
import { masHostnameTaken, services } from '../../src/rules/mas/hostname-taken.ts'
import { secretInPublic } from '../../src/rules/mas/secret-in-public.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { postmoogle } from '../../src/rules/services/postmoogle.ts'
import { live, prepared } from '../../src/rules/stages.ts'
import { refused, synapseExtensionRefused } from '../../src/rules/synapse/extension-refused.ts'
import { synapseExtension } from '../../src/rules/synapse/homeserver-yaml.ts'
import { passwordProviderWhileLive } from '../../src/rules/synapse/password-provider-while-live.ts'
import { passwordProviderWhilePrepared } from '../../src/rules/synapse/password-provider-while-prepared.ts'

const messages = (rule: Rule, vars: string) => askAbout(rule, vars).offences.map(({ message }) => message)

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
  ['allow_guest_access', 'prepared live'],
  ['enable_registration', 'live'],
  ['enable_registration_captcha', 'live'],
  ['password_config.enabled', 'live'],
  ['cas_config.enabled', 'prepared live'],
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

describe('a service with a hostname of its own', () => {
  const mas = (hostname: string) =>
    `${live}matrix_domain: example.test\nmatrix_authentication_service_hostname: ${hostname}\nmatrix_authentication_service_path_prefix: /\n`

  test('is in the table', () => {
    expect(services.map(({ enabled }) => enabled)).toEqual(hosts.map(([enabled]) => enabled))
  })

  test.each(hosts)('%s has %s to itself', (enabled, usual) => {
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

describe('what the extension of Synapse may not hold beside MAS', () => {
  test('is in the table', () => {
    const rows = refused.map(({ path, stages }) => [path.join('.'), stages.join(' ')])
    expect(rows).toEqual(besideMas.map(row => [...row]))
  })

  const rows = besideMas.flatMap(([path, stages]) => stages.split(' ').map(stage => [path, stage] as const))
  test.each(rows)('%s is found at the stage %s', (path, stage) => {
    const vars = (value: string) =>
      (stage === 'live' ? live : prepared) + extension(synapseExtension, ...yamlAt(path.split('.'), value))
    const value = path === 'oidc_providers' ? '[a]' : /sp_config|user_consent/.test(path) ? '{a: b}' : 'true'
    expect(messages(synapseExtensionRefused, vars(value))).toEqual([expect.stringContaining(`\`${path}\``)])
    expect(messages(synapseExtensionRefused, vars('false'))).toEqual([])
  })
})

describe('what has a variable of its own in MAS', () => {
  test('is in the table', () => {
    expect(Object.keys(owners)).toEqual(ownVariables)
  })

  test.each(ownVariables)('%s', path => {
    const vars = live + extension(extensionVariable, ...yamlAt(path.split('.'), '"{{ x }}"'))
    const offence = `\`${path}\` has a variable of its own: \`matrix_authentication_service_config_`
    expect(messages(extensionOverrides, vars)).toEqual([expect.stringContaining(offence)])
  })
})

describe('a name that holds a secret', () => {
  const endings = [
    ...['pass', 'password', 'passphrase', 'secret', 'token', 'pepper', 'secrets_encryption', 'api_hash'],
    ...[
      'secret_key',
      'private_key',
      'access_key',
      'api_key',
      'encryption_key',
      'signing_key',
      'access_key_id',
    ],
  ]
  test.each(endings)('ends in %s', ending => {
    const inPublic = (vars: string) => ({ vars, visibility: 'public' }) as const
    expect(askAbout(secretInPublic, inPublic(`matrix_x_${ending}: invented`)).offences).toHaveLength(1)
    expect(askAbout(secretInPublic, inPublic(`matrix_x: [{${ending}: invented}]`)).offences).toHaveLength(1)
    expect(askAbout(secretInPublic, inPublic(`matrix_x_${ending}_file: /x`)).offences).toEqual([])
  })
})

describe('what MAS knows', () => {
  const config = (name: string) => `matrix_authentication_service_config_${name}`
  const captchaKeys = `${config('captcha_site_key')}: a\n${config('captcha_secret_key')}: invented\n`

  test.each(['recaptcha_v2', 'cloudflare_turnstile', 'hcaptcha'])('the captcha %s', service => {
    expect(messages(masCaptcha, `${live}${config('captcha_service')}: ${service}\n${captchaKeys}`)).toEqual(
      [],
    )
  })

  test.each(['blackhole', 'smtp'])('mail by %s', transport => {
    expect(messages(emailTransport, `${live}${config('email_transport')}: ${transport}\n`)).toEqual([])
  })

  test.each(['plain', 'tls', 'starttls'])('SMTP in the mode %s', mode => {
    const vars = `${live}${config('email_transport')}: smtp\n${config('email_mode')}: ${mode}\n`
    expect(messages(emailTransport, vars)).toEqual([])
  })
})

describe('a password provider', () => {
  test.each([
    'matrix_synapse_ext_password_provider_shared_secret_auth_enabled',
    'matrix_synapse_ext_password_provider_rest_auth_enabled',
    'matrix_synapse_ext_password_provider_ldap_enabled',
  ])('%s', name => {
    expect(messages(passwordProviderWhilePrepared, `${prepared}${name}: true\n`)).toHaveLength(1)
    expect(messages(passwordProviderWhileLive, `${live}${name}: true\n`)).toHaveLength(1)
  })

  test.each([
    'shared_secret_authenticator.SharedSecretAuthProvider',
    'rest_auth_provider.RestAuthProvider',
    'ldap_auth_provider.LdapAuthProviderModule',
    'synapse_token_authenticator.TokenAuthenticator',
    'my_ldap.Module',
  ])('the module %s', module => {
    const vars = prepared + extension(synapseExtension, 'modules:', `  - module: ${module}`)
    expect(messages(passwordProviderWhilePrepared, vars)).toHaveLength(1)
  })

  test.each([
    'mjolnir.Module',
    'synapse_auto_accept_invite.InviteAutoAccepter',
    'synapse_s3_storage_provider.S3',
  ])('is not the module %s', module => {
    const vars = prepared + extension(synapseExtension, 'modules:', `  - module: ${module}`)
    expect(messages(passwordProviderWhilePrepared, vars)).toEqual([])
  })
})

describe('a bot that goes by mail', () => {
  test.each(['matrix_postmoogle', 'matrix_bridge_postmoogle', 'matrix_bot_postmoogle'])('%s', name => {
    expect(messages(postmoogle, `${live}${name}_enabled: true\n`)).toHaveLength(1)
  })
})
