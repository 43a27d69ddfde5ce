import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCheckout } from '../../src/playbook/checkout.ts'
import { exec } from '../../src/support/exec.ts'

const role = 'roles/custom/matrix-authentication-service'
const today: Record<string, string> = {
  'setup.yml': '- hosts: matrix_servers\n',
  'requirements.yml': '- src: git+https://example.test/role.git\n',
  [`${role}/tasks/main.yml`]: `
- tags: [setup-all, matrix-authentication-service-mas-cli-syn2mas]
  block:
    - when: matrix_authentication_service_enabled | bool
      ansible.builtin.include_tasks: "{{ role_path }}/tasks/validate_config.yml"
- tags: [matrix-authentication-service-syn2mas]
  block:
    - name: Say that the tag is old
      ansible.builtin.fail: {msg: use the other}
- tags:
    - matrix-authentication-service-mas-cli-syn2mas
  block:
    - ansible.builtin.include_tasks: "{{ role_path }}/tasks/mas_cli_syn2mas.yml"
- tags: matrix-authentication-service-mas-cli-doctor
  ansible.builtin.include_tasks: "{{ role_path }}/tasks/mas_cli_doctor.yml"
`,
  [`${role}/tasks/mas_cli_syn2mas.yml`]: `
- when: not matrix_authentication_service_syn2mas_migrate_dry_run | bool
  ansible.builtin.service: {name: matrix-authentication-service, state: stopped}
- when: not matrix_authentication_service_syn2mas_migrate_dry_run
  ansible.builtin.service: {name: matrix-authentication-service, state: started}
`,
  'group_vars/matrix_servers':
    'matrix_synapse_matrix_authentication_service_enabled: "{{ matrix_authentication_service_enabled }}"\n',
  'roles/custom/matrix_playbook_migration/defaults/main.yml':
    'matrix_playbook_migration_expected_version: "v1"\n',
}
const of2024: Record<string, string> = {
  'setup.yml': '- hosts: matrix_servers\n',
  [`${role}/tasks/main.yml`]: `
- tags: [matrix-authentication-service-syn2mas]
  block:
    - ansible.builtin.include_tasks: "{{ role_path }}/tasks/syn2mas.yml"
`,
  [`${role}/tasks/syn2mas.yml`]: `
- ansible.builtin.service: {name: matrix-authentication-service, state: stopped}
- when: not matrix_authentication_service_syn2mas_dry_run
  block:
    - ansible.builtin.service: {name: matrix-synapse, state: started}
    - ansible.builtin.service: {name: matrix-authentication-service, state: started}
`,
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maa-checkout-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

describe('readCheckout', () => {
  it("reads today's playbook", async () => {
    write(today)
    expect(await readCheckout(folder)).toMatchObject({
      dialect: 'mas-cli',
      capabilities: {
        syn2masTag: 'matrix-authentication-service-mas-cli-syn2mas',
        doctorTag: 'matrix-authentication-service-mas-cli-doctor',
        dryRunVariable: 'matrix_authentication_service_syn2mas_migrate_dry_run',
        delegatesWhilePrepared: true,
        validatedVersion: 'v1',
      },
    })
  })

  it('reads the playbook of the first guide', async () => {
    write(of2024)
    expect(await readCheckout(folder)).toMatchObject({
      dialect: 'syn2mas-tool',
      capabilities: {
        syn2masTag: 'matrix-authentication-service-syn2mas',
        doctorTag: undefined,
        dryRunVariable: 'matrix_authentication_service_syn2mas_dry_run',
        delegatesWhilePrepared: false,
      },
    })
  })

  it('detects that delegation follows the progress of the migration', async () => {
    write({
      ...today,
      'group_vars/matrix_servers':
        'matrix_synapse_matrix_authentication_service_enabled: "{{ matrix_authentication_service_enabled and not matrix_authentication_service_migration_in_progress }}"\n',
    })
    expect((await readCheckout(folder)).capabilities).toMatchObject({ delegatesWhilePrepared: false })
  })

  it('has the variable that restarts only changed services, by its old and its new name', async () => {
    for (const name of [
      'devture_systemd_service_manager_conditional_restart_enabled',
      'systemd_service_manager_conditional_restart_enabled',
    ]) {
      write({ ...today, 'group_vars/matrix_servers': `a: 1\n${name}: "{{ x }}"\n` })
      expect((await readCheckout(folder)).capabilities.restartVariable).toBe(name)
    }
    write(today)
    expect((await readCheckout(folder)).capabilities.restartVariable).toBeUndefined()
  })

  it('has the commit of its own repository, not of an enclosing one', async () => {
    write(today)
    const git = (...words: string[]) =>
      exec(['git', '-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.test', ...words])
    await git('init', '-q')
    await git('add', '.')
    await git('commit', '-qm', 'x')
    expect((await readCheckout(folder)).commit).toMatch(/^[0-9a-f]{40}$/)
    const inner = join(folder, 'inner')
    const outer = folder
    folder = inner
    write(today)
    expect((await readCheckout(inner)).commit).toBeUndefined()
    folder = outer
  })

  it('has another digest if a relevant file differs', async () => {
    write(today)
    const before = (await readCheckout(folder)).digest
    expect((await readCheckout(folder)).digest).toBe(before)
    write({ [`${role}/tasks/mas_cli_syn2mas.yml`]: '- ansible.builtin.debug: {msg: x}\n' })
    expect((await readCheckout(folder)).digest).not.toBe(before)
  })

  it.each([
    ['an empty folder', {}],
    ['a playbook before MAS', { 'setup.yml': '- hosts: all\n' }],
    [
      'a role without the tag',
      { ...today, [`${role}/tasks/main.yml`]: '- ansible.builtin.debug: {msg: x}\n' },
    ],
  ])('refuses %s', async (_, files) => {
    write(files)
    await expect(readCheckout(folder)).rejects.toMatchObject({ reason: 'checkout-unsupported' })
  })

  it('ignores special and oversized files, so it neither hangs nor fills the memory', async () => {
    write(today)
    for (const [name, target] of [
      ['group_vars/matrix_servers', '/dev/zero'],
      ['requirements.yml', 'requirements.yml'],
    ] as const) {
      rmSync(join(folder, name))
      symlinkSync(target, join(folder, name))
    }
    const { dialect, capabilities } = await readCheckout(folder)
    expect(dialect).toBe('mas-cli')
    expect(capabilities).toMatchObject({ delegatesWhilePrepared: false })
  })

  it.each([
    ['brackets', '['.repeat(20_000)],
    [
      'aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, c => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
    ],
    ['keys', Array.from({ length: 60_000 }, (_, index) => `k${index}:\n`).join('')],
    ['tags that are no text', '- tags: {toString: x}\n'],
  ])('rejects a checkout whose tasks are full of %s', async (_, main) => {
    write({ ...today, [`${role}/tasks/main.yml`]: main })
    await expect(readCheckout(folder)).rejects.toThrow('no tag that runs syn2mas')
  })
})
