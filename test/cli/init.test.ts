import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { originalPlaybook, pinnedCommit } from '../../src/actions/playbook.ts'
import { Repository } from '../../src/actions/repository.ts'
import type { InitResult } from '../../src/cli/init/init.ts'
import { callOf } from '../../src/cli/screen.ts'
import { toolkitRelease } from '../../src/domain/toolkit.ts'
import { pinnedKeys } from '../../src/server/known-hosts.ts'
import { type ServerRepository, serverRepository } from '../actions/server-repository.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { startSshd, type ThrowAwaySshd } from '../server/sshd.ts'
import { cli, type Ran, schemaErrors } from './run.ts'
import { fakeScreen, runHere } from './screen.ts'

let sshd: ThrowAwaySshd
let playbook: ServerRepository
let commit = ''
let fingerprint = ''
let folder = ''
let root = ''

const playbookFiles = { 'setup.yml': '', 'roles/custom/matrix-authentication-service/tasks/main.yml': '' }

beforeAll(async () => {
  sshd = await startSshd()
  playbook = serverRepository()
  commit = playbook.commit(playbookFiles)
  const listed = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host.pub')], { encoding: 'utf8' })
  fingerprint = listed.split(' ')[1] ?? ''
})
afterAll(() => {
  sshd.stop()
  playbook.remove()
})

beforeEach(() => {
  // git fetches the playbook from here.
  vi.stubEnv('GIT_CONFIG_COUNT', '1')
  vi.stubEnv('GIT_CONFIG_KEY_0', `url.${playbook.url}.insteadOf`)
  vi.stubEnv('GIT_CONFIG_VALUE_0', originalPlaybook)
  folder = mkdtempSync(join(tmpdir(), 'init-'))
  root = join(folder, 'repository')
  write(
    'inventory/hosts',
    `[matrix_servers]\nmatrix.example.test ansible_host=127.0.0.1 ansible_port=${sshd.address.port}\n`,
  )
  write('inventory/host_vars/matrix.example.test/vars.yml', 'matrix_domain: example.test\n')
  git('init', '-q', '-b', 'trunk')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const git = (...argv: string[]) => execFileSync('git', ['-C', root, ...argv], { encoding: 'utf8' })

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const toolkit = 'some-owner/matrix-auth-actions@v1'
function init(...more: string[]): Promise<Ran> {
  const given = ['--toolkit', toolkit, '--fingerprint', fingerprint]
  return runHere(['init', ...given, ...more], root)
}

async function initJson(...more: string[]): Promise<InitResult & { code: number | null }> {
  const { code, stdout, stderr } = await init('--json', ...more)
  expect(stdout, stderr).not.toBe('')
  const result = JSON.parse(stdout) as InitResult
  expect(schemaErrors('terminal#/definitions/init', result)).toEqual([])
  return { ...result, code }
}

/** Every file but git's own, with its text. */
function files(): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = entries.map(entry => relative(root, join(entry.parentPath, entry.name)))
  return Object.fromEntries(
    paths
      .filter(path => !path.startsWith('.git/'))
      .map(path => [path, readFileSync(join(root, path), 'utf8')]),
  )
}

/** Those of each step of the actions in the workflows. */
function expectInputs(inputs: object): void {
  const jobs = Object.entries(files())
    .filter(([path]) => path.startsWith('.github'))
    .flatMap(([, text]) =>
      Object.values(parse(text).jobs as Record<string, { steps: { uses?: string; with?: object }[] }>),
    )
  const steps = jobs.flatMap(job => job.steps).filter(({ uses }) => uses === toolkit)
  expect(steps.length).toBeGreaterThan(5)
  for (const step of steps) expect(step.with).toMatchObject(inputs)
}

const pathsOfApply = () => parse(files()['.github/workflows/matrix-auth-apply.yml'] ?? '').on.push.paths

describe('init', () => {
  test('writes the workflows, the host key, the pin of the playbook, and says what to do next', async () => {
    const { code, stdout, stderr } = await init()
    expect(code, stderr).toBe(0)
    expect(Object.keys(files()).toSorted()).toEqual([
      '.github/workflows/matrix-auth-apply.yml',
      '.github/workflows/matrix-auth-doctor.yml',
      '.github/workflows/matrix-auth-review.yml',
      '.gitignore',
      'inventory/host_vars/matrix.example.test/vars.yml',
      'inventory/hosts',
      'inventory/known_hosts',
      'playbook.lock',
    ])
    expect(files()['playbook.lock']).toBe(`${commit}\n`)
    expect(files()['.gitignore']).toBe('/playbook/\n')
    expect(
      pinnedKeys(files()['inventory/known_hosts'] ?? '', '127.0.0.1', sshd.address.port).keys,
    ).toHaveLength(1)
    expect(stderr).toContain(`Host key of matrix.example.test: ${fingerprint}`)
    expect(stdout).toContain('gh secret set MATRIX_SSH_KEY --env matrix-production < PRIVATE_KEY_FILE')
    expect(stdout).toContain('matrix-auth-actions plan')
    expect((await runHere(['validate'], root)).code).not.toBe(2)
  })

  test('pins the commit of the clone beside the repository, and passes over a folder without a commit', async () => {
    const clone = join(folder, 'matrix-docker-ansible-deploy')
    execFileSync('git', ['clone', '-q', playbook.url, clone])
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.test']
    execFileSync('git', ['-C', clone, ...identity, 'commit', '-q', '--allow-empty', '-m', 'Mine'])
    const mine = execFileSync('git', ['-C', clone, 'rev-parse', 'HEAD'], { encoding: 'utf8' })
    execFileSync('git', ['init', '-q', join(root, 'playbook')])
    const { stderr } = await init()
    expect(readFileSync(join(root, 'playbook.lock'), 'utf8')).toBe(mine)
    expect(stderr).toContain(`Warning: the jobs may not find the commit ${mine.trim()} of the playbook`)
    expect((await init()).stderr).toContain('Warning: ')
    execFileSync('git', ['-C', clone, 'reset', '-q', '--hard', 'HEAD~1'])
    rmSync(join(root, 'playbook.lock'))
    expect((await init()).stderr).not.toContain('Warning: ')
  })

  test('writes workflows that are the templates for this repository', async () => {
    await init()
    for (const [path, text] of Object.entries(files()).filter(([name]) => name.startsWith('.github'))) {
      expect(text).not.toMatch(/OWNER\/|\$default-branch/)
      expect(text).toContain(`uses: ${toolkit}`)
      const template = readFileSync(join(projectRoot, 'workflows', path.split('/').at(-1) ?? ''), 'utf8')
      expect(text.split('\n')).toHaveLength(template.split('\n').length)
    }
    expect(parse(files()['.github/workflows/matrix-auth-apply.yml'] ?? '').on.push.branches).toEqual([
      'trunk',
    ])
  })

  test('changes nothing where it is run again', async () => {
    await init()
    const before = files()
    const again = await initJson()
    expect(again.code).toBe(0)
    expect(again.items.map(({ state }) => state)).toEqual(again.items.map(() => 'there'))
    expect(files()).toEqual(before)
  })

  test('says of an empty repository that the playbook is not ignored yet', async () => {
    const { items } = await initJson('--check')
    expect(items.find(({ name }) => name === '.gitignore: /playbook/')?.state).toBe('missing')
  })

  test('ignores no playbook that is outside of the repository', async () => {
    const { code, items } = await initJson('--playbook-path', '../playbook')
    expect(code).toBe(0)
    expect(items.filter(({ name }) => name.startsWith('.gitignore'))).toEqual([])
    expect(files()).not.toHaveProperty(['.gitignore'])
  })

  test('keeps a file that differs, says so, and overwrites it only with --force', async () => {
    const path = '.github/workflows/matrix-auth-doctor.yml'
    write(path, 'name: mine\n')
    const kept = await init()
    expect(kept.code).toBe(1)
    expect(kept.stdout).toContain(`${path}: differs`)
    expect(files()[path]).toBe('name: mine\n')
    const forced = await initJson('--force')
    expect(forced.items.find(({ name }) => name === path)?.state).toBe('written')
    expect(forced.code).toBe(0)
    expect(files()[path]).toContain(toolkit)
  })

  test.each([
    [
      'of a line that cannot be read',
      '[matrix_servers]\n<your-domain> ansible_host=<ip>\n[a b\n',
      'inventory/hosts:',
    ],
    ['without a host', '[matrix_servers]\n', 'Where: inventory/hosts'],
    ['without the group of the playbook', '[matrix]\nmatrix.example.test\n', 'Where: inventory/hosts:1:'],
  ])('writes nothing for an inventory %s', async (_, text, where) => {
    write('inventory/hosts', text)
    const before = files()
    for (const more of [[], ['--check']]) {
      const { code, stderr } = await init(...more)
      expect(code).toBe(2)
      expect(stderr).toContain(where)
    }
    expect(files()).toEqual(before)
  })

  test('never writes a host key that nobody compared', async () => {
    for (const given of [[], ['--fingerprint', `SHA256:${'A'.repeat(43)}`]]) {
      const argv = ['init', '--toolkit', toolkit, ...given, '--json']
      const { code, stdout, stderr } = await runHere(argv, root)
      expect(code).toBe(1)
      expect(stderr).toContain(fingerprint)
      expect(existsSync(join(root, 'inventory/known_hosts'))).toBe(false)
      const item = (JSON.parse(stdout) as InitResult).items.find(({ name }) =>
        name.startsWith('inventory/known_hosts'),
      )
      expect(item).toMatchObject({
        state: 'missing',
        how: expect.stringContaining('matrix-auth-actions init'),
        failure: expect.stringContaining('Not pinned: '),
      })
    }
  })

  test('says nothing of a pinned host key where the given fingerprint is that of another host', async () => {
    write(
      'inventory/hosts',
      `${files()['inventory/hosts']}other.example.test ansible_host=127.0.0.1 ansible_port=2\n`,
    )
    write('inventory/known_hosts', `[127.0.0.1]:2 ${sshd.otherKey}\n`)
    const { code, stdout } = await init()
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('✔ inventory/known_hosts: other.example.test'),
    ])
  })

  test('does not take another pinned host key for the one that is given, and names the commands that replace it', async () => {
    const name = `[127.0.0.1]:${sshd.address.port}`
    write('inventory/known_hosts', `${name} ${sshd.otherKey}\n`)
    const before = files()['inventory/known_hosts']
    for (const more of [[], ['--force'], ['--check']]) {
      const { code, stdout, stderr } = await init(...more)
      expect(code).toBe(1)
      expect(stdout).toContain('✘ inventory/known_hosts: matrix.example.test: differs')
      expect(stdout).toContain(
        `    ssh-keygen -R '${name}' -f inventory/known_hosts && matrix-auth-actions init   # if the pinned key is not the server's own\n`,
      )
      expect(stderr).toContain('Do what is said of each part above.')
      expect(files()['inventory/known_hosts']).toBe(before)
    }
    execFileSync('ssh-keygen', ['-R', name, '-f', join(root, 'inventory/known_hosts')], { stdio: 'ignore' })
    expect((await init()).code).toBe(0)
    expect((await init()).code).toBe(0)
  })

  test('asks a person at a terminal for what it does not know, and for the fingerprint', async () => {
    const key = join(folder, 'key')
    const plan = [
      [/paid is Pro or Team[\s\S]*enterprise\): /, ''],
      [/one of[\s\S]*enterprise\): /, 'gratis'],
      [/one of[\s\S]*enterprise\): /, 'Free'],
    ] as const
    const answers = (agrees: string, ...asked: readonly (readonly [RegExp, string])[]) => [
      [/empty for no: /, join(root, 'key')] as const,
      [/would be in the repository[\s\S]*empty for no: /, key] as const,
      ...asked,
      [/Are they the same\? \(yes\/no\) /, 'ok'] as const,
      [/Are they the same\? \(yes\/no\) /, ''] as const,
      [/Are they the same\? \(yes\/no\) /, agrees] as const,
    ]
    const argv = ['init', '--playbook-repository', playbook.url]
    const refused = await cli(argv, { cwd: root, hasTerminal: true, replies: answers('No', ...plan) })
    expect(refused.stdout).toContain(`Host key of matrix.example.test: ${fingerprint}`)
    expect(refused.stdout).toMatch(
      /On the server, run: `ssh-keygen -lf \/etc\/ssh\/ssh_host_ed25519_key\.pub`/,
    )
    expect(refused.stdout).toContain('Not pinned: you did not confirm the fingerprint.')
    expect(refused.stdout).not.toContain('ssh-keyscan')
    expect(refused.code).toBe(1)
    expect(files()).not.toHaveProperty(['inventory/known_hosts'])
    const agreed = await cli(argv, { cwd: root, hasTerminal: true, replies: answers('Y') })
    expect(agreed.code, agreed.stdout).toBe(0)
    expect(agreed.stdout).not.toContain('paid is Pro or Team')
    expect(files()).toHaveProperty(['inventory/known_hosts'])
    expect(files()).not.toHaveProperty(['.github/workflows/matrix-auth-apply.yml'])
    expect(existsSync(key)).toBe(true)
  })

  test.each([
    ['--account-plan', 'gold'],
    ['--toolkit', 'x'],
    ['--branch', 'a, b]'],
  ])('asks nothing where %s has a wrong value', async (...argv) => {
    const { code, stdout } = await cli(['init', ...argv], { cwd: root, hasTerminal: true })
    expect(code, stdout).toBe(2)
    expect(stdout).not.toContain('Create an SSH key')
  })

  test.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('ends as interrupted where %s answers a question', async (_, typed) => {
    const { code, stdout } = await cli(
      ['init', '--account-plan', 'free', '--create-ssh-key', join(folder, 'k')],
      {
        cwd: root,
        hasTerminal: true,
        replies: [[/Are they the same/, typed]],
      },
    )
    expect(code, stdout).toBe(130)
    expect(stdout).toContain('The question was not answered.')
    expect(files()).not.toHaveProperty(['playbook.lock'])
  })

  test('does the rest where a server does not answer, and names what is missing', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=127.0.0.1 ansible_port=1\n')
    const { code, stdout } = await init('--json')
    expect(code).toBe(1)
    const { items } = JSON.parse(stdout) as InitResult
    expect(items.find(({ state }) => state === 'missing')?.failure).toContain(
      'The server presented no host key.',
    )
    expect(items.filter(({ state }) => state !== 'written').map(({ name, state }) => [name, state])).toEqual([
      ['inventory/known_hosts: matrix.example.test', 'missing'],
    ])
  })

  test('says first what failed and what to do, then the rest', async () => {
    write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=127.0.0.1 ansible_port=1\n')
    const { stdout } = await init()
    expect(stdout).toMatch(
      /^Fix this first\n✘ inventory\/known_hosts: matrix\.example\.test: missing\n.*\n {4}The server presented no host key\.\n {4}Where: 127\.0\.0\.1, port 1\n {4}What to do: /,
    )
    expect(stdout).toContain(
      '\nNext, when that is fixed\n1. Run init again, and follow the steps that it prints then:\n   matrix-auth-actions init\n',
    )
    expect(stdout.split('✘')).toHaveLength(2)
  })

  test('commits exactly the files that it wrote, and no step remains when they are committed', async () => {
    write('a secret', '')
    git('remote', 'add', 'origin', '/nowhere')
    const { next } = await initJson()
    const files =
      '.github/workflows/matrix-auth-review.yml .github/workflows/matrix-auth-apply.yml .github/workflows/matrix-auth-doctor.yml inventory/known_hosts playbook.lock .gitignore'
    expect(next[0]).toBe(
      `Commit the files to trunk:\n   git add ${files} && git commit -m "Set up matrix-auth-actions" && git push`,
    )
    expect(next[1]).toContain('init --gh')
    git('add', ...files.split(' '))
    git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '-m', 'Set up')
    expect((await initJson()).next.join()).not.toContain('git add')
  })

  test('has a repository without a remote put on GitHub, with its inventory, and then set up', async () => {
    const { next } = await initJson()
    const [commit = '', put = '', setUp = ''] = next
    expect(commit).toMatch(/git add .* inventory && git commit -m "Set up matrix-auth-actions"$/)
    expect(put).toContain('gh repo create')
    expect(setUp).toContain('init --gh')
  })

  test('names commands as the person called it', async () => {
    const screen = fakeScreen({ call: 'npx matrix-auth-actions' })
    const given = ['--toolkit', toolkit]
    const { stdout, stderr } = await runHere(['init', ...given, '--fingerprint', fingerprint], root, screen)
    expect(stdout).toContain(
      '   npx matrix-auth-actions plan --write prepare && npx matrix-auth-actions validate --fix\n',
    )
    rmSync(join(root, 'playbook.lock'))
    const check = await runHere(['init', '--check'], root, fakeScreen({ call: 'npx matrix-auth-actions' }))
    expect(check.stderr).toContain('Run `npx matrix-auth-actions init`.')
    expect(stdout + stderr + check.stdout + check.stderr).not.toMatch(/(?<!npx |\/)matrix-auth-actions [a-z]/)
  })

  test.each([
    [{ npm_command: 'exec', npm_lifecycle_event: 'npx' }, 'npx matrix-auth-actions'],
    [{ npm_command: 'run-script', npm_lifecycle_event: 'test' }, 'matrix-auth-actions'],
    [{}, 'matrix-auth-actions'],
  ])('knows from %j that it was called as %s', (environment, call) => {
    expect(callOf(environment)).toBe(call)
  })

  test('keeps the lines that known_hosts and .gitignore have', async () => {
    write('inventory/known_hosts', `other.example.test ${sshd.otherKey}`)
    write('.gitignore', 'secrets')
    await init()
    expect(files()['inventory/known_hosts']).toMatch(
      /^other\.example\.test ssh-ed25519 \S+\n\[127\.0\.0\.1\]:\d+ ssh-/,
    )
    expect(files()['.gitignore']).toBe('secrets\n/playbook/\n')
  })

  test.each([
    ['.gitignore', 1],
    ['.github/workflows/matrix-auth-doctor.yml', 2],
    ['inventory/known_hosts', 2],
  ])('names %s where it is a folder', async (path, expected) => {
    mkdirSync(join(root, path), { recursive: true })
    const { code, stdout, stderr } = await init()
    expect(code, stderr).toBe(expected)
    expect(stdout + stderr).toContain(path)
  })

  test.each([
    ['a folder', 'elsewhere', '.github'],
    ['a file', 'elsewhere/lock', 'playbook.lock'],
  ])('writes nothing through a link in place of %s', async (_, target, link) => {
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, target), join(root, link))
    const { code, stdout } = await init()
    expect(code).not.toBe(0)
    expect(stdout).not.toContain(`${link}: written`)
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
  })

  test('every command that is offered has the options that were given and are needed again', async () => {
    const given = '--known-hosts keys --branch trunk --account-plan paid'
    const { stdout, stderr } = await init('--check', ...given.split(' '))
    const offered = `${stdout}${stderr}`.match(/matrix-auth-actions init[^\n`#]*/g) ?? []
    expect(offered.length).toBeGreaterThan(3)
    for (const line of offered) expect(line).toContain(given)
  })

  test('--check writes nothing, and names what is missing until nothing is', async () => {
    const before = files()
    const missing = await initJson('--check')
    expect(missing.code).toBe(1)
    expect(missing.items.filter(({ state }) => state === 'missing')).toHaveLength(6)
    expect(files()).toEqual(before)
    const one = '.github/workflows/matrix-auth-doctor.yml'
    await init()
    rmSync(join(root, one))
    const partly = await init('--check')
    expect(partly.stdout).toBe(
      `Missing in the repository\n✘ ${one}: missing\n    checks the health of the servers every four hours\n    matrix-auth-actions init   # add --force to overwrite a file that differs\n\nGitHub was not asked: matrix-auth-actions init --check --gh\n`,
    )
    await init()
    const done = await init('--check')
    expect(done).toEqual({
      code: 0,
      stdout:
        'Nothing is missing in the repository. GitHub was not asked: matrix-auth-actions init --check --gh\n',
      stderr: '',
    })
    expect((await initJson('--check')).code).toBe(0)
  })

  test('creates a key for the jobs outside of the repository, once', async () => {
    const key = join(folder, 'keys/matrix')
    const { code, next, commands } = await initJson('--create-ssh-key', key)
    expect(code).toBe(0)
    expect(statSync(key).mode & 0o077).toBe(0)
    expect(next[0]).toContain(`ssh-copy-id -f -i ${key}.pub -p ${sshd.address.port} root@127.0.0.1`)
    expect(
      commands.some(({ line }) => line === `gh secret set MATRIX_SSH_KEY --env matrix-doctor < ${key}`),
    ).toBe(true)
    const before = readFileSync(key, 'utf8')
    await init('--create-ssh-key', key)
    expect(readFileSync(key, 'utf8')).toBe(before)
  })

  test('writes nothing where the key for the jobs would be in the repository', async () => {
    const before = files()
    const inside = await init('--create-ssh-key', 'keys/matrix')
    expect(inside).toMatchObject({ code: 2, stderr: expect.stringContaining('would be in the repository') })
    expect(files()).toEqual(before)
    expect(existsSync(join(root, 'keys'))).toBe(false)
  })

  describe('refuses as the key of the jobs', () => {
    const refusals = [
      ['a public key', () => 'key.pub', 'is a public key.', 'the file without `.pub`'],
      [
        'a key with a passphrase',
        () => {
          sshKeygen('-p', '-P', '', '-N', 'a passphrase', '-f', join(folder, 'key'))
          return 'key'
        },
        'has a passphrase',
        'init --create-ssh-key',
      ],
      ['another file', () => 'repository/inventory/hosts', 'must be an OpenSSH private key', 'private key'],
    ] as const
    const sshKeygen = (...argv: string[]) => execFileSync('ssh-keygen', ['-q', ...argv])
    beforeEach(() => {
      sshKeygen('-t', 'ed25519', '-N', '', '-f', join(folder, 'key'))
    })

    test.each(refusals)('%s, and writes nothing', async (_, prepare, what, advice) => {
      const file = join(folder, prepare())
      const before = files()
      const { code, stdout, stderr } = await init('--ssh-key-file', file)
      expect(code, stderr).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain(what)
      expect(stderr).toContain(`Where: ${file}\n`)
      expect(stderr).toContain(advice)
      expect(stderr).not.toContain(readFileSync(join(folder, 'key.pub'), 'utf8').split(' ')[1])
      expect(files()).toEqual(before)
    })

    test('one that exists where it is to be created', async () => {
      sshKeygen('-p', '-P', '', '-N', 'a passphrase', '-f', join(folder, 'key'))
      const { code, stderr } = await init('--create-ssh-key', join(folder, 'key'))
      expect(code).toBe(2)
      expect(stderr).toContain('has a passphrase')
    })

    test('no private key without a passphrase', async () => {
      const { code, commands } = await initJson('--ssh-key-file', join(folder, 'key'))
      expect(code).toBe(0)
      expect(commands.map(({ line }) => line).join()).toContain(
        `MATRIX_SSH_KEY --env matrix-doctor < ${folder}/key`,
      )
    })
  })

  test('finds an inventory in YAML, and writes its path into the workflows', async () => {
    rmSync(join(root, 'inventory/hosts'))
    const host = `matrix.example.test: { ansible_host: 127.0.0.1, ansible_port: ${sshd.address.port} }`
    write('inventory/hosts.yml', `matrix_servers:\n  hosts:\n    ${host}\n`)
    expect((await init()).code).toBe(0)
    expectInputs({ inventory: 'inventory/hosts.yml', 'known-hosts': 'inventory/known_hosts' })
  })

  test('writes its options into every step of the workflows, and keeps them where it is run again without', async () => {
    const mirror = 'https://git.example.test/a: b, c'
    vi.stubEnv('GIT_CONFIG_VALUE_0', mirror)
    const given = ['--known-hosts', 'keys/known_hosts', '--playbook-path', 'deploy/mdad']
    const { code, next } = await initJson(...given, '--playbook-repository', mirror)
    expect(code).toBe(0)
    const inputs = {
      'known-hosts': 'keys/known_hosts',
      'playbook-path': 'deploy/mdad',
      'playbook-repository': mirror,
    }
    expectInputs(inputs)
    expect(pathsOfApply()).toEqual([
      'inventory',
      'inventory/**',
      'deploy/mdad',
      'deploy/mdad/**',
      'playbook.lock',
    ])
    expect(next.at(-2)).toContain(
      `plan --write prepare --playbook-path deploy/mdad --playbook-repository '${mirror}' && `,
    )
    expect((await init('--check')).code).toBe(0)
    const before = files()
    await init('--force')
    expect(files()).toEqual(before)
  })

  test.each([
    ['no repository', () => rmSync(join(root, '.git'), { recursive: true }), [], 'git init'],
    [
      'a folder of a repository, which is no reason for another one',
      () => {
        rmSync(join(root, '.git'), { recursive: true })
        execFileSync('git', ['-C', folder, 'init', '-q'])
      },
      [],
      'Run the command in the root of the repository: cd ..\n',
    ],
    ['no inventory', () => rmSync(join(root, 'inventory'), { recursive: true }), [], '--inventory PATH'],
    [
      'a toolkit of the wrong form',
      () => undefined,
      ['--toolkit', 'x'],
      '--toolkit matrix-auth-actions/matrix-auth-actions@v1',
    ],
    ['a short commit', () => undefined, ['--playbook-commit', 'abc'], '40 digits'],
    ['an unknown plan', () => undefined, ['--account-plan', 'gold'], '`--account-plan` must be one of'],
    [
      'an SSH key that does not exist',
      () => undefined,
      ['--ssh-key-file', 'nowhere'],
      'The file of --ssh-key-file does not exist',
    ],
    [
      'a password file that is a folder',
      () => undefined,
      ['--vault-password-file', 'inventory'],
      'The file of --vault-password-file cannot be read (EISDIR)',
    ],
    ['a new SSH key that is a folder', () => undefined, ['--create-ssh-key', tmpdir()], '--create-ssh-key'],
    [
      'a new SSH key below a file',
      () => writeFileSync(join(folder, 'file'), ''),
      ['--create-ssh-key', '../file/key'],
      '--create-ssh-key',
    ],
    [
      'a new SSH key in a folder that cannot be written to',
      () => undefined,
      ['--create-ssh-key', '/sys/key'],
      '--create-ssh-key',
    ],
    [
      'a new SSH key in a folder that cannot be made',
      () => undefined,
      ['--create-ssh-key', '/sys/nowhere/key'],
      '--create-ssh-key',
    ],
    ['a folder of host keys', () => undefined, ['--known-hosts', 'inventory'], '--known-hosts'],
    ['a file as the playbook', () => undefined, ['--playbook-path', 'inventory/hosts'], '--playbook-path'],
    ['an inventory that does not exist', () => undefined, ['--inventory', 'nowhere'], '`--inventory`'],
    [
      'a clone of the playbook that ignores the inventory',
      () => {
        write('setup.yml', '')
        write('roles/custom/matrix-authentication-service/tasks/main.yml', '')
        write('.gitignore', '/inventory\n')
      },
      [],
      'mkdir ../matrix-inventory && cp -r inventory ../matrix-inventory/',
    ],
    [
      'a clone of the playbook that tracks the inventory',
      () => {
        write('setup.yml', '')
        write('roles/custom/matrix-authentication-service/tasks/main.yml', '')
        write('.gitignore', '/inventory/*\n')
        git('add', '-f', '.')
      },
      [],
      'mkdir ../matrix-inventory && cp -r inventory ../matrix-inventory/',
    ],
    [
      'an inventory in the root',
      () => {
        renameSync(join(root, 'inventory/hosts'), join(root, 'hosts'))
        renameSync(join(root, 'inventory/host_vars'), join(root, 'host_vars'))
      },
      ['--inventory', 'hosts'],
      'mkdir -p inventory && mv hosts host_vars inventory/\n',
    ],
    [
      'an inventory that is a repository of its own',
      () => void git('init', '-q', 'inventory'),
      [],
      'mv inventory/.git ../inventory.git\n',
    ],
    [
      'host vars that are a repository of their own, of which git knows a link alone',
      () => {
        git('init', '-q', 'inventory/host_vars')
        const id = ['-c', 'user.name=a', '-c', 'user.email=a@example.test']
        git('-C', 'inventory/host_vars', ...id, 'commit', '-q', '--allow-empty', '-m', 'Mine')
        git('-c', 'advice.addEmbeddedRepo=false', 'add', 'inventory/host_vars')
      },
      [],
      'mv inventory/host_vars/.git ../host_vars.git && git rm --cached inventory/host_vars\n',
    ],
    [
      'two answers to which key the jobs use',
      () => undefined,
      ['--create-ssh-key', '../a', '--ssh-key-file', '../b'],
      'Give one of them',
    ],
    ['a branch that is more than a name', () => undefined, ['--branch', 'a, b]'], '--branch NAME'],
    ['a team as the reviewer', () => undefined, ['--reviewer', 'no/such'], '`--reviewer` must be the login'],
    ['a login with @', () => undefined, ['--reviewer', '@alice'], '`--reviewer` must be the login'],
    ['two reviewers', () => undefined, ['--reviewer', 'alice,bob'], '`--reviewer` must be the login'],
    ['a login that is too long', () => undefined, ['--reviewer', 'a'.repeat(40)], '`--reviewer` must be'],
    ['a fingerprint of the wrong form', () => undefined, ['--fingerprint', 'bla'], '`--fingerprint` must be'],
    [
      'a fingerprint that is too short',
      () => undefined,
      ['--fingerprint', `SHA256:${'A'.repeat(43)},SHA256:${'A'.repeat(42)}`],
      '`--fingerprint` must be',
    ],
  ])('refuses %s, and writes nothing', async (_, prepare, argv, advice) => {
    prepare()
    const before = existsSync(root) ? files() : {}
    const { code, stderr } = await init(...argv)
    expect(code).toBe(2)
    expect(stderr).toContain(advice)
    expect(files()).toEqual(before)
  })
})

describe('a playbook in the repository', () => {
  let older = ''
  beforeAll(() => {
    older = commit
    commit = playbook.commit({ newer: '' })
  })
  const id = ['-c', 'user.name=a', '-c', 'user.email=a@example.test', '-c', 'protocol.file.allow=always']
  const name = 'matrix-docker-ansible-deploy'

  test.each([
    [name, name],
    ['vendor/playbook', 'vendor/playbook'],
  ])('as the submodule %s is the pin, and its path is in the workflows', async (_, path) => {
    git(...id, 'submodule', '--quiet', 'add', playbook.url, path)
    git('-C', path, 'checkout', '-q', older)
    git('add', '.')
    const { code, items } = await initJson()
    expect(code).toBe(0)
    expect(items.map(item => item.name)).not.toContain('playbook.lock')
    expect(files()).not.toHaveProperty(['playbook.lock'])
    expect(files()).not.toHaveProperty(['.gitignore'])
    expectInputs({ 'playbook-path': path })
    expect(pathsOfApply()).toEqual(['inventory', 'inventory/**', path, `${path}/**`, 'playbook.lock'])
    git('add', '.')
    git(...id, 'commit', '-q', '-m', 'Set up')
    expect(await pinnedCommit(new Repository(root), path)).toBe(older)
    expect((await init('--check')).code).toBe(0)
  })

  test('as a submodule that is not checked out is the pin', async () => {
    write('.gitmodules', `[submodule "a"]\n\tpath = ${name}\n\turl = ${playbook.url}\n`)
    git('update-index', '--add', '--cacheinfo', `160000,${older},${name}`)
    await init()
    expect(files()).not.toHaveProperty(['playbook.lock'])
    expectInputs({ 'playbook-path': name })
  })

  test.each(['playbook', name])('as files in %s is what is run: no pin, and nothing ignored', async path => {
    for (const [file, text] of Object.entries(playbookFiles)) write(`${path}/${file}`, text)
    const { code, next } = await initJson()
    expect(code).toBe(0)
    expect(next[0]).toContain(` ${path} && git commit`)
    expect(files()).not.toHaveProperty(['playbook.lock'])
    expect(files()).not.toHaveProperty(['.gitignore'])
    expect(pathsOfApply()).toContain(`${path}/**`)
    write('playbook.lock', `${commit}\n`)
    const { items } = await initJson('--check')
    expect(items.at(-1)).toMatchObject({ name: 'playbook.lock', state: 'differs', how: 'rm playbook.lock' })
    expect((await init('--force')).code).toBe(0)
    expect(files()).not.toHaveProperty(['playbook.lock'])
  })

  test('as a clone that git ignores has its commit pinned, not the newest', async () => {
    execFileSync('git', ['clone', '-q', playbook.url, join(root, name)])
    git('-C', name, 'checkout', '-q', older)
    write('.gitignore', `/${name}/\n`)
    await init()
    expect(files()['playbook.lock']).toBe(`${older}\n`)
    expect(files()['.gitignore']).toBe(`/${name}/\n`)
    expectInputs({ 'playbook-path': name })
  })

  test('twice is refused until one is named', async () => {
    for (const path of ['a', 'b'])
      for (const [file, text] of Object.entries(playbookFiles)) write(`${path}/${file}`, text)
    const refused = await init()
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('--playbook-path a')
    expect((await init('--playbook-path', 'b')).code).toBe(0)
    expect((await init()).code).toBe(0)
    expectInputs({ 'playbook-path': 'b' })
  })

  test('cannot be another commit that is given', async () => {
    for (const [file, text] of Object.entries(playbookFiles)) write(`playbook/${file}`, text)
    const { code, stderr } = await init('--playbook-commit', older)
    expect(code).toBe(2)
    expect(stderr).toContain('Leave out --playbook-commit')
  })
})

describe('without an answer from the remote', () => {
  beforeEach(() => {
    git('remote', 'add', 'origin', '/nowhere')
  })
  const commit = () => {
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '-m', 'A commit')
  }
  const branch = () =>
    parse(files()['.github/workflows/matrix-auth-review.yml'] ?? '').on.pull_request.branches[0]

  test.each(['paid', 'free'])(
    'the default branch is that of the workflows on any branch (%s)',
    async plan => {
      await init('--account-plan', plan, '--branch', 'stable')
      commit()
      git('branch', 'main')
      git('switch', '-q', '-c', 'prepare-mas')
      expect((await initJson('--check', '--account-plan', plan)).code).toBe(0)
      await init('--force', '--account-plan', plan)
      expect(branch()).toBe('stable')
    },
  )

  test.each([
    ['main', 'refs/heads/main'],
    ['main', 'refs/remotes/origin/main'],
    ['master', 'refs/heads/master'],
  ])('the default branch is %s where there is %s', async (name, ref) => {
    write('.github/workflows/matrix-auth-review.yml', 'on: [&a "*a", {\n')
    write('.github/workflows/matrix-auth-apply.yml', 'on: { push: { branches: ["**"] } }\n')
    git('switch', '-q', '-c', 'prepare-mas')
    commit()
    git('update-ref', ref, 'HEAD')
    await init('--force')
    expect(branch()).toBe(name)
  })

  test('the default branch of a new repository is the one that you are on', async () => {
    await init()
    expect(branch()).toBe('trunk')
  })
})

describe('the release of the actions', () => {
  const plain = (...more: string[]) =>
    runHere(['init', '--fingerprint', fingerprint, '--json', ...more], root)

  test.each(['own-fork/of-the-actions@v1.0.0', `${toolkit.replace(/v1$/, 'a'.repeat(40))} # v1.0.0`])(
    'stays %s where the workflows use it, and no other is given',
    async pinned => {
      expect((await plain('--toolkit', pinned)).code).toBe(0)
      const before = files()
      expect(before['.github/workflows/matrix-auth-doctor.yml']).toContain(`uses: ${pinned}\n`)
      expect((await plain('--check')).code).toBe(0)
      expect((await plain('--force')).code).toBe(0)
      expect(files()).toEqual(before)
      await plain('--force', '--toolkit', toolkit)
      expect(files()['.github/workflows/matrix-auth-doctor.yml']).toContain(`uses: ${toolkit}\n`)
    },
  )

  test('is the default where the workflows do not say it', async () => {
    write('.github/workflows/matrix-auth-review.yml', 'jobs: { a: { steps: [{ uses: a/checkout@v1 }] } }\n')
    await plain('--force')
    expect(files()['.github/workflows/matrix-auth-review.yml']).toContain(`uses: ${toolkitRelease}\n`)
  })

  test('that differs is repaired by --force, which --check says', async () => {
    await init()
    const path = '.github/workflows/matrix-auth-doctor.yml'
    write(path, `${files()[path]}# mine\n`)
    expect((await init('--check')).stderr).toContain('Run `matrix-auth-actions init --force`.')
    rmSync(join(root, path))
    expect((await init('--check')).stderr).toContain('Run `matrix-auth-actions init`.')
  })
})

describe('the plan of the account', () => {
  const setOf = async (...argv: string[]) => {
    const { commands, remarks } = await initJson(...argv)
    return { lines: commands.map(({ line }) => line), remarks: remarks.join(' ') }
  }

  test('paid has environments without reviewers: all are restricted, and rehearsals are started by hand', async () => {
    const { lines, remarks } = await setOf('--account-plan', 'paid')
    expect(remarks).toContain('no required reviewers')
    expect(lines.filter(line => line.includes("deployment-branch-policies' -f name=trunk"))).toHaveLength(3)
    expect(lines.at(-1)).toBe('gh variable set MATRIX_REHEARSE_BY_HAND --body true')
  })

  test('that is not known is called unknown, and only what every paid plan has is used', async () => {
    const { lines, remarks } = await setOf()
    expect(remarks).toContain('The GitHub plan of the account is unknown')
    expect(remarks).not.toContain('This plan has no')
    expect(remarks).toContain('--account-plan')
    expect(lines).toEqual((await setOf('--account-plan', 'paid')).lines)
  })

  test('enterprise has reviewers: who rehearses is approved, and not restricted to the branch', async () => {
    const { lines } = await setOf('--account-plan', 'enterprise', '--reviewer', 'alice')
    expect(
      lines.filter(line => line.includes('"reviewers[][id]=$(gh api users/alice --jq .id)"')),
    ).toHaveLength(2)
    const rehearsal = lines.filter(line => line.includes('environments/matrix-rehearsal'))
    expect(rehearsal).toHaveLength(1)
    expect(rehearsal[0]).toContain('deployment_branch_policy=null')
    expect(lines.at(-1)).toBe('gh variable set MATRIX_REHEARSE_BY_HAND --body false')
  })

  test('free has no environments: no key goes to GitHub, and only the check runs there', async () => {
    const { lines, remarks } = await setOf('--account-plan', 'free')
    expect(remarks).toContain('No key goes to GitHub')
    expect(lines).toEqual(['gh variable set MATRIX_REHEARSE_BY_HAND --body true'])
    expect(Object.keys(files()).filter(path => path.startsWith('.github'))).toEqual([
      '.github/workflows/matrix-auth-review.yml',
    ])
  })

  test('free is remembered by what is there, and has no workflow that another plan left', async () => {
    await initJson()
    const left = ['.github/workflows/matrix-auth-apply.yml', '.github/workflows/matrix-auth-doctor.yml']
    const check = await initJson('--check', '--account-plan', 'free')
    const differing = check.items.filter(({ state }) => state === 'differs')
    expect(differing.map(({ name, how }) => [name, how])).toEqual(left.map(path => [path, `rm ${path}`]))
    expect(check.code).toBe(1)
    const { next } = await initJson('--account-plan', 'free')
    expect(next.join('\n')).toContain('.github/workflows/matrix-auth-review.yml')
    for (const path of left) expect(next.join('\n')).not.toContain(path)
    const { items } = await initJson('--force', '--account-plan', 'free')
    const removed = items.filter(({ state }) => state === 'removed')
    expect(removed.map(({ name }) => name)).toEqual(left)
    expect(Object.keys(files()).filter(path => left.includes(path))).toEqual([])
    expect((await initJson('--check')).code).toBe(0)
  })

  test('free is not forgotten where init is run again, unless another plan is given', async () => {
    await init('--account-plan', 'free')
    const before = files()
    const again = await initJson()
    expect(files()).toEqual(before)
    expect(again.remarks.join(' ')).toContain('--account-plan')
    await init('--account-plan', 'paid')
    expect(files()).toHaveProperty(['.github/workflows/matrix-auth-apply.yml'])
  })

  test('is read in any case', async () => {
    expect(await setOf('--account-plan', 'Free')).toEqual(await setOf('--account-plan', 'free'))
  })

  test('and all else that was given is in the printed command that sets GitHub up', async () => {
    const key = join(folder, 'key')
    const given = ['--account-plan', 'enterprise', '--reviewer', 'alice', '--known-hosts', 'keys']
    const { next } = await initJson(...given, '--create-ssh-key', key)
    expect(next.find(step => step.includes('init --gh'))).toContain(
      `matrix-auth-actions init --gh --known-hosts keys --ssh-key-file ${key} --account-plan enterprise --reviewer alice`,
    )
  })

  test('free ends with the commands of the terminal in their order, with all that they need', async () => {
    const key = join(folder, 'key')
    const { next } = await initJson('--account-plan', 'free', '--create-ssh-key', key)
    const commands = next.map(step => step.split('\n   ')[1]).slice(4)
    const options = `--ssh-key-file ${key}`
    expect(commands).toEqual([
      'matrix-auth-actions plan --write prepare && matrix-auth-actions validate --fix',
      `git switch trunk && git pull && matrix-auth-actions deploy ${options}`,
      'matrix-auth-actions plan --write migrate && matrix-auth-actions validate --fix',
      `matrix-auth-actions rehearse ${options}`,
      `git switch trunk && git pull && matrix-auth-actions migrate ${options}`,
    ])
  })

  test('free has options only where the commands need them', async () => {
    const { next } = await initJson('--account-plan', 'free')
    expect(next.at(-1)).toMatch(/ && matrix-auth-actions migrate$/)
    renameSync(join(root, 'inventory'), join(root, 'servers'))
    write('servers/hosts', `${files()['servers/hosts']}b.example.test ansible_connection=local\n`)
    write('servers/host_vars/b.example.test/vars.yml', 'matrix_domain: b.example.test\n')
    write('servers/host_vars/matrix.example.test/vault.yml', '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
    const moved = await initJson('--account-plan', 'free', '--inventory', 'servers/hosts')
    const inventory = '--inventory servers/hosts'
    const server = `${inventory} --known-hosts servers/known_hosts --vault-password-file VAULT_PASSWORD_FILE`
    expect(moved.next.join('\n')).toContain(
      `plan --write migrate ${inventory} && matrix-auth-actions validate --fix ${inventory}`,
    )
    expect(moved.next.join('\n')).toContain(`rehearse --limit HOST ${server}\n`)
    expect(moved.next.at(-1)).toMatch(new RegExp(` migrate --limit HOST ${server}$`))
  })

  test.each([
    ['a file', '$ANSIBLE_VAULT;1.1;AES256\n6162\n'],
    ['a variable', 'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n'],
    [
      'a part of a variable',
      'providers:\n  - idp_id: a\n    client: { secret: !vault "$ANSIBLE_VAULT;1.1;AES256\\n6162\\n" }\n',
    ],
  ])('has the password of a vault as a secret where %s is in a vault', async (_, text) => {
    write('inventory/host_vars/matrix.example.test/vault.yml', text)
    const { lines } = await setOf()
    expect(lines).toContain(
      'gh secret set MATRIX_VAULT_PASSWORD --env matrix-production < VAULT_PASSWORD_FILE',
    )
  })
})

describe('init --gh', () => {
  interface OnGitHub {
    environments: Record<
      string,
      { reviewers: object[]; rules: object[]; policy: object | null; branches: string[] }
    >
    secrets: Record<string, string[]>
    variable: string
  }
  const state = () => JSON.parse(readFileSync(join(folder, 'github.json'), 'utf8')) as OnGitHub
  const setState = (change: (github: OnGitHub) => void) => {
    const github = state()
    change(github)
    writeFileSync(join(folder, 'github.json'), JSON.stringify(github))
  }

  /** A gh that keeps its words and its input, and answers like GitHub. It fails where its words match `fails`. */
  function fakeGh(fails = '^$', message = ''): { calls: () => string[]; changes: () => string[] } {
    const log = join(folder, 'calls')
    const bin = join(folder, 'bin')
    mkdirSync(bin, { recursive: true })
    if (!existsSync(join(folder, 'github.json')))
      writeFileSync(join(folder, 'github.json'), '{"environments":{},"secrets":{},"variable":""}')
    const script = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs')
const words = process.argv.slice(2)
const line = words.join(' ')
appendFileSync(${JSON.stringify(log)}, line + '\\n')
if (new RegExp(${JSON.stringify(fails)}).test(line)) {
  console.error(${JSON.stringify(message)})
  process.exit(1)
}
const folder = ${JSON.stringify(folder)}
const github = JSON.parse(readFileSync(folder + '/github.json', 'utf8'))
const name = /environments\\/([a-z-]+)/.exec(line)?.[1] ?? words[words.indexOf('--env') + 1]
const fields = words.flatMap((word, index) => (['-F', '-f'].includes(word) ? [words[index + 1].split('=')] : []))
const valueOf = key => fields.find(([field]) => field === key)?.[1]
const is = pattern => new RegExp(pattern).test(line)
if (is('^repo view')) console.log('PRIVATE someone')
else if (is('plan.name')) existsSync(folder + '/plan') && console.log(readFileSync(folder + '/plan', 'utf8'))
else if (is('users/alice')) console.log(42)
else if (is('/environments([?]|$)'))
  console.log(JSON.stringify({ environments: Object.entries(github.environments).map(([name, each]) => ({
    name,
    deployment_branch_policy: each.policy,
    protection_rules: [
      ...each.rules,
      ...(each.policy ? [{ type: 'branch_policy' }] : []),
      ...(each.reviewers.length ? [{ type: 'required_reviewers', reviewers: each.reviewers }] : []),
    ],
  })) }))
else if (is('--method PUT')) {
  const ids = fields.filter(([field]) => field === 'reviewers[][id]').map(([, id]) => Number(id))
  const types = fields.filter(([field]) => field === 'reviewers[][type]').map(([, type]) => type)
  const named = valueOf('deployment_branch_policy[custom_branch_policies]') === 'true'
  const guarded = valueOf('deployment_branch_policy[protected_branches]') === 'true'
  const timer = valueOf('wait_timer')
  github.environments[name] = {
    reviewers: ids.map((id, index) => ({ type: types[index], reviewer: { id } })),
    rules: timer ? [{ type: 'wait_timer', wait_timer: Number(timer) }] : [],
    policy: named || guarded ? { protected_branches: guarded, custom_branch_policies: named } : null,
    branches: named ? (github.environments[name]?.branches ?? []) : [],
  }
} else if (is('--method POST')) github.environments[name].branches.push(valueOf('name'))
else if (is('deployment-branch-policies')) console.log(github.environments[name].branches.join('\\n'))
else if (is('^secret list')) console.log((github.secrets[name] ?? []).join('\\n'))
else if (is('^secret set')) {
  github.secrets[name] = [...(github.secrets[name] ?? []), words[2]]
  appendFileSync(folder + '/input', readFileSync(0))
} else if (is('^variable list')) console.log(github.variable)
else if (is('^variable set')) github.variable = words[4]
if (is('PUT|POST|^secret set|^variable set')) writeFileSync(folder + '/github.json', JSON.stringify(github))
`
    writeFileSync(join(bin, 'gh'), script)
    chmodSync(join(bin, 'gh'), 0o755)
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH}`)
    const calls = () => readFileSync(log, 'utf8').trim().split('\n')
    return { calls, changes: () => calls().filter(line => /PUT|POST|set /.test(line)) }
  }

  test('runs the commands once, with the key on standard input alone', async () => {
    const { calls } = fakeGh()
    const key = join(folder, 'new-key')
    const argv = ['--gh', '--account-plan', 'enterprise', '--reviewer', 'alice', '--create-ssh-key', key]
    const first = await initJson(...argv)
    expect(first.code).toBe(0)
    expect(first.commands.map(({ state }) => state)).toEqual(first.commands.map(() => 'done'))
    expect(calls().join('\n')).toContain('reviewers[][id]=42')
    expect(readFileSync(join(folder, 'input'), 'utf8')).toBe(readFileSync(key, 'utf8').repeat(3))
    expect(calls().join('\n')).not.toContain('PRIVATE KEY')
    const count = calls().length
    await initJson(...argv)
    const later = calls().slice(count)
    expect(later.filter(line => /PUT|POST|set /.test(line))).toEqual([])
    expect((await initJson('--check', ...argv)).code).toBe(0)
    expect((await init('--check', ...argv)).stdout).toBe('Nothing is missing.\n')
  })

  test('--check names only what GitHub lacks, and what the file is that it does not know', async () => {
    fakeGh()
    await init('--gh', '--account-plan', 'paid')
    const { code, stdout } = await init('--gh', '--check', '--account-plan', 'paid')
    expect(code).toBe(1)
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toBe('Missing on GitHub')
    expect(lines.filter(line => line.startsWith('gh ')).map(line => line.split(' ')[1])).toEqual([
      'secret',
      'secret',
      'secret',
    ])
    expect(stdout.replaceAll('\n# ', ' ')).toContain(
      'Replace PRIVATE_KEY_FILE with the file of a private key without a passphrase that logs in to the server.',
    )
  })

  test('restricts an environment that GitHub made for the first job that named it', async () => {
    const { calls } = fakeGh()
    setState(({ environments }) => {
      environments['matrix-doctor'] = { reviewers: [], rules: [], policy: null, branches: [] }
    })
    await init('--gh', '--account-plan', 'paid')
    expect(calls().filter(line => /PUT .*matrix-doctor/.test(line))).toHaveLength(1)
  })

  const named = { protected_branches: false, custom_branch_policies: true }
  const alice = { type: 'User', reviewer: { id: 42 } }
  const withReviewer = ['--gh', '--account-plan', 'enterprise', '--reviewer', 'alice']
  const states = ({ commands }: InitResult) => [...new Set(commands.map(({ state }) => state))]
  const keyed = () => ['--ssh-key-file', join(folder, 'key')]
  beforeEach(() => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')])
  })

  test('adds a reviewer to what was set up without one, and rehearsals then start by themselves', async () => {
    fakeGh()
    await init('--gh', '--account-plan', 'enterprise', ...keyed())
    expect(state().variable).toBe('true')
    const check = await initJson(...withReviewer, ...keyed(), '--check')
    expect(check.commands.filter(({ state }) => state === 'missing')).toHaveLength(3)
    expect(check.code).toBe(1)
    expect(states(await initJson(...withReviewer, ...keyed()))).toEqual(['done'])
    expect(state()).toMatchObject({
      environments: {
        'matrix-rehearsal': { reviewers: [alice], policy: null },
        'matrix-production': { reviewers: [alice], policy: named, branches: ['trunk'] },
        'matrix-doctor': { reviewers: [], policy: named, branches: ['trunk'] },
      },
      variable: 'false',
    })
    expect((await init(...withReviewer, ...keyed(), '--check')).code).toBe(0)
  })

  test('asks for the plan where GitHub does not name it and a reviewer depends on it', async () => {
    fakeGh()
    writeFileSync(join(folder, 'plan'), '')
    const { code, stderr } = await init('--gh', '--reviewer', 'alice', ...keyed())
    expect([code, stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining('--account-plan paid, enterprise'),
    ])
    expect(code).not.toBe(0)
  })

  test('restricts an environment to the branch where an earlier run could not', async () => {
    fakeGh('--method POST', 'HTTP 502')
    const first = await init('--gh', '--account-plan', 'paid', ...keyed())
    expect(first.stderr).toContain('HTTP 502')
    fakeGh()
    const check = await initJson('--gh', '--account-plan', 'paid', ...keyed(), '--check')
    const posts = check.commands.filter(({ line }) => line.includes('POST'))
    expect(posts.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing'])
    expect(states(await initJson('--gh', '--account-plan', 'paid', ...keyed()))).toEqual(['done'])
    for (const environment of Object.values(state().environments))
      expect(environment).toMatchObject({ policy: named, branches: ['trunk'] })
  })

  test('keeps the reviewers, branches and timers that a person added', async () => {
    fakeGh()
    const bob = { type: 'User', reviewer: { id: 7 } }
    const team = { type: 'Team', reviewer: { id: 42 } }
    const timer = { type: 'wait_timer', wait_timer: 30 }
    const guarded = { protected_branches: true, custom_branch_policies: false }
    setState(({ environments }) => {
      environments['matrix-rehearsal'] = { reviewers: [bob], rules: [], policy: named, branches: ['mas/*'] }
      environments['matrix-production'] = {
        reviewers: [bob, team],
        rules: [timer],
        policy: guarded,
        branches: [],
      }
      environments['matrix-doctor'] = { reviewers: [], rules: [], policy: named, branches: ['release'] }
    })
    expect(states(await initJson(...withReviewer, ...keyed()))).toEqual(['done'])
    expect(state().environments).toEqual({
      'matrix-rehearsal': { reviewers: [bob, alice], rules: [], policy: named, branches: ['mas/*'] },
      'matrix-production': { reviewers: [bob, team, alice], rules: [timer], policy: guarded, branches: [] },
      'matrix-doctor': { reviewers: [], rules: [], policy: named, branches: ['release', 'trunk'] },
    })
    expect((await init(...withReviewer, ...keyed(), '--check')).code).toBe(0)
  })

  test('needs no reviewer again whom an earlier run added', async () => {
    const { changes } = fakeGh()
    await init(...withReviewer, ...keyed())
    const before = changes()
    expect((await init('--gh', '--account-plan', 'enterprise', ...keyed(), '--check')).code).toBe(0)
    await init('--gh', '--account-plan', 'enterprise', ...keyed())
    expect(changes()).toEqual(before)
  })

  test('shows what is done where a command of gh fails, and then the error', async () => {
    fakeGh('--method PUT')
    const { code, stdout, stderr } = await init('--gh', '--account-plan', 'paid')
    expect(code).toBe(1)
    expect(stdout).toContain('GitHub: not all of it is set up. Run these commands, or init --gh again')
    expect(stdout).toContain('✔ playbook.lock: written')
    expect(stdout).toContain('gh api --silent --method PUT')
    expect(stderr).toContain('gh api failed')
  })

  test.each([
    ['', 'unknown'],
    ['null', 'unknown'],
    ['team', 'no required reviewers for private'],
    ['free', 'no environments for private'],
  ])('takes the plan %j that GitHub names for what it is: %s', async (answer, remark) => {
    fakeGh()
    writeFileSync(join(folder, 'plan'), answer)
    const { remarks } = await initJson('--gh')
    expect(remarks[0]).toContain(remark)
  })

  test('names the plan where GitHub refuses what the plan does not have', async () => {
    fakeGh('--method PUT', 'gh: Please ensure the billing plan supports this rule. (HTTP 422)')
    const { stderr } = await init('--gh')
    expect(stderr).toContain('--account-plan free')
    expect(stderr).not.toContain('gh auth login')
  })

  test('remembers free where GitHub does not name the plan, and believes GitHub where it does', async () => {
    await init('--account-plan', 'free')
    const before = files()
    fakeGh()
    writeFileSync(join(folder, 'plan'), '')
    const { code, commands } = await initJson('--gh')
    expect(code).toBe(0)
    expect(commands.map(({ line }) => line)).toEqual(['gh variable set MATRIX_REHEARSE_BY_HAND --body true'])
    expect((await initJson('--gh', '--check')).code).toBe(0)
    expect(files()).toEqual(before)
    writeFileSync(join(folder, 'plan'), 'team')
    await initJson('--gh')
    expect(files()).toHaveProperty(['.github/workflows/matrix-auth-apply.yml'])
  })

  test('leaves a secret out whose file is not known, and says that it is missing', async () => {
    const { calls } = fakeGh()
    const { code, commands } = await initJson('--gh', '--account-plan', 'paid')
    expect(code).toBe(1)
    expect(commands.filter(({ state }) => state === 'missing').map(({ line }) => line)).toEqual([
      'gh secret set MATRIX_SSH_KEY --env matrix-rehearsal < PRIVATE_KEY_FILE',
      'gh secret set MATRIX_SSH_KEY --env matrix-production < PRIVATE_KEY_FILE',
      'gh secret set MATRIX_SSH_KEY --env matrix-doctor < PRIVATE_KEY_FILE',
    ])
    expect(calls().join('\n')).not.toContain('secret set')
  })

  test('says that gh is missing where it is', async () => {
    vi.stubEnv('PATH', dirname(execFileSync('which', ['git'], { encoding: 'utf8' }).trim()))
    const { code, stderr } = await init('--gh')
    expect(code).toBe(1)
    expect(stderr).toContain('Install `gh`')
  })
})
