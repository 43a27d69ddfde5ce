import { describe, expect, test } from 'vitest'
import { askAbout } from '../../scripts/rule-examples.ts'
import { synapseExtension } from '../../src/domain/variables.ts'
import { extension } from '../../src/rules/facts/extensions.ts'
import { live, prepared, type Rule } from '../../src/rules/kit/rule.ts'
import { emailTransport } from '../../src/rules/mas/email.ts'
import { masCaptcha } from '../../src/rules/mas/login.ts'
import { secretInPublic } from '../../src/rules/mas/secret-in-public.ts'
import { registrationNotPorted } from '../../src/rules/synapse/not-ported.ts'
import {
  passwordProviderWhileLive,
  passwordProviderWhilePrepared,
} from '../../src/rules/synapse/password-providers.ts'

const messages = (rule: Rule, vars: string) => askAbout(rule, vars).violations.map(({ message }) => message)

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
    expect(askAbout(secretInPublic, inPublic(`matrix_x_${ending}: invented`)).violations).toHaveLength(1)
    expect(askAbout(secretInPublic, inPublic(`matrix_x: [{${ending}: invented}]`)).violations).toHaveLength(1)
    expect(askAbout(secretInPublic, inPublic(`matrix_x_${ending}_file: /x`)).violations).toEqual([])
  })
})

describe('a secret in a public repository', () => {
  const pem = '-----BEGIN PRIVATE KEY-----'

  test.each([
    'ansible_become_pass: invented',
    'ansible_become_password: invented',
    'ansible_ssh_pass: invented',
    'ansible_password: invented',
    `matrix_x_certificate: |\n  ${pem}\n  invented\n`,
    `matrix_x_tls:\n  key: |\n    ${pem}\n    invented\n`,
    extension('matrix_x_configuration_extension_json', '{"a": {"client_secret": "invented"}}'),
  ])('%j', vars => {
    expect(askAbout(secretInPublic, { vars, visibility: 'public' }).violations).toHaveLength(1)
  })
})

describe('MAS supports', () => {
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

describe('the remedy if registration is not set in MAS', () => {
  const registration = `${prepared}matrix_synapse_enable_registration: true\n`
  const token = 'matrix_authentication_service_config_account_registration_token_required'
  const advice = (lines: string, dialect: 'mas-cli' | 'syn2mas-tool') =>
    askAbout(registrationNotPorted, { vars: registration + lines, checkout: { dialect } }).violations[0]
      ?.remedy

  test('requires a token in MAS if Synapse requires one', () => {
    const lines = 'matrix_synapse_registration_requires_token: true\n'
    expect(advice(lines, 'mas-cli')).toContain(`\`${token}: true\``)
    expect(advice(lines, 'syn2mas-tool')).toContain('Keep registration off')
  })

  test('mentions no token if Synapse requires none', () => {
    expect(advice('', 'mas-cli')).toBeUndefined()
    expect(advice('matrix_synapse_registration_requires_token: false\n', 'mas-cli')).toBeUndefined()
  })
})
