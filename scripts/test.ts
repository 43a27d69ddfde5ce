/** `npm test`: the checks, the unit tests with coverage, then the tests that need the lab. Ends with the line `N passed, N failed`. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runChecks } from './check.ts'
import { run } from './process.ts'
import { ensurePrograms, programsOfTests } from './programs.ts'

const root = resolve(import.meta.dirname, '..')

interface Count {
  readonly passed: number
  readonly failed: number
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
}

/** A test that was skipped counts as failed: nothing here may be left out for want of a tool. */
async function vitest(project: 'unit' | 'lab', options: readonly string[] = []): Promise<Count> {
  const report = join(mkdtempSync(join(tmpdir(), 'matrix-auth-actions-test-')), 'report.json')
  const argv = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json']
  const { ok } = await run([...argv, `--outputFile.json=${report}`, ...options], { cwd: root, live: true })
  const counted = readReport(report)
  if (!counted) return { passed: 0, failed: 1 }
  const skipped = counted.numPendingTests + counted.numTodoTests
  const failed = counted.numFailedTests + skipped
  return {
    passed: counted.numPassedTests,
    failed: failed > 0 || ok ? failed : Math.max(1, counted.numFailedTestSuites),
  }
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  } catch {
    return undefined
  }
}

await ensurePrograms(programsOfTests, 'The tests lack')
const checked = await runChecks()
const unit = await vitest('unit', ['--coverage'])
const lab = await vitest('lab')
const failed = checked.failed + unit.failed + lab.failed
console.log(`checks: ${checked.passed} of ${checked.passed + checked.failed}`)
console.log(`tests without the lab: ${unit.passed} of ${unit.passed + unit.failed}`)
console.log(`tests against the lab: ${lab.passed} of ${lab.passed + lab.failed}`)
console.log(`${checked.passed + unit.passed + lab.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
