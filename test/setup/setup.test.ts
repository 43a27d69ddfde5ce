import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exec } from '../../src/support/exec.ts'

const scripts = resolve(import.meta.dirname, '../../setup')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maa-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), content)
  chmodSync(join(folder, name), mode)
}

const fileOf = (name: string) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : ''

/** Runs a script of the action as the runner would; `bin` in the folder comes first on the PATH. */
function script(name: string, env: Record<string, string>) {
  return exec([join(scripts, name)], {
    cwd: folder,
    env: {
      PATH: `${folder}/bin:${process.env.PATH}`,
      HOME: folder,
      RUNNER_TEMP: folder,
      GITHUB_ENV: join(folder, 'env'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_PATH: join(folder, 'path'),
      ...env,
    },
  })
}

describe('known-hosts.sh', () => {
  it('demands a file with a key in it', async () => {
    expect((await script('known-hosts.sh', { KNOWN_HOSTS: 'none' })).code).toBe(1)
    write('empty', '# nothing\n')
    expect((await script('known-hosts.sh', { KNOWN_HOSTS: 'empty' })).code).toBe(1)
    await exec(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'k')])
    write('known', `m.example.test ${fileOf('k.pub')}`)
    expect(await script('known-hosts.sh', { KNOWN_HOSTS: 'known' })).toMatchObject({
      code: 0,
      stdout: 'Pinned host keys: 1\n',
    })
  })
})

describe('agent.sh', () => {
  const makeKey = (...more: string[]) =>
    exec(['ssh-keygen', '-q', '-t', 'ed25519', '-f', join(folder, 'k'), ...more])
  const endAgent = () => {
    const pid = /SSH_AGENT_PID=(\d+)/.exec(fileOf('env'))?.[1]
    if (pid) process.kill(Number(pid))
    return pid
  }

  it('holds the key in an agent, with a lifetime, and nowhere else', async () => {
    await makeKey('-N', '')
    const key = fileOf('k').trimEnd().replaceAll('\n', '\r\n')
    rmSync(join(folder, 'k'))
    const result = await script('agent.sh', { SSH_PRIVATE_KEY: key, SSH_KEY_LIFETIME: '5' })
    expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('(ED25519)') })
    const socket = /SSH_AUTH_SOCK=(.*)/.exec(fileOf('env'))?.[1] ?? ''
    const listed = await exec(['ssh-add', '-L'], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
    expect(listed.stdout.split(' ')[1]).toBe(fileOf('k.pub').split(' ')[1])
    const pid = endAgent()
    const secret = key.split('\r\n')[2] ?? 'nothing'
    expect((await exec(['grep', '-rlaF', secret, folder])).stdout).toBe('')
    expect(result.stdout + result.stderr + fileOf('env') + fileOf('output')).not.toContain(secret)
    expect(pid).toMatch(/^\d+$/)
  })

  it('refuses what is no key, a key with a passphrase, and a lifetime that is none', async () => {
    expect((await script('agent.sh', { SSH_PRIVATE_KEY: 'no key' })).code).toBe(1)
    await makeKey('-N', 'a passphrase')
    const locked = await script('agent.sh', { SSH_PRIVATE_KEY: fileOf('k') })
    expect(locked).toMatchObject({ code: 1, stdout: expect.stringContaining('without a passphrase') })
    expect((await script('agent.sh', { SSH_PRIVATE_KEY: 'x', SSH_KEY_LIFETIME: '0' })).code).toBe(1)
    expect(fileOf('env')).toBe('')
  })
})

/** A python3 that makes venvs whose pip writes down what it is asked for. */
function fakePython(): void {
  write(
    'bin/python3',
    `#!/bin/bash
[ "$1" = -c ] && exit 0
mkdir -p "$3/bin"
printf '#!/bin/bash\\necho "$@" >>"%s"\\n' "${folder}/asked" >"$3/bin/pip"
printf '#!/bin/bash\\necho "ansible-playbook [core]"\\n' >"$3/bin/ansible-playbook"
chmod +x "$3/bin/"*
`,
    0o755,
  )
}

describe('ansible.sh', () => {
  const template = 'playbook/roles/custom/matrix-synapse/templates/synapse/homeserver.yaml.j2'
  const tasks = 'playbook/roles/custom/matrix-authentication-service/tasks'
  beforeEach(() => {
    fakePython()
    write('playbook/setup.yml', '- hosts: all\n')
  })
  const install = (version = '') =>
    script('ansible.sh', { PLAYBOOK_PATH: 'playbook', ANSIBLE_VERSION: version })

  it.each([
    [
      'a playbook whose template ansible-core 2.19 refuses',
      { [template]: '#jinja2: lstrip_blocks: "True"\n', [`${tasks}/mas_cli_syn2mas.yml`]: '' },
      '10.7.0',
    ],
    [
      "today's playbook",
      { [template]: '#jinja2: lstrip_blocks: True\n', [`${tasks}/mas_cli_syn2mas.yml`]: '' },
      '12.3.0',
    ],
    ['a playbook before mas-cli', { [`${tasks}/syn2mas.yml`]: '' }, '10.7.0'],
  ])('takes the version that fits %s', async (_, files, version) => {
    for (const [name, content] of Object.entries(files)) write(name, content)
    expect(await install()).toMatchObject({ code: 0 })
    expect(fileOf('asked')).toContain(`ansible==${version} passlib`)
    expect(fileOf('output')).toContain(`version=${version}`)
    expect(fileOf('path').trim()).toBe(join(folder, `matrix-auth-actions/ansible-${version}/bin`))
  })

  it('installs once, and again where the last attempt was cut off', async () => {
    await install()
    await install()
    expect(fileOf('asked').trim().split('\n')).toHaveLength(1)
    rmSync(join(folder, 'matrix-auth-actions/ansible-10.7.0/complete'))
    await install()
    expect(fileOf('asked').trim().split('\n')).toHaveLength(2)
  })

  it('takes a version that is asked for, and no other text', async () => {
    expect((await install('11.1.0')).code).toBe(0)
    expect(fileOf('asked')).toContain('ansible==11.1.0')
    expect((await install('11 --index-url=x')).code).toBe(1)
  })

  it('refuses a folder that is no playbook', async () => {
    rmSync(join(folder, 'playbook/setup.yml'))
    expect(await install()).toMatchObject({ code: 1, stdout: expect.stringContaining('setup.yml') })
  })
})

describe('roles.sh', () => {
  const roles = () => script('roles.sh', { PLAYBOOK_PATH: 'playbook' })
  beforeEach(() => {
    write(
      'bin/ansible-galaxy',
      `#!/bin/bash\necho "$@" >>"${folder}/asked"\n[ ! -e "${folder}/broken" ]\n`,
      0o755,
    )
    write('playbook/requirements.yml', '---\n- src: git+https://example.test/role.git\n  version: v1\n')
  })

  it('installs the pinned roles, and again only when the pins change', async () => {
    expect((await roles()).code).toBe(0)
    expect((await roles()).code).toBe(0)
    expect(fileOf('asked')).toBe('install -r requirements.yml -p roles/galaxy/ --force\n')
    write('playbook/requirements.yml', '- src: git+https://example.test/role.git\n  version: v2\n')
    await roles()
    expect(fileOf('asked').trim().split('\n')).toHaveLength(2)
  })

  it('does not take a failed installation for one that is done', async () => {
    write('broken', '')
    expect((await roles()).code).toBe(1)
    rmSync(join(folder, 'broken'))
    expect((await roles()).code).toBe(0)
    expect(fileOf('asked').trim().split('\n')).toHaveLength(2)
  })

  it('has nothing to do where the playbook asks for no role', async () => {
    write('playbook/requirements.yml', '---\n[]\n')
    expect((await roles()).code).toBe(0)
    expect(fileOf('asked')).toBe('')
  })
})
