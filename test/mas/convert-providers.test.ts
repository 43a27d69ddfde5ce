import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { withProposals } from '../../src/actions/validation/proposals.ts'
import { validate } from '../../src/actions/validation/validate.ts'
import { proposeProviders } from '../../src/mas/convert-providers.ts'
import { isUlid } from '../../src/mas/provider-mapping.ts'
import { applySuggestion } from '../../src/rules/fix.ts'
import { memoryFiles } from '../../src/support/files.ts'

const providers = (...lines: readonly string[]) =>
  `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - ${lines.join('\n    ')}\n`
const usual = [
  'idp_id: sso',
  'issuer: https://sso.example.org/',
  'client_id: synapse',
  'client_secret: "{{ vault_sso }}"',
]
const converted = (...lines: readonly string[]) => {
  const proposal = proposeProviders(providers(...lines))
  const [first] = parse(proposal?.text ?? '', {
    logLevel: 'error',
  }).matrix_authentication_service_config_upstream_oauth2_providers
  return {
    provider: first as Record<string, unknown>,
    text: proposal?.text ?? '',
    gaps: proposal?.gaps ?? [],
  }
}

describe('the counterpart of a provider of Synapse', () => {
  test('has an id, the name that links are stored under, and what both have', () => {
    const { provider, gaps } = converted(
      ...usual,
      'idp_name: Our SSO',
      'idp_brand: keycloak',
      'scopes: [openid, profile]',
    )
    expect(provider).toEqual({
      id: expect.stringMatching(/^01/),
      synapse_idp_id: 'oidc-sso',
      issuer: 'https://sso.example.org/',
      client_id: 'synapse',
      client_secret: '{{ vault_sso }}',
      human_name: 'Our SSO',
      brand_name: 'keycloak',
      scope: 'openid profile',
      token_endpoint_auth_method: 'client_secret_basic',
    })
    expect(gaps).toEqual([])
    expect(isUlid(String(provider.id))).toBe(true)
  })

  test.each([
    [['idp_id: oidc'], { synapse_idp_id: 'oidc' }],
    [['idp_name: x'], { synapse_idp_id: 'oidc', token_endpoint_auth_method: 'none', scope: 'openid' }],
    [['client_auth_method: client_secret_post'], { token_endpoint_auth_method: 'client_secret_post' }],
    [['client_secret_path: /run/sso'], { client_secret_file: '/run/sso' }],
    [['discover: false'], { discovery_mode: 'disabled' }],
    [['skip_verification: true'], { discovery_mode: 'insecure' }],
    [['discover: true', 'skip_verification: false'], { discovery_mode: undefined }],
    [['user_profile_method: userinfo_endpoint'], { fetch_userinfo: true }],
    [['scopes: [openid]'], { fetch_userinfo: undefined }],
    [['scopes: ["read:user"]'], { fetch_userinfo: true, scope: 'read:user' }],
    [['backchannel_logout_enabled: true'], { on_backchannel_logout: 'logout_all' }],
    [['pkce_method: always'], { pkce_method: 'always' }],
    [['enable_registration: false'], { registration_token_required: true }],
    [
      ['additional_authorization_parameters: {response_mode: form_post, hd: example.org}'],
      { response_mode: 'form_post', additional_authorization_parameters: { hd: 'example.org' } },
    ],
  ])('turns %j into %j', (lines, expected) => {
    expect(converted(...lines).provider).toMatchObject(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    )
    for (const [key, value] of Object.entries(expected)) {
      if (value === undefined) expect(converted(...lines).provider).not.toHaveProperty(key)
    }
  })

  test('imports what the mapping of Synapse does, in templates that Ansible leaves alone', () => {
    const { provider } = converted(
      ...usual,
      'allow_existing_users: true',
      'user_mapping_provider:',
      '  config:',
      '    subject_claim: sub',
      '    localpart_template: "{{ user.preferred_username }}"',
      '    display_name_template: "{% raw %}{{ user.name }}{% endraw %}"',
      '    email_template: !unsafe "{{ user.email }}"',
    )
    expect(provider.claims_imports).toEqual({
      subject: { template: '{% raw %}{{ user.sub }}{% endraw %}' },
      localpart: {
        action: 'require',
        template: '{% raw %}{{ user.preferred_username }}{% endraw %}',
        on_conflict: 'add',
      },
      displayname: { action: 'force', template: '{% raw %}{{ user.name }}{% endraw %}' },
      email: { action: 'force', template: '{{ user.email }}' },
    })
  })

  test.each([
    'idp_icon: mxc://example.test/a',
    'attribute_requirements: [{attribute: group, value: admin}]',
    'client_secret_jwt_key: {key: abc}',
    'id_token_signing_alg_values_supported: [RS256]',
    'user_mapping_provider: {module: my.Module}',
    'a_key_of_tomorrow: 1',
  ])('names what MAS has nothing for: %s', line => {
    const { gaps, text } = converted(...usual, line)
    const key = line.split(':')[0] ?? ''
    expect(gaps.map(gap => gap.key).join()).toContain(key)
    expect(text).toMatch(new RegExp(`^ +# ${key}`, 'm'))
  })

  test('keeps comments, those above a key and those beside it', () => {
    const { text } = converted(
      '# what everybody uses',
      'idp_id: sso # never change it',
      '# the realm',
      'issuer: https://sso.example.org/ # with a slash',
      'client_id: synapse',
    )
    for (const comment of ['what everybody uses', 'never change it', 'the realm', 'with a slash']) {
      expect(text).toContain(`# ${comment}`)
    }
  })

  test('is the same whenever it is asked', () => {
    expect(converted(...usual).text).toBe(converted(...usual).text)
  })

  test('never repeats a client secret, not in a comment either', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/), secret => {
        const lines = [
          'idp_id: sso',
          `# not ${secret}`,
          `client_secret: s${secret}s # once s${secret}s`,
          'client_id: c',
        ]
        const text = converted(...lines.filter(line => !line.startsWith('# not'))).text
        expect(text).not.toContain(secret)
        expect(text).toContain('{{ matrix_synapse_oidc_providers[0].client_secret }}')
      }),
    )
  })

  test('repeats no other secret of a comment, named or not, and keeps the rest of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:[a-zA-Z][0-9]){8,20}$/), old => {
        const { text } = converted(
          'idp_id: sso',
          `# client_secret: "${old}"`,
          `issuer: https://sso.example.org/ # was ${old} until spring`,
          'client_id: c',
        )
        expect(text).not.toContain(old)
        expect(text).toContain('until spring')
      }),
    )
  })

  test('leaves out an address that holds a password', () => {
    const { text, gaps } = converted('idp_id: a', 'issuer: https://me:hunter2hunter2@sso.example.org/')
    expect(text).not.toContain('hunter2')
    expect(gaps).toMatchObject([{ key: 'issuer' }])
  })

  test('keeps a secret that is in a vault, or a variable', () => {
    expect(converted(...usual).text).toContain('client_secret: "{{ vault_sso }}"')
    const vault = converted(
      'idp_id: a',
      'client_secret: !vault |',
      '  $ANSIBLE_VAULT;1.1;AES256',
      '  6162',
    ).text
    expect(vault).toContain('client_secret: !vault |\n      $ANSIBLE_VAULT;1.1;AES256\n      6162')
  })

  test.each([
    '',
    'matrix_synapse_oidc_providers: []',
    'matrix_synapse_oidc_providers: "{{ x }}"',
    'a: [',
    '- 1',
  ])('is none where there is no provider: %j', text => {
    expect(proposeProviders(text)).toBeUndefined()
  })
})

describe('a repository whose Synapse has providers that MAS lacks', () => {
  const vars = `matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: "{{ vault_mas }}"
matrix_authentication_service_migration_in_progress: true
matrix_synapse_matrix_authentication_service_enabled: false
${providers(...usual, 'discover: true', 'idp_icon: mxc://example.test/a')}`
  const file = 'inventory/host_vars/matrix.example.test/vars.yml'
  const sources = (text: string) => ({
    inventory: 'inventory/hosts',
    files: memoryFiles({ 'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n', [file]: text }),
  })

  test('is given them as the fix of the finding, after which nothing is wrong', async () => {
    const { verdict } = await withProposals(validate(sources(vars)), sources(vars), false)
    const finding = verdict.findings.find(({ id }) => id === 'providers/synapse-unmapped')
    expect(finding?.remedy).toContain('of `idp_icon`')
    if (!finding?.suggestion) throw new Error('no suggestion')
    const errors = (text: string) =>
      validate(sources(text)).findings.filter(({ severity }) => severity === 'error')
    expect(errors(vars).map(({ id }) => id)).toEqual(['providers/synapse-unmapped'])
    expect(errors(applySuggestion(vars, finding.suggestion))).toEqual([])
  })

  test('is given them as a text for a file, with the host named', async () => {
    const { text } = await withProposals(validate(sources(vars)), sources(vars), true)
    expect(text).toMatch(/^# For matrix\.example\.test: /)
    expect(parse(text)).toHaveProperty('matrix_authentication_service_config_upstream_oauth2_providers')
  })

  test('is not asked twice where nothing is missing', async () => {
    const plain = sources('matrix_domain: example.test\n')
    const verdict = validate(plain)
    expect(await withProposals(verdict, plain, false)).toEqual({ verdict, text: '' })
    expect((await withProposals(verdict, plain, true)).text).toBe('')
  })
})
