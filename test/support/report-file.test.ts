import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ToolkitError } from '../../src/support/errors.ts'
import { writeReport } from '../../src/support/report-file.ts'

/** A workspace whose repository has links, beside a folder that a pull request must not reach. */
function workspace() {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  const [root, outside] = [join(folder, 'workspace'), join(folder, 'outside')]
  mkdirSync(join(root, 'reports'), { recursive: true })
  mkdirSync(outside)
  writeFileSync(join(outside, 'kept'), 'kept')
  writeFileSync(join(root, 'file'), '')
  symlinkSync(outside, join(root, 'to-folder'))
  symlinkSync(join(outside, 'kept'), join(root, 'reports/to-file.json'))
  symlinkSync(join(outside, 'new'), join(root, 'to-nothing.json'))
  symlinkSync('reports', join(root, 'to-inside'))
  return { root, outside }
}

describe('a report', () => {
  test.each([
    'report.json',
    'reports/report.json',
    'new/folder/report.json',
    './reports/../report.json',
    'file',
  ])('is written to %s', path => {
    const { root } = workspace()
    writeReport(root, path, 'text')
    expect(readFileSync(join(root, path), 'utf8')).toBe('text')
  })

  test('is written to an absolute path in the workspace', () => {
    const { root } = workspace()
    writeReport(root, join(root, 'report.json'), 'text')
    expect(readFileSync(join(root, 'report.json'), 'utf8')).toBe('text')
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
    const { root, outside } = workspace()
    expect(() => writeReport(root, path, 'text')).toThrow(ToolkitError)
    expect(readdirSync(outside)).toEqual(['kept'])
    expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('kept')
  })
})
