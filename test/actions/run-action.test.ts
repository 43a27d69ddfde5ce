import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runAction } from '../../src/actions/run-action.ts'
import { inGroup, setOutput } from '../../src/actions/runner.ts'
import { ToolkitError } from '../../src/support/errors.ts'
import { parseCommand, parseOutputFile, runnerLines } from '../lab/runner/commands.ts'

const before = process.exitCode
let log = ''
let outputFile = ''

const outputs = () => parseOutputFile(readFileSync(outputFile, 'utf8'))
const running = (run: () => Promise<void>) => runAction({ inputs: {}, run })

describe('running an action', () => {
  beforeEach(() => {
    process.exitCode = 0
    log = ''
    outputFile = join(mkdtempSync(join(tmpdir(), 'runner-')), 'output')
    writeFileSync(outputFile, '')
    vi.stubEnv('GITHUB_OUTPUT', outputFile)
    vi.spyOn(process.stdout, 'write').mockImplementation(text => {
      log += String(text)
      return true
    })
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    process.exitCode = before
  })

  test('turns an error that a user can meet into an annotation, a reason and a failed step', async () => {
    await running(async () => {
      throw new ToolkitError({
        reason: 'refused-lockout',
        what: 'No.\n::add-mask::x',
        remedy: 'Do ##[group] that.',
      })
    })
    expect(process.exitCode).toBe(1)
    expect(outputs()['failure-reason']).toBe('refused-lockout')
    const [line = '', ...rest] = log.trimEnd().split('\n')
    expect(rest).toEqual([])
    expect(parseCommand(line)).toMatchObject({ command: 'error' })
    expect(parseCommand(line)?.message).toContain('What to do: Do ## [group] that.')
  })

  test('shows a bug with its stack', async () => {
    await running(async () => {
      throw new Error('oops')
    })
    expect(process.exitCode).toBe(70)
    expect(outputs()['failure-reason']).toBe('internal')
    expect(log).toContain('run-action.test.ts')
  })

  test('leaves the reason empty where nothing failed, and keeps outputs of many lines whole', async () => {
    await running(async () => setOutput('plan', 'a=b\nc<<d\ne'))
    expect(process.exitCode).toBe(0)
    expect(outputs()).toEqual({ plan: 'a=b\nc<<d\ne', 'failure-reason': '' })
  })
})

test('a group has one begin and one end with any title', async () => {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text)
    return true
  })
  await inGroup('deploy\n::error::x ##[warning]y', async () => undefined)
  vi.restoreAllMocks()
  const commands = runnerLines(printed).map(line => parseCommand(line)?.command)
  expect(commands.filter(command => command !== undefined)).toEqual(['group', 'endgroup'])
})
