import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compiledFolder } from '../../src/support/compiled.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'compiled-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const folder = () => join(root, 'cache/compiled')
const kept = () => readdirSync(folder())

function run(source: string, content: string, cache: string | undefined = folder()) {
  const file = join(root, 'action.cjs')
  writeFileSync(file, source)
  const module = join(import.meta.dirname, '../../src/support/compiled.ts')
  const options = JSON.stringify({ folder: cache, content })
  const code = `const { runCompiled } = await import(${JSON.stringify(module)}); runCompiled(${JSON.stringify(file)}, ${options})`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  })
  return stdout + stderr
}

const action = (word: string) =>
  `function say(text) { console.log(text, require('node:path').basename(__filename)) }\nsay('${word}')\nprocess.exit()`

describe('a file that is run out of the cache', () => {
  test('says the same the first time and the next, from what was kept', () => {
    expect(run(action('one'), 'a')).toBe('one action.cjs\n')
    const [name = ''] = kept()
    const bytes = readFileSync(join(folder(), name))
    expect(run(action('one'), 'a')).toBe('one action.cjs\n')
    expect(kept()).toEqual([name])
    expect(readFileSync(join(folder(), name)).equals(bytes)).toBe(true)
    expect(statSync(folder()).mode & 0o777).toBe(0o700)
  })

  test('tells the places of its errors as they are in the file, also out of the cache', () => {
    const source = `function fail() { throw new Error('x') } fail()`
    for (const _ of [1, 2]) expect(run(source, 'a')).toContain('action.cjs:1:25')
  })

  test('is not taken for another of the same length', () => {
    expect(run(action('one'), 'a')).toBe('one action.cjs\n')
    expect(run(action('two'), 'b')).toBe('two action.cjs\n')
    expect(kept()).toHaveLength(1)
  })

  test.each(['', 'nothing that was ever compiled'])(
    'runs all the same where what is kept is broken: %j',
    text => {
      run(action('one'), 'a')
      const [name = ''] = kept()
      writeFileSync(join(folder(), name), text)
      expect(run(action('one'), 'a')).toBe('one action.cjs\n')
      expect(readFileSync(join(folder(), name), 'latin1')).not.toBe(text)
    },
  )

  test('runs all the same where nothing can be kept', () => {
    writeFileSync(join(root, 'cache'), '')
    expect(run(action('one'), 'a')).toBe('one action.cjs\n')
  })
})

describe('compiled code', () => {
  test('is kept in a folder of the user alone', () => {
    expect(compiledFolder({ HOME: '/home/u' })).toBe('/home/u/.cache/matrix-auth-actions/compiled')
    expect(compiledFolder({ HOME: '/home/u', XDG_CACHE_HOME: '/c' })).toBe('/c/matrix-auth-actions/compiled')
  })

  test.each([
    {},
    { HOME: 'relative' },
    { HOME: '' },
    { HOME: '/home/u', RUNNER_ENVIRONMENT: 'github-hosted' },
  ])('is not kept where there is no such folder, or the machine starts empty: %j', environment => {
    expect(compiledFolder(environment)).toBeUndefined()
  })
})
