import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
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
import { ansibleFolder, installAnsible, packageSets } from '../../src/actions/setup/ansible.ts'
import { countPinnedKeys } from '../../src/actions/setup/known-hosts.ts'
import { installRoles } from '../../src/actions/setup/roles.ts'
import { exec } from '../../src/support/exec.ts'
import { projectRoot } from '../lab/runner/runner.ts'

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

  it('refuses what is no key, a public key and a key with a passphrase, and leaves no agent behind', async () => {
    const refusal = (key: string) => expect(startAgent(key, 5, environment(), () => undefined)).rejects
    await refusal('no key').toThrow('must be an OpenSSH private key')
    await makeKey('-N', 'a passphrase')
    await refusal(fileOf('k')).toThrow('has a passphrase')
    await refusal(fileOf('k.pub')).toThrow('is a public key')
    expect(readdirSync(folder).filter(name => name.startsWith('maa-agent'))).toEqual([])
  })

  it('ends with the command, also if a signal ends that', async () => {
    await makeKey('-N', '')
    const program = `
      import { readFileSync } from 'node:fs'
      import { endAgentWithProcess, startAgent } from '${projectRoot}/src/actions/setup/agent.ts'
      const key = readFileSync('${folder}/k', 'utf8')
      const agent = await startAgent(key, 5, { ...process.env, RUNNER_TEMP: '${folder}' }, endAgentWithProcess)
      console.log(agent.pid)
      if (process.argv[1] === 'killed') setTimeout(() => undefined, 60_000)`
    for (const end of ['killed', 'ended']) {
      const command = spawn(process.execPath, ['--input-type=module', '-e', program, end])
      const exit = once(command, 'exit')
      const pid = await new Promise<string>(resolve =>
        command.stdout.once('data', chunk => resolve(String(chunk).trim())),
      )
      if (end === 'killed') {
        expect(existsSync(`/proc/${pid}/exe`)).toBe(true)
        command.kill('SIGKILL')
      }
      expect(await exit).toEqual(end === 'killed' ? [null, 'SIGKILL'] : [0, null])
      await expect.poll(() => existsSync(`/proc/${pid}/exe`), { timeout: 10_000 }).toBe(false)
    }
    const isOurs = (name: string) => name.startsWith('maa-agent')
    await expect.poll(() => readdirSync(folder).filter(isOurs)).toEqual([])
  })

  it('does not end a command that finds no shell', async () => {
    const program = `
      import { endAgentWithProcess } from '${projectRoot}/src/actions/setup/agent.ts'
      endAgentWithProcess({ pid: 0, folder: '${folder}/none', socket: '' })`
    const argv = ['--input-type=module', '-e', program]
    const command = spawn(process.execPath, argv, { env: { PATH: join(folder, 'none') } })
    expect(await once(command, 'exit')).toEqual([0, null])
  })

  it('never ends a process that is no agent', () => {
    endAgent({ pid: process.pid, folder: join(folder, 'none') })
  })
})

/** A python3 that makes venvs, and whose pip writes down what it is asked for. */
function fakePython(): void {
  write(
    'bin/python3',
    `#!/bin/bash
case "$*" in
  *--version) [ ! -e "${folder}/no-pip" ] ;;
  "-m venv"*) mkdir -p "\${@: -1}/bin" && cp "$0" "\${@: -1}/bin/python" ;;
  "-m pip"*)
    echo "$@" >>"${folder}/asked"
    [ ! -e "${folder}/broken" ] || exit 1
    cd "$(dirname "\${@: -1}")"
    [ "\${@: -2:1}" != -r ] || cat "\${@: -1}" >>"${folder}/listed"
    [[ "$*" != *download* ]] || touch "$(sed 's/==/-/; s/ .*//' wheel.txt)-py3-none-any.whl"
    ;;
  "-c "*) exit 0 ;;
  *) exit 1 ;;
esac
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
    const bin = join(ansibleFolder(version, environment(), packageSets[version]), 'bin')
    expect(await install()).toEqual({ bin, version, isCached: false })
    expect(await install()).toEqual({ bin, version, isCached: true })
    expect(fileOf('listed')).toMatch(new RegExp(`^ansible==${version} --hash=sha256:[0-9a-f]{64}$`, 'm'))
    expect(fileOf('listed')).toMatch(/^ansible-core==2\.\d+\.\d+ --hash=sha256:/m)
    const asked = fileOf('asked').trim().split('\n')
    expect(asked).toHaveLength(2)
    for (const words of asked) expect(words).toContain('--require-hashes')
  })

  it('is of packages that are all pinned with hashes, passlib among them', () => {
    for (const { wheel, requirements } of Object.values(packageSets)) {
      expect(wheel).toMatch(/^[0-9a-f]{64}$/)
      for (const line of requirements)
        expect(line).toMatch(/^[\w-]+==[\w.]+( ; [^#]*?)?( --hash=sha256:[0-9a-f]{64})+$/)
      expect(requirements.join('\n')).toMatch(/^passlib==/m)
    }
  })

  it('is installed again where the last attempt failed', async () => {
    write('broken', '')
    await expect(install()).rejects.toMatchObject({ reason: 'tool-missing' })
    rmSync(join(folder, 'broken'))
    expect((await install()).isCached).toBe(false)
    expect((await install()).isCached).toBe(true)
  })

  it('is installed by the pip of the machine, or by one of its own where that has none', async () => {
    await install()
    expect(fileOf('asked')).toContain('-m pip --python ')
    rmSync(join(folder, 'asked'))
    rmSync(join(folder, 'matrix-auth-actions'), { recursive: true })
    write('no-pip', '')
    await install()
    expect(fileOf('asked')).toContain('install')
    expect(fileOf('asked')).not.toContain('--python')
  })

  it('takes a version that is asked for, and no other text', async () => {
    const { bin } = await install('12.3.0')
    expect(fileOf('asked')).toContain(
      'install --no-compile --disable-pip-version-check ansible==12.3.0 passlib',
    )
    expect(bin).not.toBe((await install()).bin)
    const given = { 'ansible-version': '11 --index-url=x' } as Record<string, string>
    expect(() => readInputs(setup.inputs, name => given[name])).toThrow('a version such as')
  })

  it('refuses a folder that is no playbook', async () => {
    rmSync(join(folder, 'playbook/setup.yml'))
    await expect(install()).rejects.toThrow('setup.yml')
  })
})

describe('the roles', () => {
  const install = () =>
    installRoles(join(folder, 'playbook'), async () => join(folder, 'bin'), {
      ...environment(),
      RUNNER_TOOL_CACHE: join(folder, 'tools'),
    })
  const git = (...argv: string[]) =>
    exec(['git', '-C', join(folder, 'role'), '-c', 'user.name=A', '-c', 'user.email=a@example.test', ...argv])
  const requirements = (...entries: string[]) =>
    write('playbook/requirements.yml', `---\n${entries.map(entry => `- ${entry}\n`).join('')}`)
  const role = (name: string, version: string) =>
    `{src: "git+file://${folder}/role", version: ${version}, name: ${name}}`
  const installed = (name: string) => fileOf(`playbook/roles/galaxy/${name}/tasks/main.yml`)

  /** Two tagged versions. */
  beforeEach(async () => {
    write('bin/ansible-galaxy', `#!/bin/bash\necho "$@" >>"${folder}/asked"\n`, 0o755)
    mkdirSync(join(folder, 'role'))
    await git('init', '--quiet')
    for (const version of ['v1', 'v2']) {
      write('role/tasks/main.yml', `# ${version}\n`)
      await git('add', '.')
      await git('commit', '--quiet', '--message', version)
      await git('tag', version)
    }
  })

  it('are fetched from git in the pinned versions, again only when the pins change, without ansible-galaxy', async () => {
    requirements(role('a', 'v1'), ...Array.from({ length: 20 }, (_, at) => role(`b${at}`, 'v2')))
    expect(await install()).toBe('21 roles were installed.')
    expect([installed('a'), installed('b19')]).toEqual(['# v1\n', '# v2\n'])
    expect(existsSync(join(folder, 'playbook/roles/galaxy/a/.git'))).toBe(false)
    expect(await install()).toBeUndefined()
    requirements(role('a', 'v2'))
    await install()
    expect(installed('a')).toBe('# v2\n')
    expect(fileOf('asked')).toBe('')
  })

  it('come from the tool cache in a fresh checkout', async () => {
    requirements(role('a', 'v1'))
    await install()
    rmSync(join(folder, 'playbook/roles'), { recursive: true })
    rmSync(join(folder, 'role'), { recursive: true })
    expect(await install()).toBeUndefined()
    expect(installed('a')).toBe('# v1\n')
  })

  it('that cannot be fetched are named, and leave nothing that looks complete', async () => {
    requirements(role('a', 'v1'), role('b', 'v3'))
    await expect(install()).rejects.toMatchObject({
      reason: 'fetch-failed',
      message: 'The role b of the playbook cannot be fetched in version v3.',
    })
    expect(readdirSync(join(folder, 'tools/matrix-auth-actions'))).toEqual([])
    await git('tag', 'v3')
    expect(await install()).toBe('2 roles were installed.')
  })

  it.each([
    ['of Galaxy', '{src: geerlingguy.docker, version: 7.0.0, name: docker}'],
    ['with a name that is a path', '{src: "git+https://example.test/x", version: v1, name: ../x}'],
    ['with a version that is an option', '{src: "git+https://example.test/x", version: --x, name: x}'],
  ])('%s are left to ansible-galaxy', async (_, entry) => {
    requirements(role('a', 'v1'), entry)
    await install()
    expect(fileOf('asked')).toBe('install -r requirements.yml -p roles/galaxy/ --force\n')
    expect(installed('a')).toBe('')
  })

  it('are none where the playbook asks for none', async () => {
    for (const text of ['---\n[]\n', '---\n']) {
      write('playbook/requirements.yml', text)
      expect(await install()).toBeUndefined()
    }
  })
})
