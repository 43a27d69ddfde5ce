/** `npm test`: the checks, then the unit tests with coverage beside the tests that need the lab. Ends with the line `N passed, N failed`. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { longCommand, type Minutes } from '../test/lab/command.ts'
import { endOrKeep } from '../test/lab/end.ts'
import { timed } from '../test/lab/engine/run.ts'
import { commandId } from '../test/lab/engine/started.ts'
import { runChecks } from './check.ts'
import { endPrograms, run } from './process.ts'
import { ensurePrograms, programsOfTests } from './programs.ts'
import { progress } from './progress.ts'
import { onInterrupt } from './signals.ts'

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

const reporters = ['--reporter=default', '--reporter=json']

/**
 * The tests against the lab wait for their servers about half of the time. The unit tests use that time, with the lowest
 * priority: the lab is not made slower.
 */
const projects = {
  unit: { what: 'the unit tests', argv: ['nice', '-n', '19', 'vitest', 'run', '--coverage'], live: false },
  lab: { what: 'the tests against the lab', argv: ['vitest', 'run'], live: true },
}

/** A skipped test counts as failed: no test may be skipped because a tool is missing. */
async function vitest(project: keyof typeof projects): Promise<Count> {
  const { what, argv, live } = projects[project]
  const report = join(mkdtempSync(join(tmpdir(), 'matrix-auth-actions-test-')), 'report.json')
  const options = ['--project', project, ...reporters, `--outputFile.json=${report}`]
  const { ok, output } = await timed(what, () => run([...argv, ...options], { cwd: root, live }))
  if (!live) progress.around(() => process.stdout.write(output))
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

const minutes: Minutes = { cold: 40, warm: 30 }

async function runAll(): Promise<boolean> {
  await ensurePrograms(programsOfTests, 'The tests lack')
  const checked = await runChecks()
  const [unit, lab] = await Promise.all([vitest('unit'), vitest('lab')])
  const failed = checked.failed + unit.failed + lab.failed
  console.log(`checks: ${checked.passed} of ${checked.passed + checked.failed}`)
  console.log(`tests without the lab: ${unit.passed} of ${unit.passed + unit.failed}`)
  console.log(`tests against the lab: ${lab.passed} of ${lab.passed + lab.failed}`)
  console.log(`${checked.passed + unit.passed + lab.passed} passed, ${failed} failed`)
  return failed === 0
}

const endAll = () => endOrKeep(process.env.LAB_KEEP === '1')

commandId()
onInterrupt(async () => {
  await endPrograms()
  await endAll()
})
process.exitCode = await longCommand('npm test', minutes, runAll)
await endAll()
