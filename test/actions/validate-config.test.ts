import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/actions/inputs.ts'
import { Repository } from '../../src/actions/repository.ts'
import { validationInputs } from '../../src/actions/validate-config/inputs.ts'
import { commonValue, hostsMatrix, requireClean } from '../../src/actions/validate-config/outcome.ts'
import { validate } from '../../src/actions/validate-config/run.ts'
import { validationSources } from '../../src/actions/validate-config/sources.ts'
import { projectRoot } from '../lab/runner/runner.ts'

const varsFile = 'inventory/host_vars/matrix.example.test/vars.yml'
const traps = `matrix_synapse_matrix_authentication_service_enabled: false
matrix_static_files_file_matrix_client_property_org_matrix_msc2965_authentication_enabled: false
matrix_client_element_features_feature_oidc_native_flow: false
`
const live = `matrix_playbook_migration_validated_version: v2026.05.18.0
matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: "{{ vault_mas_encryption }}"
matrix_authentication_service_config_passwords_schemes: [{version: 1, algorithm: bcrypt, secret: "{{ matrix_synapse_password_config_pepper }}", unicode_normalization: true}]
`
const prepared = `${live}matrix_authentication_service_migration_in_progress: true\n${traps}`

const playbooks = join(projectRoot, 'test/lab/playbook')

let root = ''
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const git = (...argv: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv])
const check = async (given: Record<string, string> = {}) =>
  validate(
    await validationSources(
      readInputs(validationInputs, name => given[name]),
      new Repository(root),
    ),
  )

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inventory-'))
  put('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.7\n')
  put(varsFile, prepared)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('validate-config', () => {
  test('says that merging applies nothing where only the workflow that reviews changes exists', async () => {
    const workflow = (name: string) =>
      put(`.github/workflows/${name}`, 'on: push\njobs: {a: {steps: [{uses: x/matrix-auth-actions@v1}]}}\n')
    const sentence = async () => (await check()).hosts[0]?.outlook.sentence
    expect(await sentence()).toMatch(/^Merging /)
    put('.github/workflows/lint.yml', 'on: push\n')
    workflow('matrix-auth-review.yml')
    expect(await check()).toMatchObject({ appliedByHand: true })
    expect(await sentence()).toMatch(/^This change /)
    workflow('my-own.yaml')
    expect(await sentence()).toMatch(/^Merging /)
    expect(await check()).not.toHaveProperty('appliedByHand')
  })

  test('finds nothing in a prepared inventory with its three lines, but that it was not compared', async () => {
    const verdict = await check()
    expect(verdict.findings.map(({ id }) => id)).toEqual(['playbook/not-compared'])
    expect(verdict.hosts).toMatchObject([{ stage: 'prepared', outlook: { expected: 'deploy' } }])
  })

  test('compares with a commit, to tell that merging migrates', async () => {
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'prepare')
    put(varsFile, live)
    const verdict = await check({ 'base-ref': 'HEAD' })
    expect(verdict.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['playbook/not-compared', 'notice'],
    ])
    expect(JSON.parse(hostsMatrix(verdict))).toEqual([
      { host: 'matrix.example.test', stage: 'live', before: 'prepared', plan: 'migrate' },
    ])
  })

  test('says that merging rolls a live server back only where the warning is accepted', async () => {
    put(varsFile, live)
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'live')
    put(varsFile, prepared)
    const sentence = async () => (await check({ 'base-ref': 'HEAD' })).hosts[0]?.outlook.sentence
    expect(await sentence()).toMatch(/the merge changes nothing, because the warning is not accepted/)
    put('accepted-findings.yml', 'accepted:\n  - {id: change/live-to-prepared, reason: x}\n')
    expect(await sentence()).toMatch(/^Merging rolls the server back/)
  })

  test('has nothing to do on a host that the change does not touch', async () => {
    const plans = async () =>
      (await check({ 'base-ref': 'HEAD' })).hosts.map(({ outlook }) => outlook.expected)
    put('inventory/hosts', '[matrix_servers]\nmatrix.example.test\nother.example.test\n')
    put('inventory/host_vars/other.example.test.yml', live)
    put('README.md', 'old')
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'prepare')
    put('README.md', 'new')
    expect(await plans()).toEqual(['nothing', 'nothing'])
    put(varsFile, live)
    expect(await plans()).toEqual(['migrate', 'nothing'])
    git('commit', '-qam', 'migrate')
    put('inventory/host_vars/other.example.test.yml', `${live}matrix_domain: example.test\n`)
    expect(await plans()).toEqual(['nothing', 'deploy'])
    git('checkout', '-q', '.')
    put('inventory/group_vars/matrix_servers.yml', 'a: 1\n')
    git('add', '-A')
    expect(await plans()).toEqual(['deploy', 'deploy'])
    git('commit', '-qam', 'a group')
    put('playbook.lock', `${'a'.repeat(40)}\n`)
    git('add', '-A')
    expect(await plans()).toEqual(['deploy', 'deploy'])
  })

  test('compares with a folder; of a host that is new nothing is known before', async () => {
    put('base/inventory/hosts', '[matrix_servers]\nother.example.test\n')
    const verdict = await check({ 'base-path': 'base' })
    expect(verdict.hosts).toMatchObject([{ stage: 'prepared' }])
    expect(verdict.hosts[0]).not.toHaveProperty('before')
  })

  test.each([
    ['no-such-commit', 'The commit `no-such-commit` of'],
    ['ab'.repeat(20), `The commit \`${'ab'.repeat(20)}\` of`],
    ['-x', 'The commit of'],
    ['a;b', 'The commit of'],
    ['--help', 'The commit of'],
    ['may-be-a-password', 'The commit of'],
  ])('refuses the commit %j', async (ref, named) => {
    git('init', '-q')
    await expect(check({ 'base-ref': ref })).rejects.toThrow(
      `${named} the input \`base-ref\` is not in this clone`,
    )
  })

  test('says that a folder is no repository, where git has nothing to compare with', async () => {
    await expect(check({ 'base-ref': 'main' })).rejects.toThrow('not a git repository')
  })

  test.each([
    [
      'mas-cli',
      ['mas/delegation-while-prepared', 'mas/element-while-prepared', 'mas/well-known-while-prepared'],
    ],
    ['syn2mas-tool', ['mas/well-known-while-prepared']],
  ])(
    'asks for the lines that a checkout of %s needs while prepared, and for no other',
    async (dialect, ids) => {
      put(varsFile, prepared.replace(traps, ''))
      const { findings } = await check({ 'playbook-path': join(playbooks, dialect) })
      expect(findings.map(({ id }) => id).sort()).toEqual(ids)
      put(varsFile, prepared)
      expect((await check({ 'playbook-path': join(playbooks, dialect) })).findings).toEqual([])
    },
  )

  test('lets the playbook overrule groups of the inventory', async () => {
    put('inventory/group_vars/matrix_servers.yml', 'matrix_authentication_service_enabled: true\n')
    put(varsFile, 'matrix_domain: example.test\n')
    const { hosts } = await check({ 'playbook-path': join(playbooks, 'mas-cli') })
    expect(hosts).toMatchObject([{ stage: 'unknown' }])
    expect(hosts[0]?.place?.file).toBe('inventory/group_vars/matrix_servers.yml')
  })

  test('takes a clone of the playbook that holds the inventory for the checkout', async () => {
    cpSync(join(playbooks, 'syn2mas-tool'), root, { recursive: true })
    put(varsFile, prepared.replace(traps, ''))
    expect((await check()).findings.map(({ id }) => id)).toEqual(['mas/well-known-while-prepared'])
  })

  test('says what to do where the inventory is not there, or the playbook is none', async () => {
    await expect(check({ inventory: 'nowhere' })).rejects.toThrow('The inventory does not exist')
    renameSync(join(root, 'inventory/hosts'), join(root, 'inventory/hosts.yml'))
    await expect(check()).rejects.toMatchObject({
      remedy: expect.stringContaining('did you mean `inventory/hosts.yml`?'),
    })
    renameSync(join(root, 'inventory/hosts.yml'), join(root, 'inventory/hosts'))
    await expect(check({ inventory: '../hosts' })).rejects.toThrow('outside the repository')
    await expect(check({ 'playbook-path': '.' })).rejects.toThrow('playbook')
    await expect(check({ 'playbook-path': 'nowhere' })).rejects.toThrow('does not exist')
  })

  test('says of a link that it may lead nowhere', async () => {
    rmSync(join(root, 'inventory/hosts'))
    symlinkSync('no-such-file', join(root, 'inventory/hosts'))
    expect((await check()).findings.map(({ message }) => message)).toContain(
      'inventory/hosts is a link out of the repository, or to a file that does not exist',
    )
  })

  test('does not follow a link out of the repository', async () => {
    rmSync(join(root, varsFile))
    symlinkSync('/etc/hostname', join(root, varsFile))
    const { findings, hosts } = await check()
    expect(findings.map(({ id }) => id)).toContain('inventory/link-outside')
    expect(hosts[0]?.stage).toBe('unknown')
  })

  const providers = 'matrix_authentication_service_config_upstream_oauth2_providers'
  test.each([
    ['digits', `ansible_ssh_common_args: '-o ConnectTimeout=${'0'.repeat(300_000)}!'`],
    ['digits of a switch', `ansible_ssh_common_args: '-o ControlPersist=${'0'.repeat(300_000)}!'`],
    ['digits of a number', `matrix_homeserver_enabled: !!float ${'0'.repeat(300_000)}x`],
    ['blanks', `ansible_ssh_common_args: "'-o LogLevel=${' '.repeat(300_000)}x'"`],
    ['slashes', `${providers}: [{id: 01J, issuer: 'https://x${'/'.repeat(300_000)}x'}]`],
    ['slashes of a path', `matrix_authentication_service_path_prefix: 'a${'/'.repeat(300_000)}x'`],
    [
      'arguments',
      `matrix_authentication_service_syn2mas_process_extra_arguments: "a${' '.repeat(300_000)}b"`,
    ],
  ])('takes no longer for a line of 300,000 %s than a person waits', async (_, line) => {
    put(varsFile, `${live}${line}\n`)
    await check({ 'playbook-path': join(playbooks, 'syn2mas-tool') })
  })

  test('looks only at the hosts of the limit', async () => {
    put('inventory/hosts', '[matrix_servers]\na.example.test\nb.example.test\n[other]\nc.example.test\n')
    const names = async (limit: string) => (await check({ limit })).hosts.map(({ host }) => host)
    expect(await names('matrix_servers:!b*')).toEqual(['a.example.test'])
    expect(await names('b.example.test,a.example.test')).toEqual(['a.example.test', 'b.example.test'])
    await expect(names('nobody')).rejects.toThrow('`nobody` in `limit` matches no host and no group')
  })

  test('takes a host whose name is an address of IPv6, as the workflows name it', async () => {
    put('inventory/hosts', '[matrix_servers]\na.example.test\n2001:db8::1\n2001:db8::2\n')
    const names = async (limit: string) => (await check({ limit })).hosts.map(({ host }) => host)
    expect(await names('2001:db8::1')).toEqual(['2001:db8::1'])
    expect(await names('2001:db8::2, a.example.test')).toEqual(['a.example.test', '2001:db8::2'])
    expect(await names('all:!a.*,!2001:db8::1')).toEqual(['2001:db8::2'])
  })

  test('leaves out hosts on which the playbook does not run, and refuses a limit of none but such', async () => {
    put('inventory/hosts', '[matrix_servers]\na.example.test\n[other]\nc.example.test\n')
    expect(JSON.parse(hostsMatrix(await check()))).toMatchObject([{ host: 'a.example.test' }])
    await expect(check({ limit: 'c.example.test' })).rejects.toThrow('no host of the group matrix_servers')
    await expect(check({ limit: 'a.example.test:!a*' })).rejects.toThrow('no host of the group')
  })

  test('takes several inventories, separated by commas or each on a line', async () => {
    put('more/hosts', '[matrix_servers]\nb.example.test\n')
    for (const inventory of ['inventory/hosts, more/hosts', 'inventory/hosts\nmore/hosts\n']) {
      const { hosts } = await check({ inventory })
      expect(hosts.map(({ host }) => host)).toEqual(['matrix.example.test', 'b.example.test'])
    }
    await expect(check({ inventory: ',' })).rejects.toThrow('`inventory` must be a path')
  })

  test('fails as it is told to', async () => {
    put(varsFile, prepared.replace('false', 'true'))
    const verdict = await check()
    expect(verdict.findings).toMatchObject([
      { severity: 'error', id: 'mas/delegation-while-prepared' },
      { id: 'playbook/not-compared' },
    ])
    expect(() => requireClean(verdict, 'error')).toThrow('1 finding must be fixed first')
    requireClean(verdict, 'never')
    const warned = {
      ...verdict,
      findings: verdict.findings.map(finding => ({ ...finding, severity: 'warning' as const })),
    }
    requireClean(warned, 'error')
    expect(() => requireClean(warned, 'warning')).toThrow()
  })

  test('says mixed where hosts differ', async () => {
    expect([commonValue([]), commonValue(['live', 'live']), commonValue(['live', 'off'])]).toEqual([
      '',
      'live',
      'mixed',
    ])
  })

  test('has the inputs and defaults that its action.yml lists', async () => {
    const file = parse(readFileSync('validate-config/action.yml', 'utf8'))
    const listed = Object.entries(file.inputs as Record<string, { default: string }>)
    const token = `\${{ github.token }}`
    expect(listed.map(([name, input]) => [name, input.default.replace(token, '')])).toEqual(
      Object.entries(validationInputs).map(([name, reader]) => [
        name,
        'fallback' in reader ? reader.fallback : '',
      ]),
    )
  })
})
