import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { cli, schemaErrors } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-package-'))
const project = join(folder, 'project')
const installed = join(project, 'node_modules/matrix-auth-actions')
const repository = join(folder, 'repository')
let tarball = ''

/** What `npm publish` would upload, installed without a registry. */
beforeAll(async () => {
  const npm = (argv: readonly string[], cwd: string) =>
    execFileSync('npm', [...argv, '--loglevel=error'], { cwd, encoding: 'utf8' })
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], projectRoot)) as [
    { filename: string },
  ]
  tarball = join(folder, packed.filename)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  npm(['install', '--offline', '--no-audit', '--no-fund', tarball], project)
  mkdirSync(repository)
  await writeInventory(repository, { dialect: 'mas-cli', address: '192.0.2.1', stage: 'off' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the npm package', () => {
  test('is installed offline: it is bundled, and has no dependencies', () => {
    expect(readdirSync(join(project, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
      'matrix-auth-actions',
    ])
    const file = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(file.dependencies).toBeUndefined()
    expect(file.private).toBeUndefined()
  })

  test('holds what the program needs, and no more', () => {
    expect(readdirSync(installed).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'schemas',
    ])
    expect(statSync(tarball).size).toBeLessThan(1_000_000)
  })

  test('has a program that runs as it is', () => {
    const bin = join(project, 'node_modules/.bin/matrix-auth-actions')
    expect(existsSync(bin)).toBe(true)
    expect(statSync(bin).mode & 0o111).not.toBe(0)
    const env = { PATH: `${join(process.execPath, '..')}:${process.env.PATH}` }
    expect(execFileSync(bin, ['--version'], { env, encoding: 'utf8' })).toBe(`${packageFile.version}\n`)
  })

  const run = (...argv: string[]) => cli(argv, { cwd: repository, program: join(installed, 'dist/cli.js') })

  test('checks and plans an inventory without a network', async () => {
    const check = await run('validate', '--json')
    expect(check.code, check.stderr).toBe(0)
    expect(schemaErrors('validation', JSON.parse(check.stdout))).toEqual([])
    const plan = await run('plan', '--json')
    expect(plan.code, plan.stderr).toBe(0)
    expect(schemaErrors('terminal#/definitions/plan', JSON.parse(plan.stdout))).toEqual([])
  })

  test.each(['rehearse', 'deploy', 'migrate', 'resume', 'rollback', 'status', 'doctor'])(
    'has %s with everything that it loads, and says what it lacks',
    async command => {
      const { code, stderr } = await run(command)
      expect(code, stderr).toBe(2)
      expect(stderr).toContain('There is no SSH agent')
    },
  )

  test.each([['register-user', 'alice'], ['verify-email', 'alice', 'alice@example.test'], ['init']])(
    'has %s, too',
    async (...argv) => {
      const { code, stderr } = await run(...argv)
      expect(code, stderr).toBe(2)
      expect(stderr).not.toMatch(/\n\s+at |Cannot find/)
    },
  )
})
