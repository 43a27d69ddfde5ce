import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runAction } from '../../src/actions/run-action.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { setOutput } from '../../src/support/runner.ts'
import { parseCommand, parseOutputFile } from '../lab/runner/commands.ts'

const before = process.exitCode

function runnerInMemory() {
  const file = join(mkdtempSync(join(tmpdir(), 'runner-')), 'output')
  writeFileSync(file, '')
  let log = ''
  const runner = {
    environment: { GITHUB_OUTPUT: file },
    write: (text: string) => {
      log += text
    },
  }
  return { runner, log: () => log, outputs: () => parseOutputFile(readFileSync(file, 'utf8')) }
}

describe('running an action', () => {
  beforeEach(() => {
    process.exitCode = 0
  })
  afterEach(() => {
    process.exitCode = before
  })

  test('turns an error that a user can meet into an annotation, a reason and a failed step', async () => {
    const { runner, log, outputs } = runnerInMemory()
    await runAction(async () => {
      throw new ToolkitError({
        kind: 'refused',
        reason: 'refused-lockout',
        what: 'No.\n::add-mask::x',
        remedy: 'Do ##[group] that.',
      })
    }, runner)
    expect(process.exitCode).toBe(1)
    expect(outputs()['failure-reason']).toBe('refused-lockout')
    const [line = '', ...rest] = log().trimEnd().split('\n')
    expect(rest).toEqual([])
    expect(parseCommand(line)).toMatchObject({ command: 'error' })
    expect(parseCommand(line)?.message).toContain('What to do: Do ## [group] that.')
  })

  test('shows a bug with its stack', async () => {
    const { runner, log, outputs } = runnerInMemory()
    await runAction(async () => {
      throw new Error('oops')
    }, runner)
    expect(process.exitCode).toBe(70)
    expect(outputs()['failure-reason']).toBe('internal')
    expect(log()).toContain('run-action.test.ts')
  })

  test('leaves the reason empty where nothing failed, and keeps outputs of many lines whole', async () => {
    const { runner, outputs } = runnerInMemory()
    await runAction(async inner => setOutput(inner, 'plan', 'a=b\nc<<d\ne'), runner)
    expect(process.exitCode).toBe(0)
    expect(outputs()).toEqual({ plan: 'a=b\nc<<d\ne', 'failure-reason': '' })
  })
})
