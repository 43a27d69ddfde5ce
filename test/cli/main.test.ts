import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { projectRoot } from '../lab/runner/runner.ts'

test('a reader that ends first, such as head, does not end the program', () => {
  const pipe = 'set -o pipefail; "$0" src/cli/main.ts --help | true'
  const { status, stderr } = spawnSync('bash', ['-c', pipe, process.execPath], {
    cwd: projectRoot,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
