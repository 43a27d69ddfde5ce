import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ToolkitError } from '../../src/support/errors.ts'
import { requireReportFile, writeBelow, writeReport } from '../../src/support/report-file.ts'

/** A workspace whose repository has links, beside a folder that a pull request must not reach. */
function workspace() {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  const [root, outside] = [join(folder, 'workspace'), join(folder, 'outside')]
  mkdirSync(join(root, 'reports'), { recursive: true })
  mkdirSync(outside)
  writeFileSync(join(outside, 'kept'), 'kept')
  writeFileSync(join(root, 'file'), '')
  writeFileSync(join(root, 'old.json'), '{"schema":1}')
  symlinkSync(outside, join(root, 'to-folder'))
  symlinkSync(join(outside, 'kept'), join(root, 'reports/to-file.json'))
  symlinkSync(join(outside, 'new'), join(root, 'to-nothing.json'))
  symlinkSync('reports', join(root, 'to-inside'))
  const job = { repository: { root }, environment: { RUNNER_TEMP: join(folder, 'temp') } }
  return { root, outside, job }
}

describe('a report', () => {
  test.each([
    'report.json',
    'reports/report.json',
    'new/folder/report.json',
    './reports/../report.json',
    'file',
  ])('is written to %s', path => {
    const { root, job } = workspace()
    writeReport(job, path, 'text')
    expect(readFileSync(join(root, path), 'utf8')).toBe('text')
  })

  test.each(['report.json', 'reports/report.json', 'new/folder/report.json', 'file', 'old.json'])(
    'can be written to %s, which is not changed before it is',
    path => {
      const { root, job } = workspace()
      const before = readdirSync(root)
      requireReportFile(job, path)
      expect(readdirSync(root)).toEqual(before)
    },
  )

  test('does not replace a file that is no report', () => {
    const { root, job } = workspace()
    writeFileSync(join(root, 'hosts'), '[matrix_servers]\n')
    expect(() => requireReportFile(job, 'hosts')).toThrow('it would replace a file that is not a report')
  })

  test('is not written to a FIFO, for which reading would wait', () => {
    const { root, job } = workspace()
    execFileSync('mkfifo', [join(root, 'pipe')])
    // Without a writer of its own, this test would not end.
    const writer = openSync(join(root, 'pipe'), constants.O_RDWR)
    writeSync(writer, '{')
    expect(() => requireReportFile(job, 'pipe')).toThrow('it is not a plain file')
    closeSync(writer)
  })

  test('is written to an absolute path in the workspace', () => {
    const { root, job } = workspace()
    writeReport(job, join(root, 'report.json'), 'text')
    expect(readFileSync(join(root, 'report.json'), 'utf8')).toBe('text')
  })

  test('is written to the temporary folder of the runner', () => {
    const { job } = workspace()
    const path = join(job.environment.RUNNER_TEMP, 'report/report.json')
    writeReport(job, path, 'text')
    expect(readFileSync(path, 'utf8')).toBe('text')
  })

  test.each([
    '../outside/kept',
    '../outside/new',
    'reports/../../outside/new',
    'to-folder/kept',
    'to-folder/new/report.json',
    'reports/to-file.json',
    'to-nothing.json',
    'to-inside/report.json',
    'file/report.json',
    '.',
    'reports',
  ])('is not written to %s, and nothing outside of the workspace changes', path => {
    const { outside, job } = workspace()
    expect(() => requireReportFile(job, path)).toThrow(ToolkitError)
    expect(() => writeReport(job, path, 'text')).toThrow(ToolkitError)
    expect(readdirSync(outside)).toEqual(['kept'])
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('kept')
  })
})

test('for a file that is not a report, the error says to make it writable, not to name another one', () => {
  const { root } = workspace()
  const write = () => writeBelow(root, join(root, 'reports'), 'text', 'The vars')
  expect(write).toThrow(
    expect.objectContaining({
      message: 'The vars cannot be written (it is a folder).',
      remedy: 'Let your user write to it and to its folder, then run the command again.',
    }),
  )
})
