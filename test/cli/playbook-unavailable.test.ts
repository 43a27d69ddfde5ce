import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runHere } from './screen.ts'

const vars = 'inventory/host_vars/matrix.example.test/vars.yml'
const broken = 'matrix_domain: example.test\nmatrix_authentication_service_enabled: "false"\n'

let folder = ''
let root = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unavailable-'))
  root = join(folder, 'repository')
  write('inventory/hosts', '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.1\n')
  write(vars, broken)
  write('playbook.lock', `${'a'.repeat(40)}\n`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** `url` has no repository: as without a network. */
const run = (command: string, ...more: string[]) =>
  runHere([command, '--playbook-repository', join(folder, 'nowhere'), ...more], root)
const unchecked = "cannot be fetched, so variable names, types and the playbook's defaults were not checked"

function playbookWithoutMas(): void {
  const playbook = join(root, 'playbook')
  write('playbook/setup.yml', '[]\n')
  const git = (...argv: string[]) => execFileSync('git', ['-C', playbook, ...argv], { encoding: 'utf8' })
  git('init', '-q')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '--allow-empty', '-m', 'Old')
  write('playbook.lock', git('rev-parse', 'HEAD'))
}

const advice = 'Set `--playbook-path ../matrix-docker-ansible-deploy`'

/** Returns its commit. */
function cloneBeside(): string {
  const clone = join(folder, 'matrix-docker-ansible-deploy')
  mkdirSync(join(clone, 'roles/custom/matrix-authentication-service'), { recursive: true })
  writeFileSync(join(clone, 'setup.yml'), '[]\n')
  const git = (...argv: string[]) => execFileSync('git', ['-C', clone, ...argv], { encoding: 'utf8' })
  git('init', '-q')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '--allow-empty', '-m', 'a')
  return git('rev-parse', 'HEAD')
}

describe('without the playbook that the repository pins', () => {
  test.each([[[]], [['--fail-on', 'never']]])(
    'validate %j shows the other findings, and never passes',
    async argv => {
      const { code, stdout, stderr } = await run('validate', ...argv)
      expect(code).toBe(1)
      expect(stdout).toContain('[mas/stage-contradictory]')
      expect(stdout).toMatch(new RegExp(`error: The commit a{40} ${unchecked} \\[playbook/not-compared\\]`))
      expect(stderr).toMatch(
        /^Error: Not everything was checked\. The commit a{40} cannot be fetched\.\nWhere: .*nowhere/m,
      )
    },
  )

  test('validate says the same of a pin without MAS, and of another commit in its folder', async () => {
    playbookWithoutMas()
    const old = await run('validate')
    expect(old.stdout).toContain('[mas/stage-contradictory]')
    expect(old.stderr).toContain(
      'Not everything was checked. The folder is not a supported playbook checkout',
    )
    write('playbook.lock', `${'a'.repeat(40)}\n`)
    const other = await run('validate')
    expect(other.stdout).toContain('[mas/stage-contradictory]')
    expect(other.stderr).toContain('Not everything was checked. The repository asks for')
    expect([old.code, other.code]).toEqual([1, 1])
  })

  test('uses the clone beside the repository where nothing names another; of a pin it is advice, and only at that commit', async () => {
    const commit = cloneBeside()
    const other = await run('validate')
    expect(other.stdout + other.stderr).not.toContain(advice)
    write('playbook.lock', commit)
    const same = await run('validate')
    expect(same.stdout).toContain(advice)
    expect(same.stderr).toContain(advice)
    rmSync(join(root, 'playbook.lock'))
    expect((await run('validate')).stderr).toContain(
      'The vars are compared with the playbook in ../matrix-docker-ansible-deploy.',
    )
  })

  test.each([
    [['status']],
    [['doctor']],
    [['deploy']],
    [['register-user', 'alice', '--email', 'a@example.test']],
  ])('%j names the clone beside the repository that is at this commit', async ([command = '', ...argv]) => {
    vi.stubEnv('SSH_AUTH_SOCK', join(folder, 'agent'))
    write('playbook.lock', cloneBeside())
    const { code, stderr } = await run(command, ...argv)
    expect(code).toBe(1)
    expect(stderr).toContain(`What to do: ${advice}, a clone at this commit. Or: Try again`)
  })

  test('uses the playbook that the repository contains, but not beside a pin that it may not match', async () => {
    write('playbook/setup.yml', '[]\n')
    write('playbook/roles/custom/matrix-authentication-service/tasks/main.yml', '[]\n')
    const pinned = await run('validate')
    expect(pinned.code).toBe(1)
    expect(pinned.stderr).toContain('Not everything was checked. The repository asks for')
    rmSync(join(root, 'playbook.lock'))
    expect((await run('validate')).stderr).toContain('The vars are compared with the playbook in playbook.')
  })

  test('validate --fix writes nothing, because a fix can depend on the playbook', async () => {
    const { code, stdout, stderr } = await run('validate', '--fix')
    expect(code).toBe(1)
    expect(stderr).toContain('Nothing was written: the playbook is not available.')
    expect(stdout).toContain('[mas/stage-contradictory]')
    expect(readFileSync(join(root, vars), 'utf8')).toBe(broken)
  })

  test('plan lists what is known, and fails', async () => {
    const { code, stdout, stderr } = await run('plan')
    expect(code).toBe(1)
    expect(stdout).toContain('3. The migrate pull request')
    expect(stdout.split(unchecked)).toHaveLength(2)
    expect(stderr).toContain('Not everything was checked.')
    expect(JSON.parse((await run('plan', '--json')).stdout)).toMatchObject({ schema: 'plan/1' })
  })

  test('plan fetches nothing where the word of --write is wrong', async () => {
    const { code, stderr } = await run('plan', '--write', 'foo')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Error: `--write` must be one of `prepare`, `migrate`, but is "foo"\./)
  })

  test('a lock file without a commit is a wrong file: nothing is checked', async () => {
    write('playbook.lock', 'main\n')
    const { code, stdout } = await run('validate')
    expect([code, stdout]).toEqual([2, ''])
  })
})
