import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { toolkitRepository } from '../src/domain/toolkit.ts'

const root = resolve(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files', '*.md', '*.yml', '*.json', 'src/*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(file => /^(?!test\/|dist\/|package-lock)./.test(file))

const named =
  /(?:uses: |github(?:usercontent)?\.com\/|^ +)([\w.-]+\/matrix-auth-actions)\b|([\w-]+)\.github\.io\/(matrix-auth-actions)/gm

test('everything that a user reads or copies names the one repository of package.json, and no placeholder', () => {
  const names = files.flatMap(file =>
    [...readFileSync(join(root, file), 'utf8').matchAll(named)].map(([, name, owner, site]) => ({
      file,
      name: name ?? `${owner}/${site}`,
    })),
  )
  expect(names.filter(({ name }) => name !== toolkitRepository)).toEqual([])
  expect(new Set(names.map(({ file }) => file)).size).toBeGreaterThan(10)
})
