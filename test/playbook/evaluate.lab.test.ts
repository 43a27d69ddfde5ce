import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { evaluateVariables } from '../../src/playbook/evaluate.ts'
import { playbookFor } from '../../src/playbook/playbook.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'
import { noSshArguments } from './fixtures.ts'

const host = 'matrix.example.test'
const password = 'invented'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'evaluate-'))
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

test.each(dialects)(
  'Ansible of the dialect %s tells values of vaults, Jinja and the playbook',
  async dialect => {
    const bin = await ansibleVenv(dialect)
    write({
      'playbook/group_vars/matrix_servers': 'enabled: false\nname: "{{ domain }}"\nplain: playbook\n',
      'playbook/setup.yml': '[]\n',
      'inventory/hosts': `[matrix_servers]\n${host} ansible_host=192.0.2.1\n`,
      'inventory/group_vars/matrix_servers.yml': 'plain: group\n',
      [`inventory/host_vars/${host}/vars.yml`]: `domain: example.test
enabled: true
overridden: short
list: [{secret: "{{ inside }}", n: 1}]
raw: "{% raw %}{{ user.name }}{% endraw %}"
of_a_role: "{{ matrix_base_data_path }}/x"
looks_like_json: '{"a": "b"}'
`,
      [`inventory/host_vars/${host}/vault.yml`]: 'overridden: long\ninside: "it\'s"\n',
      password: `${password}\n`,
    })
    const vault = join(root, `inventory/host_vars/${host}/vault.yml`)
    execFileSync(
      join(bin, 'ansible-vault'),
      ['encrypt', '--vault-password-file', join(root, 'password'), vault],
      {
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
        stdio: 'pipe',
      },
    )
    const inline = execFileSync(
      join(bin, 'ansible-vault'),
      ['encrypt_string', '--vault-password-file', join(root, 'password'), 'in a list'],
      { env: { ...process.env, LC_ALL: 'C.UTF-8' }, encoding: 'utf8', stdio: 'pipe' },
    )
    write({
      [`inventory/host_vars/${host}/inline.yml`]: `inline: ${inline}\ninline_list: [{secret: "{{ inline }}"}]\n`,
    })
    const printed: string[] = []
    const target = {
      checkout: { path: join(root, 'playbook') } as never,
      inventory: join(root, 'inventory/hosts'),
      host,
      extraVars: { extra: [1, 'a'] },
      trust: { agentSocket: '', knownHosts: '' },
      connection: { address: '192.0.2.7', port: 22, user: 'root', sshArguments: noSshArguments },
      vaultPassword: password,
    }
    // Folders of other processes do not count.
    const temp = join(root, 'temp')
    mkdirSync(temp, { recursive: true })
    vi.stubEnv('RUNNER_TEMP', temp)
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`)
    const playbook = playbookFor(target, text => printed.push(text), undefined)
    const names = [
      'enabled',
      'name',
      'plain',
      'overridden',
      'list',
      'raw',
      'of_a_role',
      'looks_like_json',
      'extra',
      'nothing',
      'inline',
      'inline_list',
    ]
    const values = await evaluateVariables(playbook, names, {
      texts: { text: '{{ domain }}:{{ enabled }}' },
    })
    expect(Object.fromEntries(values)).toEqual({
      enabled: true,
      name: 'example.test',
      plain: 'playbook',
      overridden: 'long',
      list: [{ secret: "it's", n: 1 }],
      raw: '{{ user.name }}',
      looks_like_json: '{"a": "b"}',
      extra: [1, 'a'],
      nothing: undefined,
      inline: 'in a list',
      inline_list: [{ secret: 'in a list' }],
      text: 'example.test:True',
    })
    expect([...values.keys()]).not.toContain('of_a_role')
    expect(printed).toEqual([])
    write({
      'playbook/roles/custom/a/defaults/main.yml': 'matrix_base_data_path: "/{{ domain }}"\nplain: default\n',
      'playbook/roles/custom/a/tasks/main.yml': `- {ansible.builtin.file: {path: ${root}/ran, state: touch}, delegate_to: localhost, tags: always}\n`,
    })
    const withRoles = await evaluateVariables(playbook, ['of_a_role', 'plain'], {
      roles: ['custom/a'],
    })
    expect(Object.fromEntries(withRoles)).toEqual({ of_a_role: '/example.test/x', plain: 'playbook' })
    expect(readdirSync(root)).not.toContain('ran')
    expect(readdirSync(temp)).toEqual([])
  },
)
