import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readReports } from '../../src/actions/publish/reports.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
  mkdirSync(folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a report about ten thousand hosts is read', () => {
  const hosts = Array.from({ length: 10_000 }, (_, index) => {
    const checks = [{ id: 'doctor/stage', result: 'holds', detail: 'x'.repeat(1500), seconds: 0 }]
    return { host: `matrix${index}.example.test`, findings: [], checks, good: 1, healthy: true }
  })
  writeFileSync(join(folder, 'doctor.json'), JSON.stringify({ version: 1, hosts }))
  expect(readReports(folder).doctor?.hosts).toHaveLength(10_000)
})

test('a report that is too large is called that', () => {
  const file = join(folder, 'validate.json')
  writeFileSync(file, '{')
  truncateSync(file, 50_000_001)
  expect(() => readReports(folder)).toThrow('The report validate.json is larger than 50 MB.')
})
