import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readInputs } from '../../src/actions/inputs.ts'
import { setup } from '../../src/actions/setup/action.ts'
import { endAgent, startAgent } from '../../src/actions/setup/agent.ts'
import { installAnsible } from '../../src/actions/setup/ansible.ts'
import { countPinnedKeys } from '../../src/actions/setup/known-hosts.ts'
import { installRoles } from '../../src/actions/setup/roles.ts'
import { exec } from '../../src/support/exec.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maa-setup-'))
  vi.stubEnv('PATH', `${folder}/bin:${process.env.PATH}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function write(name: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), content)
  chmodSync(join(folder, name), mode)
}

const fileOf = (name: string) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : ''

/** The environment of a runner; `bin` in the folder comes first on the PATH. */
const environment = () => ({
  PATH: process.env.PATH,
  HOME: folder,
  RUNNER_TEMP: folder,
  'INPUT_SSH-PRIVATE-KEY': 'the secret',
})

describe('pinned host keys', () => {
  it('are a file with a key in it', async () => {
    await expect(countPinnedKeys(join(folder, 'none'))).rejects.toThrow('does not exist')
    write('empty', '# nothing\n')
    await expect(countPinnedKeys(join(folder, 'empty'))).rejects.toThrow('no host key')
    await exec(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'k')])
    write('known', `m.example.test ${fileOf('k.pub')}`)
    expect(await countPinnedKeys(join(folder, 'known'))).toBe(1)
  })
})

describe('the agent', () => {
  const makeKey = (...more: string[]) =>
    exec(['ssh-keygen', '-q', '-t', 'ed25519', '-f', join(folder, 'k'), ...more])

  it('holds the key, with a lifetime, and nothing else does; afterwards it is gone', async () => {
    await makeKey('-N', '')
    const key = fileOf('k').trimEnd().replaceAll('\n', '\r\n')
    rmSync(join(folder, 'k'))
    const kept: (number | null)[] = []
    const agent = await startAgent(key, 5, environment(), ({ socket }) => {
      // 1: the agent answers, and has no key.
      kept.push(spawnSync('ssh-add', ['-l'], { env: { ...process.env, SSH_AUTH_SOCK: socket } }).status)
    })
    expect(kept).toEqual([1])
    const listed = await exec(['ssh-add', '-L'], { env: { ...process.env, SSH_AUTH_SOCK: agent.socket } })
    expect(listed.stdout.split(' ')[1]).toBe(fileOf('k.pub').split(' ')[1])
    expect(readFileSync(`/proc/${agent.pid}/environ`, 'utf8')).not.toContain('INPUT_')
    expect(readFileSync(`/proc/${agent.pid}/cmdline`, 'utf8').split('\0')).toContain('300')
    const secret = key.split('\r\n')[2] ?? 'nothing'
    expect((await exec(['grep', '-rlaF', '-D', 'skip', secret, folder])).stdout).toBe('')
    endAgent(agent)
    expect(existsSync(agent.folder)).toBe(false)
    await expect.poll(() => existsSync(`/proc/${agent.pid}/exe`)).toBe(false)
  })

  it('refuses what is no key, and a key with a passphrase, and leaves no agent behind', async () => {
    await expect(startAgent('no key', 5, environment(), () => undefined)).rejects.toThrow(
      'without a passphrase',
    )
    await makeKey('-N', 'a passphrase')
    await expect(startAgent(fileOf('k'), 5, environment(), () => undefined)).rejects.toThrow(
      'without a passphrase',
    )
    expect(readdirSync(folder).filter(name => name.startsWith('maa-agent'))).toEqual([])
  })

  it('never ends a process that is no agent', () => {
    endAgent({ pid: process.pid, folder: join(folder, 'none') })
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

describe('Ansible', () => {
  const template = 'playbook/roles/custom/matrix-synapse/templates/synapse/homeserver.yaml.j2'
  const tasks = 'playbook/roles/custom/matrix-authentication-service/tasks'
  beforeEach(() => {
    fakePython()
    write('playbook/setup.yml', '- hosts: all\n')
  })
  const install = (version?: string) => installAnsible(join(folder, 'playbook'), environment(), version)

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
    const bin = join(folder, `matrix-auth-actions/ansible-${version}/bin`)
    expect(await install()).toEqual({ bin, version })
    expect(fileOf('asked')).toContain(`ansible==${version} passlib`)
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
    await install('11.1.0')
    expect(fileOf('asked')).toContain('ansible==11.1.0')
    const given = { 'ansible-version': '11 --index-url=x' } as Record<string, string>
    expect(() => readInputs(setup.inputs, name => given[name])).toThrow('a version such as')
  })

  it('refuses a folder that is no playbook', async () => {
    rmSync(join(folder, 'playbook/setup.yml'))
    await expect(install()).rejects.toThrow('setup.yml')
  })
})

describe('the roles', () => {
  const roles = () => installRoles(join(folder, 'playbook'), join(folder, 'bin'), environment())
  beforeEach(() => {
    write(
      'bin/ansible-galaxy',
      `#!/bin/bash\necho "$@" >>"${folder}/asked"\n[ ! -e "${folder}/broken" ]\n`,
      0o755,
    )
    write('playbook/requirements.yml', '---\n- src: git+https://example.test/role.git\n  version: v1\n')
  })

  it('installs the pinned roles, and again only when the pins change', async () => {
    await roles()
    await roles()
    expect(fileOf('asked')).toBe('install -r requirements.yml -p roles/galaxy/ --force\n')
    write('playbook/requirements.yml', '- src: git+https://example.test/role.git\n  version: v2\n')
    await roles()
    expect(fileOf('asked').trim().split('\n')).toHaveLength(2)
  })

  it('does not take a failed installation for one that is done', async () => {
    write('broken', '')
    await expect(roles()).rejects.toThrow('install the roles')
    rmSync(join(folder, 'broken'))
    await roles()
    expect(fileOf('asked').trim().split('\n')).toHaveLength(2)
  })

  it('has nothing to do where the playbook asks for no role', async () => {
    write('playbook/requirements.yml', '---\n[]\n')
    expect(await roles()).toContain('no roles')
    expect(fileOf('asked')).toBe('')
  })
})
