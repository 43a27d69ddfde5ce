import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WayToMas } from '../../src/cli/plan/way.ts'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { schemaErrors } from './run.ts'
import { fakeScreen, runHere } from './screen.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plan-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

async function plan(): Promise<{ way: WayToMas; ids: Record<string, string[]> }> {
  const { code, stdout, stderr } = await runHere(['plan', '--json'], root)
  expect([0, 1], stderr).toContain(code)
  const way = JSON.parse(stdout) as WayToMas
  expect(schemaErrors('terminal#/definitions/plan', way)).toEqual([])
  return {
    way,
    ids: Object.fromEntries(way.steps.map(({ step, findings }) => [step, findings.map(({ id }) => id)])),
  }
}

const provider =
  'matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n  - idp_id: sso\n    issuer: https://sso.example.test/\n    client_id: a\n    client_secret: b\n    scopes: [openid]\n'

describe.each([
  ['a folder of vars', 'inventory/host_vars/matrix.example.test/vars.yml'],
  ['a file of vars', 'inventory/host_vars/matrix.example.test.yml'],
])('the plan of a host with %s', (_, file) => {
  test('lists what stands in the way at the step where it does, once, and writes nothing', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(file, `matrix_domain: example.test\n${provider}`)
    const before = readFileSync(join(root, file), 'utf8')
    const { way, ids } = await plan()
    expect(way.hosts).toEqual([{ host: 'matrix.example.test', stage: 'off' }])
    expect(ids.today).not.toContain('providers/synapse-unmapped')
    expect(ids.prepare).toContain('providers/synapse-unmapped')
    // The lines to remove have Synapse's providers, too.
    expect(ids.migrate).not.toContain('synapse/oidc-while-live')
    expect(ids.migrate).not.toContain('inventory/yaml-syntax')
    expect(way.steps[2]?.lines['matrix.example.test']?.slice(-2)).toEqual([
      'matrix_synapse_oidc_enabled',
      'matrix_synapse_oidc_providers',
    ])
    expect(ids.migrate).not.toContain('providers/synapse-unmapped')
    // The lines themselves are right: nothing is found in them.
    expect([ids.prepare, ids.migrate].flat().filter(id => id?.startsWith('mas/encryption'))).toEqual([])
    const places = way.steps.flatMap(({ findings }) => findings.flatMap(({ place }) => place?.file ?? []))
    expect(places.filter(path => path !== file)).toEqual([])
    expect(readFileSync(join(root, file), 'utf8')).toBe(before)
    expect(readdirSync(join(root, dirname(file)))).toHaveLength(1)
  })

  test('is of the stage that the vars are in', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(file, 'matrix_authentication_service_enabled: false\n')
    expect((await plan()).way.hosts[0]?.stage).toBe('off')
    write(file, 'matrix_authentication_service_enabled: "{{ x }}"\n')
    const unknown = await plan()
    expect(unknown.ids.today).toContain('mas/stage-unknown')
    expect(unknown.ids.prepare).not.toContain('mas/stage-unknown')
    expect(unknown.way.steps[1]?.lines).toHaveProperty(['matrix.example.test'])
  })
})

test('the plan of a host without vars has the lines of both pull requests', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const { way, ids } = await plan()
  const [, prepare, migrate] = way.steps
  expect(prepare?.lines['matrix.example.test']?.[0]).toBe('matrix_authentication_service_enabled: true')
  expect(prepare?.lines['matrix.example.test']).toContain(
    'matrix_authentication_service_migration_in_progress: true',
  )
  expect(migrate?.lines['matrix.example.test']).toContain(
    'matrix_authentication_service_migration_in_progress',
  )
  expect(ids.prepare).not.toContain('mas/encryption-secret-missing')
})

test.each(['prepared', 'live'] as const)(
  'the plan of a host that is %s asks for what is left',
  async stage => {
    await writeInventory(root, { dialect: 'mas-cli', address: '192.0.2.1', stage })
    const { way } = await plan()
    expect(way.hosts).toEqual([{ host: 'matrix.example.test', stage }])
    expect(way.steps.map(({ lines }) => Object.keys(lines).length)).toEqual([0, 0, stage === 'live' ? 0 : 1])
    const { stdout } = await runHere(['plan'], root)
    expect(stdout.includes('set up GitHub')).toBe(stage === 'prepared')
    if (stage === 'prepared')
      expect(stdout.indexOf('set up GitHub')).toBeLessThan(stdout.indexOf('3. The migrate'))
    expect(stdout).toContain(
      '2. The prepare pull request installs MAS beside Synapse\nThe vars of all hosts already have this.',
    )
  },
)

test('the plan removes a switch from the vars of a group, too', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const enabled = `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${'ab'.repeat(32)}\n`
  write('inventory/host_vars/matrix.example.test.yml', enabled + provider)
  write(
    'inventory/group_vars/matrix_servers.yml',
    'matrix_authentication_service_migration_in_progress: true\n',
  )
  const { way, ids } = await plan()
  expect(way.hosts[0]?.stage).toBe('prepared')
  expect(way.steps[2]?.lines).toEqual({
    'matrix.example.test': [
      'matrix_authentication_service_migration_in_progress',
      'matrix_synapse_oidc_enabled',
      'matrix_synapse_oidc_providers',
    ],
  })
  expect(ids.migrate).not.toContain('synapse/oidc-while-live')
})

test('the plan says how to set up GitHub before the first pull request', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const { stdout } = await runHere(['plan'], root)
  const [today, prepare] = stdout.split('2. The prepare pull request')
  expect(today).toMatch(/set up GitHub:\n {2}matrix-auth-actions init\n/)
  expect(prepare).not.toContain('init')
  // All that a free plan gets.
  write('.github/workflows/matrix-auth-review.yml', '')
  expect((await runHere(['plan'], root)).stdout).not.toContain('set up GitHub')
})

test('the plan repeats the options that its command needs', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\nother.example.test\n')
  const { stdout } = await runHere(['plan', '--limit', 'matrix.example.test'], root)
  expect(stdout).toContain(
    'To write this: matrix-auth-actions plan --write prepare --limit matrix.example.test\n',
  )
})

test('every command that is offered has the options that were given', async () => {
  write('ours/hosts.ini', '[matrix_servers]\nmatrix.example.test\nother.example.test\n')
  const given = ['--inventory', 'ours/hosts.ini', '--limit', 'matrix.example.test']
  const all = given.join(' ')
  const { stdout } = await runHere(['plan', ...given], root)
  expect(stdout).toContain('init --inventory ours/hosts.ini\n')
  expect(stdout).toContain(`To write this: matrix-auth-actions plan --write prepare ${all}\n`)
  expect(stdout).toContain(
    `To write this when the prepare pull request is deployed: matrix-auth-actions plan --write migrate ${all}\n`,
  )
  const { stderr } = await runHere(['plan', '--write', 'prepare', ...given], root)
  expect(stderr).toContain(`\`matrix-auth-actions validate --fix ${all}\``)
})

test('the plan moves secrets as its command does, and asks no person to', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  write('inventory/host_vars/matrix.example.test.yml', `matrix_domain: example.test\n${provider}`)
  const { stdout } = await runHere(['plan'], root)
  expect(stdout).toContain('  sso_client_secret: "…"   # moved from matrix_synapse_oidc_providers\n')
  expect(stdout).toContain('client_secret: "{{ sso_client_secret }}"')
  expect(stdout).not.toMatch(/Move the secret|move the secret/)
  expect(stdout).not.toContain('change/migration-with-other-changes')
})

test('the plan says in words what a stage is', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const { stdout } = await runHere(['plan'], root)
  expect(stdout).toContain('matrix.example.test: the vars ask for stage off (no MAS)\n')
})

test('the plan says that a secret is still used which the migration removes', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const mas =
    "matrix_authentication_service_config_upstream_oauth2_providers:\n  - id: 01AEC9QWJ1EG7PGEZ03D22W1NR\n    synapse_idp_id: oidc-sso\n    issuer: https://sso.example.test/\n    client_id: a\n    client_secret: '{{ matrix_synapse_oidc_providers[0].client_secret }}'\n"
  write('inventory/host_vars/matrix.example.test/vars.yml', `${provider}${mas}`)
  const { ids } = await plan()
  expect(ids.migrate).toContain('providers/refers-to-synapse')
})

test('the plan says that only errors are in the way, and each once', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const secret = `matrix_authentication_service_config_secrets_encryption: ${randomBytes(32).toString('hex')}\n`
  write('inventory/host_vars/matrix.example.test/vault.yml', '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
  write(
    'inventory/host_vars/matrix.example.test/vars.yml',
    `matrix_domain: example.test\nmatrix_authentication_service_enabled: true\n${secret}matrix_authentication_service_migration_in_progress: true\nmatrix_synapse_matrix_authentication_service_enabled: false\nmatrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false\nmatrix_client_element_features_feature_oidc_native_flow: false\n`,
  )
  const { ids } = await plan()
  expect(ids.today).toEqual(['mas/password-unicode-default', 'playbook/not-compared'])
  expect(ids.migrate).toEqual([])
  const { stdout } = await runHere(['plan'], root)
  expect(stdout).toContain('as it is\nNothing that can be read stands in the way. Also read 2 notices.\n')
})

test('the plan of an inventory without a host says only what to fix', async () => {
  write('inventory/hosts', '[matrix_servers]\n')
  const { stdout } = await runHere(['plan'], root)
  expect(stdout).toMatch(/^1\. The inventory as it is\nIn the way: 1 error\.\n/)
  expect(stdout).toContain('playbook/no-host')
  expect(stdout).not.toMatch(/pull request|All hosts/)
})

test.each([
  ['the inventory', 'inventory/hosts', '[matrix_servers]\nmatrix.example.test\n[a b\n', 'inventory/hosts:3:'],
  ['the vars', 'inventory/host_vars/matrix.example.test.yml', 'a: 1\n b: 2\n', 'matrix.example.test.yml:2:3'],
])('where %s cannot be read, the plan says only that, and writes nothing', async (_, path, text, where) => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  write(path, text)
  const { ids } = await plan()
  expect(Object.keys(ids)).toEqual(['today'])
  const { code, stdout } = await runHere(['plan'], root)
  expect(code).toBe(1)
  expect(stdout).toContain(where)
  expect(stdout).not.toContain('pull request')
  const files = readdirSync(root, { recursive: true })
  const written = await runHere(['plan', '--write', 'prepare'], root)
  expect(written.code).toBe(2)
  expect(written.stderr).toContain(`Where: ${where.includes('/') ? '' : 'inventory/host_vars/'}${where}`)
  expect(readdirSync(root, { recursive: true })).toEqual(files)
})

test('the plan fails where the inventory as it is has an error, and only there', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const file = 'inventory/host_vars/matrix.example.test.yml'
  write(file, `matrix_domain: example.test\n${provider}`)
  const way = await runHere(['plan'], root)
  expect(way.stdout).toMatch(/In the way: [12] error/)
  expect(way.code, way.stderr).toBe(0)
  write(file, 'matrix_authentication_service_enabled: "no"\n')
  const failed = await runHere(['plan'], root)
  expect(failed.code).toBe(1)
  expect(failed.stderr).toBe(
    'Error: 1 finding must be fixed first.\nWhat to do: Fix the error in step 1. `matrix-auth-actions validate --fix` writes the proposed lines.\n',
  )
})

test('the plan has the lines to paste of a finding about lines that are not there yet', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  write('inventory/host_vars/matrix.example.test.yml', 'matrix_domain: example.test\n')
  const { way } = await plan()
  const found = way.steps[1]?.findings.find(({ id }) => id === 'mas/password-unicode-default')
  expect(found?.place).toBeUndefined()
  expect(found?.suggestion?.place).toMatchObject({ line: 2, column: 1, endLine: 2, endColumn: 1 })
  expect(found?.suggestion?.text).toContain('matrix_authentication_service_config_passwords_schemes:')
})

test('the plan says which logins the migration ends, before and after its lines are written', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const ldap = 'matrix_synapse_ext_password_provider_ldap_enabled: true\n'
  write('inventory/host_vars/matrix.example.test.yml', ldap)
  await runHere(['plan', '--write', 'prepare'], root)
  expect((await plan()).ids.migrate).toContain('change/login-ends')
  const { stdout } = await runHere(['plan', '--write', 'migrate'], root)
  expect(stdout).toContain('change/login-ends')
  await runHere(['validate', '--fix'], root)
  expect(readFileSync(join(root, 'inventory/host_vars/matrix.example.test.yml'), 'utf8')).toContain(ldap)
})

test('the plan says that login providers in an encrypted file were not seen', async () => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const file = 'inventory/host_vars/matrix.example.test/vars.yml'
  const unseen = `\`${file}\` is encrypted, so login providers in it were not seen.`
  write(file, '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
  const planned = async (...more: string[]) =>
    (await runHere(['plan', ...more], root)).stdout.replaceAll('\n', ' ')
  const before = await planned()
  expect(before).toContain(unseen)
  expect(before).not.toContain(' Nothing stands in the way.')
  expect(await planned('--write', 'prepare')).toContain(unseen)
  write(file, 'matrix_domain: example.test\n')
  expect(await planned()).not.toContain('were not seen')
})

test('the plan says that settings in an extension of Synapse were not seen, if it cannot be read', async () => {
  const file = 'inventory/host_vars/matrix.example.test/vars.yml'
  const extension = 'matrix_synapse_configuration_extension_yaml'
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const planned = async (value: string) => {
    write(file, `${extension}: ${value}\n`)
    return (await runHere(['plan'], root)).stdout.replaceAll('\n', ' ')
  }
  const unseen = `The value of \`${extension}\` at ${file}:1 cannot be read without Ansible, so login providers and other settings in it were not seen.`
  expect(await planned('|\n  {% if x %}\n  oidc_providers: []\n  {% endif %}')).toContain(unseen)
  expect(await planned('|\n  oidc_providers: [')).toContain(unseen)
  expect(await planned('|\n  a: "{{ x }}"\n  b: "{% raw %}{{ y }}{% endraw %}"')).not.toContain('not seen')
  rmSync(join(root, file))
})

const unreadLists = [
  ['as Jinja', '"{{ my_providers }}"'],
  ['in a vault', '!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162'],
  ['with a name as Jinja', '\n  - idp_id: "{{ name }}"\n    issuer: https://sso.example.test/'],
] as const

test.each(unreadLists)('the plan says that login providers %s were not seen', async (_, list) => {
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
  const file = 'inventory/host_vars/matrix.example.test.yml'
  const text = `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers: ${list}\n`
  write(file, text)
  const planned = async () => (await runHere(['plan'], root)).stdout.replaceAll('\n', ' ')
  const unseen = `The value of \`matrix_synapse_oidc_providers\` at ${file}:2 is not in plain text, so its login providers were not seen.`
  expect(await planned()).toContain(unseen)
  expect(await planned()).not.toContain(' Nothing stands in the way.')
  write(file, `${text}matrix_authentication_service_config_upstream_oauth2_providers: "{{ ours }}"\n`)
  expect(await planned()).not.toContain('were not seen')
  write(file, text.replace('true', 'false'))
  expect(await planned()).not.toContain('were not seen')
})

describe('plan --write', () => {
  const vars = 'inventory/host_vars/matrix.example.test/vars.yml'
  const text = (path = vars) => readFileSync(join(root, path), 'utf8')
  const run = (...words: string[]) => runHere(['plan', ...words], root)

  test('prepare writes the lines with a new secret, which it does not show, and migrate removes what ends', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(
      vars,
      `# Ours\nmatrix_domain: example.test\n${provider}matrix_authentication_service_enabled: false\n`,
    )
    const prepared = await run('--write', 'prepare')
    expect(prepared.code, prepared.stderr).toBe(0)
    const [, secret = ''] =
      /^matrix_authentication_service_config_secrets_encryption: ([0-9a-f]{64})$/m.exec(text()) ?? []
    expect(secret).not.toBe('')
    expect(prepared.stdout + prepared.stderr).not.toContain(secret)
    expect(prepared.stdout).toContain('matrix.example.test: the vars ask for stage prepared')
    expect(text()).toMatch(/^# Ours\nmatrix_domain: example\.test\nmatrix_synapse_oidc_enabled: true\n/)
    expect(text().match(/^matrix_authentication_service_enabled:.*/gm)).toEqual([
      'matrix_authentication_service_enabled: true',
    ])
    await runHere(['validate', '--fix'], root)
    const migrated = await run('--write', 'migrate')
    expect(migrated.code, migrated.stderr).toBe(0)
    expect(migrated.stdout).toContain('matrix.example.test: the vars ask for stage live')
    expect(text()).not.toContain('matrix_synapse_oidc')
    const ours = `sso_client_secret: b\nmatrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${secret}\n`
    expect(text()).toContain(ours)
    const again = await run('--write', 'migrate')
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('No host is at stage prepared')
  })

  const fix = (hidden: string) =>
    `Next: \`matrix-auth-actions validate --fix\` writes more lines, which solve ${hidden} not shown here`
  const look =
    'look at the change with `git status` and `git diff`. Then commit it, push it, and open the pull request.\n'
  const isSet = 'matrix_authentication_service_config_passwords_schemes: "{{ my_schemes }}"\nmy_schemes: []\n'
  test.each([
    [provider, `${fix('2 findings that are')}. Then ${look}`],
    ['', `${fix('1 finding that is')}. Then ${look}`],
    [
      'matrix_synapse_password_config_enabled: only_for_reauth\n',
      `${fix('1 finding that is')}. The findings above remain.\n`,
    ],
    [isSet, `Next: ${look}`],
    [
      `${isSet}matrix_synapse_password_config_enabled: only_for_reauth\n`,
      'Next: fix the error above, then check with `matrix-auth-actions validate`.\n',
    ],
  ])('the last line is the next step', async (more, next) => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, `matrix_domain: example.test\n${more}`)
    const { code, stderr } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    expect(stderr.endsWith(next), stderr).toBe(true)
  })

  test('what is shown after writing is what validate --fix leaves', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, `matrix_domain: example.test\n${listOf('a', 'b')}`)
    const { stdout } = await run('--write', 'prepare')
    // The lines for the second provider are those of the first.
    expect(stdout).not.toMatch(/synapse-unmapped|password-unicode-default/)
    const { stdout: left } = await runHere(['validate', '--fix'], root)
    expect(left).not.toContain('synapse-unmapped')
    for (const [id] of stdout.matchAll(/(?<=\[)[a-z]+\/[a-z-]+(?=\])/g)) expect(left).toContain(id)
  })

  test('migrate writes nothing while MAS lacks a provider of Synapse', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, `matrix_domain: example.test\n${provider}`)
    await run('--write', 'prepare')
    const before = text()
    const { code, stderr } = await run('--write', 'migrate')
    expect(code).toBe(2)
    expect(stderr).toContain("Nothing was written: Synapse's provider `sso` has no matching provider in MAS")
    expect(stderr).toContain('`matrix-auth-actions validate --fix` first')
    expect(text()).toBe(before)
    await runHere(['validate', '--fix'], root)
    expect((await run('--write', 'migrate')).code).toBe(0)
  })

  test.each(unreadLists)('migrate removes no login providers %s while MAS has none', async (_, list) => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers: ${list}\n`)
    expect((await run('--write', 'prepare')).code).toBe(0)
    const before = text()
    const { code, stderr } = await run('--write', 'migrate')
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written: the login providers of Synapse are not in plain text')
    expect(stderr).toContain(`${vars}:2`)
    expect(text()).toBe(before)
    const ours = 'matrix_authentication_service_config_upstream_oauth2_providers: "{{ ours }}"\n'
    write(vars, before + ours)
    expect((await run('--write', 'migrate')).code).toBe(0)
  })

  test('what it wrote fits the screen', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    const { stderr } = await runHere(['plan', '--write', 'prepare'], root, fakeScreen({ isLive: true }))
    expect(stderr).toContain('is a new random secret.')
    expect(Math.max(...stderr.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('prepare moves client secrets in plain text to variables that validate --fix then uses for MAS', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    const ours = (id: string, secret: string) =>
      `  - {idp_id: ${id}, issuer: 'https://${id}.example.test/', client_id: a, client_secret: ${secret}, scopes: [openid]}\n`
    const list = (secrets: readonly string[]) =>
      `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n${ours('sso', secrets[0] ?? '')}${ours('a-b', secrets[1] ?? '')}${ours('kept', secrets[2] ?? '')}`
    write(
      vars,
      `matrix_domain: example.test\n${list(['"it\'s: \\u0041 #1"', 'plain', '"{{ vault_kept }}"'])}`,
    )
    const { code, stderr, stdout } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    expect(stdout + stderr).not.toContain('plain')
    expect(text()).toContain(
      list(['"{{ sso_client_secret }}"', '"{{ provider_2_client_secret }}"', '"{{ vault_kept }}"']),
    )
    expect(text()).toContain('\nsso_client_secret: "it\'s: \\u0041 #1"\nprovider_2_client_secret: plain\n')
    await runHere(['validate', '--fix'], root)
    const [, mas = ''] = text().split('matrix_authentication_service_config_upstream_oauth2_providers:')
    expect(mas.match(/(?<=^ +)client_secret: .*/gm)).toEqual([
      'client_secret: "{{ sso_client_secret }}"',
      'client_secret: "{{ provider_2_client_secret }}"',
      'client_secret: "{{ vault_kept }}"',
    ])
    const migrated = await run('--write', 'migrate')
    expect(migrated.code, migrated.stderr).toBe(0)
    expect(text()).toContain('sso_client_secret: ')
    expect(text()).not.toContain('matrix_synapse_oidc')
  })

  const group = 'inventory/group_vars/matrix_servers.yml'
  const inProgress = 'matrix_authentication_service_migration_in_progress: true\n'
  const enabled = () =>
    `matrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: ${randomBytes(32).toString('hex')}\n`

  test.each(["''", '""', '', "''   # openssl rand -hex 32"])(
    'prepare replaces an empty secret: %s',
    async empty => {
      write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
      const name = 'matrix_authentication_service_config_secrets_encryption'
      write(vars, `matrix_domain: example.test\n${name}: ${empty}\n`)
      expect((await run('--write', 'prepare')).code).toBe(0)
      expect(text().match(new RegExp(`^${name}: .*$`, 'gm'))).toEqual([
        expect.stringMatching(/: [0-9a-f]{64}$/),
      ])
    },
  )

  test('prepare overrides a line of a group for one host', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\nother.example.test\n')
    const before = 'matrix_authentication_service_enabled: false\n'
    write(group, before)
    write(vars, 'matrix_domain: example.test\n')
    const { code, stderr } = await run('--write', 'prepare', '--limit', 'matrix.example.test')
    expect(code, stderr).toBe(0)
    expect(text(group)).toBe(before)
    expect(text()).toContain('\nmatrix_authentication_service_enabled: true\n')
  })

  test('migrate writes nothing where a line of a group is also for another host', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\nother.example.test\n')
    write(group, `# All\n${inProgress}`)
    const before = enabled()
    write(vars, before)
    const { code, stderr } = await run('--write', 'migrate', '--limit', 'matrix.example.test')
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written')
    expect(stderr).toContain(`${group}:2`)
    expect(text()).toBe(before)
  })

  test('migrate removes a line of a group in which every host migrates', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    for (const host of ['a', 'b']) write(`inventory/host_vars/${host}.example.test.yml`, enabled())
    write(group, `# All\n${inProgress}`)
    const { code, stderr } = await run('--write', 'migrate')
    expect(code, stderr).toBe(0)
    expect(text(group)).toBe('# All\n')
  })

  const secretsOf = (path: string) => text(path).match(/^.*client_secret.*$/gm)
  const listOf = (...secrets: readonly string[]) =>
    `matrix_synapse_oidc_enabled: true\nmatrix_synapse_oidc_providers:\n${secrets.map((secret, index) => `  - idp_id: p${index + 1}\n    issuer: https://p.example.test/\n    client_id: a\n    client_secret: ${secret}\n    scopes: [openid]\n`).join('')}`

  test('prepare moves a secret of any kind, with its digits', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(
      vars,
      listOf('0123 # ours', '1_000', 'yes', '2020-01-01', "{{ lookup('env', 'A') }}".replace(/.*/, '"$&"')),
    )
    const { code, stderr } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    expect(secretsOf(vars)).toEqual([
      '    client_secret: "{{ p1_client_secret }}" # ours',
      ...['p2', 'p3', 'p4', 'p5'].map(id => `    client_secret: "{{ ${id}_client_secret }}"`),
      'p1_client_secret: "0123"',
      'p2_client_secret: "1_000"',
      'p3_client_secret: "yes"',
      'p4_client_secret: "2020-01-01"',
      `p5_client_secret: "{{ lookup('env', 'A') }}"`,
    ])
  })

  test('prepare names each variable once that two hosts have for a secret of their own', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    for (const host of ['a', 'b']) write(`inventory/host_vars/${host}.example.test.yml`, listOf('invented'))
    const { stderr } = await run('--write', 'prepare')
    expect(stderr).toContain('They are variables of their own now: p1_client_secret.\n')
  })

  test('prepare moves the secrets of a group once, and into the same file', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    write(group, listOf('invented'))
    const { code, stderr, stdout } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    expect(stdout + stderr).not.toContain('Not moved')
    expect(secretsOf(group)).toEqual([
      '    client_secret: "{{ p1_client_secret }}"',
      'p1_client_secret: invented',
    ])
    for (const host of ['a', 'b'])
      expect(text(`inventory/host_vars/${host}.example.test.yml`)).not.toContain('client_secret')
    const fixed = await runHere(['validate', '--fix'], root)
    expect(fixed.stderr).not.toContain('Unexpected')
    const migrated = await run('--write', 'migrate')
    expect(migrated.code, migrated.stderr).toBe(0)
    expect(text(group)).toContain('p1_client_secret: invented\n')
    expect(text(group)).not.toContain('matrix_synapse_oidc')
  })

  test('prepare says which secrets it does not move, and why', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    write(group, listOf('invented'))
    const one = await run('--write', 'prepare', '--limit', 'a.example.test')
    expect(one.code, one.stderr).toBe(0)
    expect(one.stdout + one.stderr).toContain(
      'Not moved: the client secret of p1, because b.example.test also uses it: move it to a variable of its own before you migrate.',
    )
    expect(secretsOf(group)).toEqual(['    client_secret: invented'])
    rmSync(join(root, group))
    write(
      'inventory/host_vars/b.example.test.yml',
      listOf(
        '|\n      invented',
        '!unsafe x',
        '&x y',
        '*x',
        'ENC[AES256_GCM,data:a,iv:b]',
        '"{{ vault_x }}"',
      ),
    )
    const two = await run('--write', 'prepare', '--limit', 'b.example.test')
    expect(two.code, two.stderr).toBe(0)
    expect((two.stdout + two.stderr).match(/(?<=Not moved: the client secret of )p\d.*?(?=[(:])/g)).toEqual([
      ...['p1', 'p2', 'p3', 'p4'].map(id => `${id}, because it is not plain text on one line `),
      'p5, because SOPS encrypts it',
    ])
  })

  test('migrate removes no variable that another one still uses', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    const mas = `matrix_authentication_service_config_upstream_oauth2_providers:\n  - id: 01AEC9QWJ1EG7PGEZ03D22W1NR\n    synapse_idp_id: oidc-p1\n    client_secret: '{{ matrix_synapse_oidc_providers[0].client_secret }}'\n`
    const before = `${enabled()}${inProgress}${listOf('invented')}${mas}`
    write(vars, before)
    const { code, stderr } = await run('--write', 'migrate')
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written')
    expect(stderr).toContain(
      'matrix_authentication_service_config_upstream_oauth2_providers uses matrix_synapse_oidc_providers',
    )
    expect(stderr).toContain(`${vars}:${before.split('\n').length - 1}`)
    expect(text()).toBe(before)
    write(vars, before.replace('matrix_synapse_oidc_providers[0].client_secret', 'my_secret'))
    const migrated = await run('--write', 'migrate')
    expect(migrated.code, migrated.stderr).toBe(0)
  })

  test('migrate removes the switches that only the playbook itself uses', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write('playbook/setup.yml', '- hosts: matrix_servers\n  roles: []\n')
    const tasks = 'playbook/roles/custom/matrix-authentication-service/tasks'
    const task = 'matrix-authentication-service-mas-cli-syn2mas'
    write(`${tasks}/main.yml`, `- tags: [${task}]\n  ansible.builtin.include_tasks: syn2mas.yml\n`)
    write(`${tasks}/syn2mas.yml`, '[]\n')
    const uses =
      'matrix_synapse_x: "{{ not matrix_authentication_service_migration_in_progress }}"\nmatrix_synapse_y: "{{ matrix_synapse_oidc_providers }}"\n'
    write('playbook/group_vars/matrix_servers', uses)
    const ofMas = 'matrix_authentication_service_config_upstream_oauth2_providers: "{{ mine }}"\n'
    write(vars, `${enabled()}${inProgress}${ofMas}${listOf('"{{ vault_x }}"')}`)
    const { code, stderr } = await run('--write', 'migrate', '--playbook-path', 'playbook')
    expect(code, stderr).toBe(0)
    expect(text()).not.toContain('matrix_synapse_oidc')
    expect(text('playbook/group_vars/matrix_servers')).toBe(uses)
  })

  test.each([
    ['\n', ''],
    ['\r\n', ''],
    ['\n', '\n'],
    ['\r\n', '\r\n'],
  ])(
    'a comment comes and goes with the switches, and lines end with %j as before, after %j',
    async (end, blank) => {
      write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
      const before = `matrix_domain: example.test${end}${blank}`
      write(vars, before)
      const prepared = await run('--write', 'prepare')
      expect(prepared.code, prepared.stderr).toBe(0)
      expect(text().replaceAll(end, '\n')).toMatch(
        /^matrix_domain: example\.test\n\nmatrix_authentication_service_enabled: true\nmatrix_authentication_service_config_secrets_encryption: .*\nmatrix_authentication_service_migration_in_progress: true\n# Until the migration, these variables keep .*\n(?:\w+: false\n){3}$/,
      )
      expect(
        text()
          .match(/\r?\n/g)
          ?.every(each => each === end),
      ).toBe(true)
      const migrated = await run('--write', 'migrate')
      expect(migrated.code, migrated.stderr).toBe(0)
      expect(text().replaceAll(end, '\n')).toMatch(
        /^matrix_domain: example\.test\n\nmatrix_authentication_service_enabled: true\n.*_encryption: .*\n$/,
      )
      expect(
        text()
          .match(/\r?\n/g)
          ?.every(each => each === end),
      ).toBe(true)
    },
  )

  test('what an encrypted file may hold is said: the secret of MAS, and settings of Synapse', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    const vault = 'inventory/host_vars/matrix.example.test/vault.yml'
    write(vault, '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
    write(vars, 'matrix_domain: example.test\nmatrix_authentication_service_enabled: false\n')
    const prepared = await run('--write', 'prepare')
    const name = 'matrix_authentication_service_config_secrets_encryption'
    expect(prepared.stdout + prepared.stderr).toContain(
      `Not written, because ${vault} may set it: ${name}. If it does not, add it with the output of \`openssl rand -hex 32\`.`,
    )
    expect(text()).not.toContain(name)
    const migrated = await run('--write', 'migrate')
    expect(migrated.code, migrated.stderr).toBe(0)
    expect(migrated.stdout + migrated.stderr).toContain(`Check ${vault} for matrix_synapse_oidc_* yourself.`)
  })

  test.each([
    ['an encrypted file', 'inventory/host_vars/matrix.example.test.yml', '$ANSIBLE_VAULT;1.1;AES256\n6162\n'],
    [
      'a file with one mapping in braces',
      'inventory/host_vars/matrix.example.test.yml',
      '{matrix_domain: example.test}\n',
    ],
  ])('prepare leaves %s as it is, and says so', async (_, path, before) => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(path, before)
    const { code, stderr } = await run('--write', 'prepare')
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written')
    expect(text(path)).toBe(before)
  })

  test.each([
    ['JSON', 'inventory/host_vars/matrix.example.test.json', '{"matrix_domain": "example.test"}\n'],
    ['JSON in a folder', 'inventory/host_vars/matrix.example.test/a.json', '{"matrix_domain": "a.test"}\n'],
    ['indented lines', 'inventory/host_vars/matrix.example.test.yml', '  matrix_domain: example.test\n'],
  ])('prepare does not hide or break vars of %s, and names their file', async (_, path, before) => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(path, before)
    const { code, stderr } = await run('--write', 'prepare')
    expect(code).toBe(2)
    expect(stderr).toContain(`Nothing was written: ${path} cannot have more lines at its end.`)
    expect(stderr).toContain('as YAML')
    expect(readdirSync(join(root, 'inventory/host_vars'))).toHaveLength(1)
    expect(text(path)).toBe(before)
    const { stdout } = await runHere(['plan'], root)
    expect(stdout.replaceAll('\n', ' ')).toContain(`\`${path}\` cannot have more lines at its end`)
    expect(stdout).not.toContain('inventory/yaml-syntax')
    expect(stdout).not.toContain('\nNothing stands in the way.')
  })

  test.each(['\n', '\r\n'])(
    'prepare writes before the end of the document, with lines that end in %j',
    async end => {
      write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
      write(vars, ['---', 'matrix_domain: example.test', '...', ''].join(end))
      const findings = (await plan()).way.steps.flatMap(step => step.findings)
      const proposed = findings.flatMap(({ suggestion }) => suggestion?.place.line ?? [])
      expect(new Set(proposed)).toEqual(new Set([3]))
      const { code, stderr } = await run('--write', 'prepare')
      expect(code, stderr).toBe(0)
      expect(text()).toMatch(/\r?\nmatrix_authentication_service_enabled: true\r?\n/)
      expect(text().endsWith(`: false${end}...${end}`)).toBe(true)
    },
  )

  test('vars that cannot have more lines do not hide what is in the way of another host', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    write('inventory/host_vars/a.example.test.json', '{"matrix_domain": "a.test"}\n')
    write('inventory/host_vars/b.example.test.yml', 'matrix_domain: b.test\n')
    const findings = async () => {
      const { steps } = (await plan()).way
      return steps.map(step => step.findings.flatMap(({ id, host }) => (host === 'b.example.test' ? id : [])))
    }
    const both = await findings()
    rmSync(join(root, 'inventory/host_vars/a.example.test.json'))
    write('inventory/hosts', '[matrix_servers]\nb.example.test\n')
    expect(both.flat()).toContain('mas/password-unicode-default')
    expect(await findings()).toEqual(both)
  })

  const sops = 'matrix_domain: example.test\nsops:\n  mac: ENC[AES256_GCM,data:YQ==,type:str]\n'

  test('prepare makes a file beside one of SOPS, which it leaves as it is', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, sops)
    const { code, stderr } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    expect(text()).toBe(sops)
    const other = 'inventory/host_vars/matrix.example.test/matrix-authentication-service.yml'
    expect(text(other)).toContain('matrix_authentication_service_enabled: true\n')
  })

  test('prepare does not change the only file of a host if it is of SOPS', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    const only = 'inventory/host_vars/matrix.example.test.yml'
    write(only, sops)
    const { code, stderr } = await run('--write', 'prepare')
    expect(code).toBe(2)
    expect(stderr).toContain(`Nothing was written: SOPS refuses ${only} once another program changes it.`)
    expect(stderr).toContain('Make a folder with the name of the host, move the file into it')
    expect(text(only)).toBe(sops)
  })

  test('a file that cannot be read is named as it is', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test\n')
    write(vars, '\0GITCRYPT\0')
    const { code, stderr } = await run('--write', 'prepare')
    expect(code).toBe(2)
    expect(stderr).toContain(`Error: ${vars} is encrypted by git-crypt.`)
    write(vars, 'matrix_domain: {{ domain }}\n')
    expect((await run('--write', 'prepare')).stderr).toContain('Error: A value that begins with')
  })

  test('prepare makes a file where the host has none, a new secret for each host, and no other step has a name', async () => {
    write('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n')
    const { code, stderr } = await run('--write', 'prepare')
    expect(code, stderr).toBe(0)
    const secrets = ['a', 'b'].map(
      host => /encryption: (.*)/.exec(text(`inventory/host_vars/${host}.example.test.yml`))?.[1],
    )
    expect(new Set(secrets).size).toBe(2)
    const wrong = await run('--write', 'prepared')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('prepare')
  })
})
