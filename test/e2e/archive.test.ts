import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureReasons } from '../../src/support/errors.ts'
import { writeInventory } from '../lab/playbook/inventory/write.ts'
import { projectRoot, runStep } from '../lab/runner/runner.ts'

const folder = mkdtempSync(join(tmpdir(), 'matrix-auth-actions-archive-'))
const root = join(folder, 'action')
const archive = join(folder, 'archive.tar.gz')

/** Far above what it is: a runner downloads it in every job. */
const mostBytes = 1_000_000
const mostUnpacked = 4_500_000

/** Archives the files as they are now, committed or not, and unpacks them like a runner. */
beforeAll(() => {
  const git = (words: readonly string[], env = {}) =>
    execFileSync('git', words, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    }).trim()
  // An index and objects of its own: the repository stays as it is.
  const env = {
    GIT_ALTERNATE_OBJECT_DIRECTORIES: git(['rev-parse', '--path-format=absolute', '--git-path', 'objects']),
    GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
    GIT_INDEX_FILE: join(folder, 'index'),
  }
  mkdirSync(env.GIT_OBJECT_DIRECTORY)
  mkdirSync(root)
  git(['add', '--all'], env)
  git(['archive', '--format=tar.gz', `--output=${archive}`, git(['write-tree'], env)], env)
  execFileSync('tar', ['-xzf', archive, '-C', root])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function temp(): string {
  return mkdtempSync(join(folder, 'step-'))
}

async function run(action: string, inputs: Readonly<Record<string, string>> = {}, eventName = 'push') {
  const workspace = temp()
  await writeInventory(workspace, { dialect: 'mas-cli', address: '192.0.2.1', stage: 'live' })
  const step = await runStep({ root, action, inputs, workspace, temp: temp(), eventName })
  expect(step.log).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find (?:module|package)|\n\s+at /)
  return step
}

describe('the archive that `uses:` downloads', () => {
  test('is small', () => {
    expect(statSync(archive).size).toBeLessThan(mostBytes)
    const unpacked = execFileSync('du', ['-sb', root], { encoding: 'utf8' })
    expect(Number.parseInt(unpacked, 10)).toBeLessThan(mostUnpacked)
  })

  test('holds what actions need, and no more', () => {
    const names = execFileSync('ls', ['-A', root], { encoding: 'utf8' }).trim().split('\n')
    expect(names.toSorted()).toEqual(
      [
        ...['LICENSE', 'README.md', 'SECURITY.md', 'action.yml', 'dist', 'package.json', 'schemas', 'setup'],
        ...['deploy', 'doctor', 'migrate', 'syn2mas-dry-run', 'validate-config'],
      ].toSorted(),
    )
  })

  test('has the check of an inventory that works', async () => {
    const step = await run('validate-config')
    expect(step, step.log).toMatchObject({ code: 0, outputs: { stage: 'live', 'failure-reason': '' } })
  })

  test.each(['deploy', 'migrate', 'syn2mas-dry-run', 'doctor'])(
    'has %s, which says what its step lacks',
    async action => {
      const step = await run(action)
      expect(step.code, step.log).toBe(1)
      expect(['checkout-unsupported', 'input-invalid']).toContain(step.outputs['failure-reason'])
    },
  )

  test.each(['validate-config', 'deploy', 'migrate', 'syn2mas-dry-run', 'doctor', 'publish'])(
    'has the root action with the task %s',
    async task => {
      const step = await run('.', { task, 'github-token': 'ghs_none' })
      expect(['', ...failureReasons]).toContain(step.outputs['failure-reason'])
      expect(step.outputs['failure-reason']).not.toBe('internal')
    },
  )

  test('has the action setup, whose scripts run', async () => {
    const workspace = temp()
    mkdirSync(join(workspace, 'inventory'))
    writeFileSync(join(workspace, 'inventory/known_hosts'), '')
    const step = await runStep({ root, action: 'setup', workspace, temp: temp() })
    expect(step.code, step.log).not.toBe(0)
    expect(step.log).toMatch(/host key/)
  })
})
