import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { filesOf } from '../../scripts/rule-examples.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { convertProviders } from '../../src/mas/providers/providers.ts'
import { checkHosts } from '../../src/rules/check-hosts.ts'
import { providersVariable } from '../../src/rules/facts/providers.ts'
import { live } from '../../src/rules/kit/rule.ts'

/** Providers of Synapse as people configure them, by the service. */
const synapse: Readonly<Record<string, string>> = {
  Keycloak: `idp_id: keycloak
    idp_name: Keycloak
    issuer: "https://id.example.test/realms/x"
    client_id: synapse
    client_secret: invented
    scopes: ["openid", "profile"]
    user_mapping_provider:
      config:
        localpart_template: "{% raw %}{{ user.preferred_username }}{% endraw %}"
        display_name_template: "{% raw %}{{ user.name }}{% endraw %}"
    backchannel_logout_enabled: true`,
  Google: `idp_id: google
    idp_brand: google
    issuer: "https://accounts.google.com/"
    client_id: a
    client_secret: invented
    scopes: ["openid", "profile", "email"]
    user_mapping_provider:
      config:
        localpart_template: "{{ user.preferred_username }}"
        display_name_template: "{{ user.name }}"
        email_template: "{{ user.email }}"`,
  'Google by the address': `idp_id: google
    issuer: "https://accounts.google.com"
    client_id: a
    client_secret: invented
    scopes: ["openid", "profile", "email"]
    allow_existing_users: true
    user_mapping_provider:
      config:
        localpart_template: "{{ user.email | localpart_from_email }}"`,
  GitHub: `idp_id: github
    idp_brand: github
    discover: false
    issuer: "https://github.com/"
    client_id: a
    client_secret: invented
    authorization_endpoint: "https://github.com/login/oauth/authorize"
    token_endpoint: "https://github.com/login/oauth/access_token"
    userinfo_endpoint: "https://api.github.com/user"
    scopes: ["read:user"]
    user_mapping_provider:
      config:
        subject_claim: id
        localpart_template: "{{ user.login }}"
        display_name_template: "{{ user.name }}"`,
  'a public client': `idp_id: public
    issuer: "https://id.example.test/"
    client_id: a
    pkce_method: always
    user_profile_method: userinfo_endpoint`,
  'names that users confirm': `idp_id: sso
    issuer: "https://id.example.test/"
    client_id: a
    client_secret: invented
    client_auth_method: client_secret_post
    skip_verification: true
    enable_registration: false
    user_mapping_provider:
      config:
        subject_template: "{{ user.tid }}-{{ user.oid }}"
        confirm_localpart: true
        localpart_template: "{{ user.given_name }}.{{ user.family_name }}"`,
  'the response by a form': `issuer: "https://id.example.test/"
    client_id: a
    client_secret: invented
    additional_authorization_parameters: {response_mode: form_post, prompt: consent}
    forward_login_hint: true`,
}

const proposed = (lines: string, byArguments = false) =>
  convertProviders(`matrix_synapse_oidc_providers:\n  - ${lines}\n`, { byArguments })?.items ?? ''

/** The configuration of MAS as the playbook writes it: Ansible has taken its own Jinja away. */
function configOf(lines: string): string {
  const written = proposed(lines)
    .replace(/\{% (?:end)?raw %\}/g, '')
    .replace(/\{\{ matrix_synapse_oidc_providers\[0\]\.client_secret \}\}/, 'invented')
  return stringify({
    secrets: { encryption: 'ab'.repeat(32), keys: [] },
    matrix: { homeserver: 'example.test', secret: 'invented' },
    upstream_oauth2: { providers: parse(written) },
  })
}

function errorsOf(lines: string): readonly string[] {
  const vars = `${live}matrix_synapse_oidc_providers:\n  - ${lines}\n${providersVariable}:\n${proposed(lines).replace(/^/gm, '  ')}\n`
  const files = memoryFiles(filesOf(vars))
  const inventory = readInventory('inventory/hosts', files)
  return checkHosts({ repository: { files, inventory }, hosts: inventory.hosts })
    .filter(({ id, severity }) => id.startsWith('providers/') && severity !== 'notice')
    .map(({ id, message }) => `${id}: ${message}`)
}

const providers = Object.entries(synapse)

describe('what is proposed for MAS', () => {
  // The rules are compared with answers of `mas-cli config check` (test/rules/providers/config-check.test.ts).
  test.each(providers)('has no finding of the rules about providers: %s', (_, lines) => {
    expect(errorsOf(lines)).toEqual([])
  })

  test('has no local part where the service sends no user name, and fetches the claims where there is no ID token', () => {
    const [google, github] = [synapse.Google ?? '', synapse.GitHub ?? ''].map(
      lines => parse(proposed(lines))[0],
    )
    expect(google.claims_imports).not.toHaveProperty('localpart')
    expect(google.claims_imports).toMatchObject({ email: { action: 'force' } })
    expect(proposed(synapse.Google ?? '')).toContain('users choose their name in MAS')
    expect(github).toMatchObject({ fetch_userinfo: true, discovery_mode: 'disabled' })
  })

  const folder = process.env.LAB_MAS_DIR
  test.each(folder === undefined ? [] : providers)(
    'is accepted by `mas-cli config check` (LAB_MAS_DIR): %s',
    (_, lines) => {
      const work = mkdtempSync(join(tmpdir(), 'mas-config-'))
      try {
        const file = join(work, 'config.yaml')
        const check = (text: string) => {
          writeFileSync(file, text)
          execFileSync(join(folder ?? '', 'mas-cli'), ['-c', file, 'config', 'check'], { stdio: 'pipe' })
        }
        check(configOf(lines))
        expect(() => check(configOf(lines).replace(/id: 01/, 'id: 9'))).toThrow()
      } finally {
        rmSync(work, { recursive: true })
      }
    },
  )
})
