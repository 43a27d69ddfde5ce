import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

function start(environment: Record<string, string>) {
  const module = join(import.meta.dirname, '../../src/support/compile-cache.ts')
  const code = `const { keepCompiled } = await import(${JSON.stringify(module)}); keepCompiled(process.env)
    console.log((await import('node:module')).getCompileCacheDir() ?? 'none')`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env: environment,
    encoding: 'utf8',
  })
  return stdout.trim()
}

test('compiled code is kept in a folder of the user alone', () => {
  expect(start({ HOME: home }).startsWith(join(home, '.cache/matrix-auth-actions/compiled'))).toBe(true)
  expect(start({ XDG_CACHE_HOME: join(home, 'x') }).startsWith(join(home, 'x/'))).toBe(true)
})

test.each([{}, { HOME: 'relative' }, { HOME: '' }])(
  'nothing is kept where there is no such folder: %j',
  environment => {
    expect(start(environment)).toBe('none')
  },
)

test('nothing is kept on a machine that starts empty', () => {
  expect(start({ HOME: home, RUNNER_ENVIRONMENT: 'github-hosted' })).toBe('none')
  expect(existsSync(join(home, '.cache'))).toBe(false)
})
