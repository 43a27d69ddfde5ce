import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, Scalar } from 'yaml'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { withProposals } from '../../src/actions/validate-config/proposals.ts'
import { validate } from '../../src/actions/validate-config/run.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import { isUlid } from '../../src/mas/providers/provider-mapping.ts'
import { convertProviders } from '../../src/mas/providers/providers.ts'
import { holdsCredentials } from '../../src/mas/providers/secrets.ts'
import { cleanUserName } from '../../src/mas/providers/user-name.ts'

const providers = (...lines: readonly string[]) =>
  `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - ${lines.join('\n    ')}\n`
const usual = [
  'idp_id: sso',
  'issuer: https://sso.example.org/',
  'client_id: synapse',
  'client_secret: "{{ vault_sso }}"',
]
const converted = (...lines: readonly string[]) => {
  const proposal = convertProviders(providers(...lines))
  const [first] = parse(proposal?.items ?? '', { logLevel: 'error' })
  return {
    provider: first as Record<string, unknown>,
    text: proposal?.items ?? '',
    gaps: proposal?.gaps ?? [],
  }
}

const localpartOf = (template: string) => `{% raw %}${cleanUserName(template)}{% endraw %}`

describe('a converted provider', () => {
  test('has an id, the name of its links in Synapse, and the settings that both support', () => {
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
    [['idp_brand: github'], { brand_name: 'github' }],
    [['authorization_endpoint: https://a.test/'], { authorization_endpoint: 'https://a.test/' }],
    [['token_endpoint: https://a.test/'], { token_endpoint: 'https://a.test/' }],
    [['userinfo_endpoint: https://a.test/'], { userinfo_endpoint: 'https://a.test/' }],
    [['jwks_uri: https://a.test/'], { jwks_uri: 'https://a.test/' }],
    [['forward_login_hint: true'], { forward_login_hint: true }],
    [['backchannel_logout_enabled: false'], { on_backchannel_logout: 'do_nothing' }],
    [['discover: "{{ x }}"'], { discovery_mode: undefined }],
    [['scopes: "{{ x }}"'], { scope: undefined }],
    [['enable_registration: true'], { registration_token_required: undefined }],
    [['idp_name: x'], { human_name: 'x' }],
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

  test('imports the same claims as Synapse, in templates that Ansible does not evaluate', () => {
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
        template: localpartOf('{{ user.preferred_username }}'),
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
  ])('lists a setting without an equivalent in MAS: %s', line => {
    const { gaps, text } = converted(...usual, line)
    const key = line.split(':')[0] ?? ''
    expect(gaps.map(gap => gap.key).join()).toContain(key)
    expect(text).toMatch(new RegExp(`^# ${key}`, 'm'))
  })

  test('suggests all claims if users may choose their local part', () => {
    const { provider } = converted(
      ...usual,
      'user_mapping_provider:',
      '  config:',
      '    confirm_localpart: true',
      '    localpart_template: "{% raw %}{{ user.a }}{% endraw %}"',
      '    display_name_template: "{% raw %}{{ user.b }}{% endraw %}"',
      '    email_template: "{% raw %}{{ user.c }}{% endraw %}"',
    )
    const suggested = { action: 'suggest', template: expect.any(String) }
    expect(provider.claims_imports).toEqual({
      localpart: suggested,
      displayname: suggested,
      email: suggested,
    })
  })

  test.each([
    ['subject_template: "{% raw %}{{ user.b }}{% endraw %}"', 'subject_claim: a'],
    ['subject_claim: a', 'subject_template: "{% raw %}{{ user.b }}{% endraw %}"'],
  ])('prefers the template of the subject to its claim: %s, %s', (...lines) => {
    const config = lines.map(line => `    ${line}`)
    const { provider, gaps } = converted(...usual, 'user_mapping_provider:', '  config:', ...config)
    expect(provider.claims_imports).toEqual({ subject: { template: '{% raw %}{{ user.b }}{% endraw %}' } })
    expect(gaps).toEqual([])
  })

  test.each([
    'synapse.handlers.oidc.JinjaOidcMappingProvider',
    'synapse.handlers.oidc_handler.JinjaOidcMappingProvider',
  ])("converts Synapse's default mapping with the name %s", module => {
    const lines = ['user_mapping_provider:', `  module: ${module}`, '  config: {subject_claim: id}']
    const { provider, gaps } = converted(...usual, ...lines)
    expect(provider.claims_imports).toEqual({ subject: { template: '{% raw %}{{ user.id }}{% endraw %}' } })
    expect(gaps).toEqual([])
  })

  test('leaves out a template without text, which Synapse treats like none', () => {
    const { provider, gaps } = converted(
      ...usual,
      'user_mapping_provider:',
      '  config:',
      '    subject_claim: id',
      '    subject_template: ""',
      '    localpart_template: "{% raw %}{% endraw %}"',
      '    display_name_template: "{% raw %}{{ user.name }}{% endraw %}"',
      '    email_template:',
    )
    expect(provider.claims_imports).toEqual({
      subject: { template: '{% raw %}{{ user.id }}{% endraw %}' },
      displayname: { action: 'force', template: '{% raw %}{{ user.name }}{% endraw %}' },
    })
    expect(gaps).toEqual([])
  })

  test("replaces Synapse's filter by MAS's, and reports it if the result is uncertain", () => {
    const localpart = (template: string) =>
      converted(...usual, 'user_mapping_provider:', '  config:', `    localpart_template: "${template}"`)
    const { provider, gaps } = localpart('{% raw %}{{ user.email | localpart_from_email }}{% endraw %}')
    expect(provider.claims_imports).toEqual({
      localpart: {
        action: 'require',
        template: localpartOf("{{ (user.email | split('@'))[0] }}"),
      },
    })
    expect(gaps).toEqual([])
    const uncertain = localpart('{{ user.email|lower|localpart_from_email }}')
    expect(uncertain.provider).not.toHaveProperty('claims_imports')
    expect(uncertain.gaps).toMatchObject([{ key: 'user_mapping_provider.config.localpart_template' }])
  })

  describe('with templates that Ansible evaluates first', () => {
    const templated = (template: string) =>
      converted(
        ...usual,
        'user_mapping_provider:',
        '  config:',
        ...['subject', 'localpart', 'display_name', 'email'].map(
          name => `    ${name}_template: ${JSON.stringify(template)}`,
        ),
      )

    test('is the same for every escape of a claim', () => {
      const claim = fc.stringMatching(/^[a-z_][a-z0-9_]{0,11}$/)
      fc.assert(
        fc.property(claim, name => {
          const user = `{{ user.${name} }}`
          const expected = templated(`{% raw %}${user}{% endraw %}`)
          expect(expected.gaps).toEqual([])
          const escaped = [
            `{{ '${user}' }}`,
            `{{"${user}"}}`,
            `{{ '{{' }} user.${name} {{ "}}" }}`,
            `{{ '{{ user' }}.${name}{% raw %} }}{% endraw %}`,
          ]
          for (const each of escaped) expect(templated(each), each).toEqual(expected)
        }),
      )
    })

    test("keeps the quotes of a template's own texts", () => {
      expect(templated(`{{ "{{ user['a'] }}" }}`)).toEqual(templated("{% raw %}{{ user['a'] }}{% endraw %}"))
      expect(templated("{{ '{{ user.email | localpart_from_email }}' }}")).toEqual(
        templated('{% raw %}{{ user.email | localpart_from_email }}{% endraw %}'),
      )
    })

    test.each([
      '{{ my_template }}',
      '{{ prefix }}{% raw %}{{ user.a }}{% endraw %}',
      "{{ '{{ user.a }}' | trim }}",
      "{{ '{{ user.' ~ claim ~ ' }}' }}",
      "{{ '{{ user.a }}' ~ user }}",
      "{{ lookup('file', 'a') }}",
      "{% if x %}{{ '{{ user.a }}' }}{% endif %}",
      "{{ '{% raw %}' }}",
      "{{ '{{ user[\\'a\\'] }}' }}",
      '{# x #}a',
      '#jinja2: trim_blocks: False\n{{ user.a }}',
      '{{ user.a',
    ])('leaves out what only Ansible knows, and says so: %s', template => {
      const { provider, gaps, text } = templated(template)
      expect(provider).not.toHaveProperty('claims_imports')
      expect(gaps).toHaveLength(4)
      expect(text).toMatch(/^# user_mapping_provider\.config\.localpart_template of Synapse: Ansible/m)
    })

    test('takes the name of the claim of the subject as Ansible does', () => {
      const subject = (claim: string) =>
        converted(...usual, 'user_mapping_provider:', '  config:', `    subject_claim: ${claim}`)
      expect(subject(`"{{ 'oid' }}"`)).toEqual(subject('oid'))
      const unknown = subject('"{{ my_claim }}"')
      expect(unknown.provider).not.toHaveProperty('claims_imports')
      expect(unknown.gaps).toMatchObject([{ key: 'user_mapping_provider.config.subject_claim' }])
    })
  })

  test('requires signing keys only if an ID token is checked', () => {
    const undiscovered = [...usual, 'discover: false', 'userinfo_endpoint: https://a.test/']
    expect(converted(...undiscovered, 'scopes: ["read:user"]').gaps).toEqual([])
    expect(converted(...undiscovered, 'scopes: [openid]').gaps).toMatchObject([{ key: 'discover' }])
    expect(
      converted(...usual, 'discover: false', 'jwks_uri: https://a.test/', 'scopes: [a]').gaps,
    ).toMatchObject([{ key: 'discover', hint: expect.stringContaining('userinfo_endpoint') }])
  })

  test('includes merged keys and resolved aliases', () => {
    const text = `ours: &base {issuer: https://sso.example.org/, client_secret: hunter2hunter2, client_id: none}
names: &name Our SSO
${providers('<<: *base', 'idp_id: sso', 'idp_name: *name', 'client_id: synapse', 'scopes: &s [openid, email]')}`
    const { items = '', gaps, withReference } = convertProviders(text) ?? {}
    expect(parse(items)).toEqual([
      {
        id: expect.any(String),
        synapse_idp_id: 'oidc-sso',
        issuer: 'https://sso.example.org/',
        human_name: 'Our SSO',
        client_id: 'synapse',
        client_secret: '{{ matrix_synapse_oidc_providers[0].client_secret }}',
        token_endpoint_auth_method: 'client_secret_basic',
        scope: 'openid email',
      },
    ])
    expect([gaps, withReference]).toEqual([[], [0]])
    expect(items).not.toMatch(/[*&]|hunter2/)
  })

  test('takes a merged key from the first mapping that has it, through mappings in mappings', () => {
    const text = `a: &a {issuer: https://a.example.org/}
b: &b {<<: *a, issuer: https://b.example.org/, client_id: b}
c: &c {issuer: https://c.example.org/, jwks_uri: https://c.example.org/j}
${providers('<<: [*b, *c]', 'idp_id: sso', 'idp_name: one', 'idp_name: two')}`
    expect(parse(convertProviders(text)?.items ?? '')).toMatchObject([
      {
        issuer: 'https://b.example.org/',
        client_id: 'b',
        jwks_uri: 'https://c.example.org/j',
        human_name: 'two',
      },
    ])
  })

  test('never ends in a mapping that is merged into itself', () => {
    const text = `matrix_synapse_oidc_providers:\n  - &a\n    idp_id: sso\n    <<: *a\n    extra: *a\n`
    expect(parse(convertProviders(text)?.items ?? '')).toMatchObject([{ synapse_idp_id: 'oidc-sso' }])
  })

  test('is returned for the selected providers only, each with its own gaps', () => {
    const text = providers('idp_id: a', 'idp_icon: x').concat('  - idp_id: b\n    picture_claim: y\n')
    const { items = '', gaps, mappings } = convertProviders(text, { indexes: [1] }) ?? {}
    expect(parse(items)).toMatchObject([{ synapse_idp_id: 'oidc-b' }])
    expect(gaps).toMatchObject([{ index: 1, key: 'picture_claim' }])
    expect(mappings).toMatchObject([{ index: 1, authProvider: 'oidc-b' }])
    expect(convertProviders(text)?.gaps.map(({ index, key }) => [index, key])).toEqual([
      [0, 'idp_icon'],
      [1, 'picture_claim'],
    ])
    expect(convertProviders(text, { indexes: [] })).toBeUndefined()
  })

  test('keeps every comment in any position', () => {
    const source = `# 1
matrix_synapse_oidc_enabled: true
matrix_synapse_oidc_providers:
  # all of them
  - idp_id: sso # beside the id
    # above the secret
    client_secret: "{{ vault_sso }}" # beside the secret
    # above scopes
    scopes: # beside scopes
      - openid # beside openid
      # above profile
      - profile # beside profile
    # above the mapping
    user_mapping_provider: # beside the mapping
      # above config
      config: # beside config
        # above the subject
        subject_claim: sub # beside the subject
        # above the localpart
        localpart_template: "{{ user.a }}" # beside the localpart
        confirm_localpart: true # beside confirm
    # above the switch
    enable_registration: true # beside the switch
    backchannel_logout_enabled: true # beside logout
    # above the icon
    idp_icon: x # beside the icon
    discover: true # beside discover
    # the end of it
  # the second
  - idp_id: b
`
    const { items = '' } = convertProviders(source) ?? {}
    const wanted = [...source.matchAll(/# (.*)/g)].flatMap(([, text = '']) => (text === '1' ? [] : [text]))
    expect(wanted.filter(text => !items.includes(`# ${text}\n`))).toEqual([])
    expect(wanted.length).toBe(26)
    const [second = ''] = [convertProviders(source, { indexes: [1] })?.items]
    expect(second).toContain('# the second\n')
  })

  test.each([
    'client_secret: "OLDSECRETOLDSECRET"',
    'old secret = abcdefgh',
    'password for the realm: correcthorse',
    'note: token: abcdefgh',
    'the password was hunter2hunter2',
    'a1B2c3D4e5F6g7H8',
    '0123456789012345',
    'x9#y8!z7-w6',
    'was https://me:pw@sso.example.org/?k=a1b2c3d4e5f6a1b2',
  ])('omits a comment that may contain a secret: %s', comment => {
    const { text } = converted('idp_id: a', `# ${comment}`, 'scopes: [openid]')
    expect(text).not.toContain(comment)
    expect(text).toContain('# (comment omitted: it may contain a secret)')
  })

  test.each([
    'client_secret: "{{ vault_sso }}"',
    'the secret is in the vault',
    'see https://sso.example.org/realms/home?tab=clients since 2024-12-01',
    'do not change it: accounts hang on it',
    'token endpoint: see the docs',
    'ticket #12345',
  ])('keeps other comments: %s', comment => {
    expect(converted('idp_id: a', `# ${comment}`, 'scopes: [openid]').text).toContain(`# ${comment}`)
  })

  test('omits a parameter whose name suggests a secret', () => {
    const { provider, gaps } = converted(
      ...usual,
      'additional_authorization_parameters: {api_token: abcdefgh, hd: a.test}',
    )
    expect(provider.additional_authorization_parameters).toEqual({ hd: 'a.test' })
    expect(gaps).toMatchObject([{ key: 'additional_authorization_parameters.api_token' }])
  })

  test('keeps comments above and beside a key', () => {
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

  test('is the same in every run', () => {
    expect(converted(...usual).text).toBe(converted(...usual).text)
  })

  test('never contains a client secret, not even in a comment', () => {
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

  test('omits a URL with a password', () => {
    const { text, gaps } = converted('idp_id: a', 'issuer: https://me:hunter2hunter2@sso.example.org/')
    expect(text).not.toContain('hunter2')
    expect(gaps).toMatchObject([{ key: 'issuer' }])
  })

  test('keeps a secret that is in a vault or a variable', () => {
    expect(converted(...usual).text).toContain('client_secret: "{{ vault_sso }}"')
    const vault = converted(
      'idp_id: a',
      'client_secret: !vault |',
      '  $ANSIBLE_VAULT;1.1;AES256',
      '  6162',
    ).text
    expect(vault).toContain('client_secret: !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    6162')
  })

  test.each([
    '',
    'matrix_synapse_oidc_providers: []',
    'matrix_synapse_oidc_providers: "{{ x }}"',
    'a: [',
    '- 1',
  ])('is undefined without a provider: %j', text => {
    expect(convertProviders(text)).toBeUndefined()
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

  test('gets them as a fix that resolves the finding', async () => {
    const { verdict } = await withProposals(validate(sources(vars)), sources(vars), false)
    const finding = verdict.findings.find(({ id }) => id === 'providers/synapse-unmapped')
    expect(finding?.remedy).toContain('of `idp_icon`')
    if (!finding?.suggestion) throw new Error('no suggestion')
    const errors = (text: string) =>
      validate(sources(text)).findings.filter(({ severity }) => severity === 'error')
    expect(errors(vars).map(({ id }) => id)).toEqual(['providers/synapse-unmapped'])
    expect(errors(applySuggestion(vars, finding.suggestion))).toEqual([])
  })

  test('gets them as a text file that names the host', async () => {
    const { text } = await withProposals(validate(sources(vars)), sources(vars), true)
    expect(text).toMatch(/^# For matrix\.example\.test: /)
    expect(parse(text)).toHaveProperty('matrix_authentication_service_config_upstream_oauth2_providers')
  })

  const second =
    '  - idp_id: other\n    issuer: https://other.example.org/\n    client_id: b\n    picture_claim: y\n'
  const errorsIn = (text: string) =>
    validate(sources(text))
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ id }) => id)
  const unmappedIn = async (text: string) => {
    const { verdict } = await withProposals(validate(sources(text)), sources(text), false)
    return verdict.findings.filter(({ id }) => id === 'providers/synapse-unmapped')
  }

  test('gets one fix for all hosts, each with the providers that it lacks', async () => {
    const both = vars + second
    const [one, other, ...more] = await unmappedIn(both)
    expect(more).toEqual([])
    if (!one?.suggestion) throw new Error('no suggestion')
    expect(one.remedy).toContain('of `idp_icon`')
    expect(one.remedy).not.toContain('picture_claim')
    expect(other?.suggestion).toBeUndefined()
    expect(other?.remedy).toContain('of `picture_claim`')
    expect(other?.remedy).toContain(`The lines proposed at ${file}:17:1 include this provider.`)
    expect(errorsIn(applySuggestion(both, one.suggestion))).toEqual([])
  })

  const list = 'matrix_authentication_service_config_upstream_oauth2_providers:'
  const mapped = `  - id: 01JD3ZK8QWERTY0PASDFGHJKZX
    synapse_idp_id: oidc-other
    issuer: https://other.example.org/
    client_id: b
    token_endpoint_auth_method: none`
  test.each([
    ['that ends the file', (text: string) => `${text}${list}\n${mapped}`],
    ['with a line after it', (text: string) => `${text}${list}\n${mapped} # a comment\nlast: 1\n`],
    ['at the left margin', (text: string) => `${list}\n${mapped.replace(/^ {2}/gm, '')}\n${text}`],
  ])('gets the missing providers as items of a list %s', async (_, around) => {
    const text = around(vars.replace(/ +idp_icon.*\n/, '') + second)
    const [finding, ...more] = await unmappedIn(text)
    expect(more).toEqual([])
    if (!finding?.suggestion) throw new Error('no suggestion')
    expect(finding.suggestion.text).not.toContain('oidc-other')
    const applied = applySuggestion(text, finding.suggestion)
    expect(errorsIn(applied)).toEqual([])
    const ids = parse(applied)[list.slice(0, -1)].map(
      ({ synapse_idp_id }: { synapse_idp_id: string }) => synapse_idp_id,
    )
    expect(ids).toEqual(['oidc-other', 'oidc-sso'])
    const file = await withProposals(validate(sources(text)), sources(text), true)
    expect(file.text).toContain('# Add these items to matrix_authentication_service_config')
    expect(parse(file.text)).toMatchObject([{ synapse_idp_id: 'oidc-sso' }])
  })

  test('gets them in an empty list', async () => {
    const text = `${vars}${list} [] # none yet\n`
    const [finding] = await unmappedIn(text)
    if (!finding?.suggestion) throw new Error('no suggestion')
    expect(errorsIn(applySuggestion(text, finding.suggestion))).toEqual([])
  })

  test('gets no fix if hosts that share the list lack different providers', async () => {
    const at = vars.indexOf('matrix_synapse_oidc_enabled')
    const [stage, synapse] = [vars.slice(0, at), vars.slice(at)]
    const shared = {
      'inventory/hosts': '[matrix_servers]\na.example.test\nb.example.test\n',
      'inventory/group_vars/matrix_servers.yml': synapse + second,
      'inventory/host_vars/a.example.test.yml': `${stage}${list}\n${mapped}\n`,
      'inventory/host_vars/b.example.test.yml': stage,
    }
    const both = { inventory: 'inventory/hosts', files: memoryFiles(shared) }
    const { verdict, text } = await withProposals(validate(both), both, true)
    const found = verdict.findings.filter(({ id }) => id === 'providers/synapse-unmapped')
    expect(found.length).toBe(2)
    expect(found.filter(({ suggestion }) => suggestion)).toEqual([])
    expect(text).toMatch(/^# For a\.example\.test: /m)
    expect(text).toMatch(/^# For b\.example\.test: /m)
  })

  test('gets a provider whose name comes from a merge key', async () => {
    const text = `ours: &base {idp_id: sso}\n${vars.replace('idp_id: sso', '<<: *base')}`
    const [finding] = await unmappedIn(text)
    if (!finding?.suggestion) throw new Error('no suggestion')
    expect(finding.place?.line).toBe(8)
    expect(errorsIn(applySuggestion(text, finding.suggestion))).toEqual([])
  })

  test('gets advice on the secret that the lines refer to', async () => {
    const [finding] = await unmappedIn(vars.replace('"{{ vault_sso }}"', 'hunter2hunter2'))
    expect(finding?.remedy).toContain('Move the secret to its own variable')
    expect(JSON.stringify(finding)).not.toContain('hunter2')
    expect((await unmappedIn(vars))[0]?.remedy).not.toContain('its own variable')
  })

  test('gets the arguments of the Node tool if the playbook uses it', async () => {
    const facts = { dialect: 'syn2mas-tool', traps: [] } as const
    const playbook = { files: memoryFiles({}), label: 'playbook/', facts }
    const text = vars.replace('    discover: true\n', '    scopes: [openid]\n')
    const all = (vars: string) => ({ ...sources(vars), playbook })
    const { verdict } = await withProposals(validate(all(text)), all(text), false)
    const finding = verdict.findings.find(({ id }) => id === 'providers/synapse-unmapped')
    if (!finding?.suggestion) throw new Error('no suggestion')
    expect(finding.remedy).not.toContain('synapse_idp_id')
    const applied = applySuggestion(text, finding.suggestion)
    expect(validate(all(applied)).findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(parse(applied).matrix_authentication_service_syn2mas_process_extra_arguments).toEqual([
      expect.stringMatching(/^--upstreamProviderMapping oidc-sso:01/),
    ])
  })

  test('gets the lines as a text file although a provider of MAS has a name that is Jinja', async () => {
    const text = `${vars}${list}\n${mapped.replace('oidc-other', '"{{ name }}"')}\n`
    const proposed = await withProposals(validate(sources(text)), sources(text), true)
    expect(parse(proposed.text)).toMatchObject([{ synapse_idp_id: 'oidc-sso' }])
  })

  test('gets no proposed change if nothing is missing', async () => {
    const plain = sources('matrix_domain: example.test\n')
    const verdict = validate(plain)
    expect(await withProposals(verdict, plain, false)).toEqual({ verdict, text: '' })
    expect((await withProposals(verdict, plain, true)).text).toBe('')
  })
})

test.each([
  ['https://name:word@a.example.test', true],
  ['https://a.example.test?x=1&access_token=abc', true],
  ['https://a.example.test?tokens', false],
  ['https://a.example.test/token?x=key', false],
  [`https://a.example.test${'?token'.repeat(200_000)}`, false],
])(
  'an address of which the query has a secret, or a password before its host, holds credentials: %.50s',
  (address, expected) => {
    expect(holdsCredentials(new Scalar(address))).toBe(expected)
  },
)
