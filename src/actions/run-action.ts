import { type FailureReason, ToolkitError } from '../support/errors.ts'
import { printAnnotation, printLog, type Runner, setOutput, thisRunner } from '../support/runner.ts'

/**
 * Runs an action's one call and turns whatever it throws into an annotation, the output `failure-reason` and a failed
 * step: a `ToolkitError` as it describes itself (exit code 1), anything else as the bug it is, with its stack (exit
 * code 70).
 */
export async function runAction(main: (runner: Runner) => Promise<void>, runner = thisRunner): Promise<void> {
  try {
    await main(runner)
    setOutput(runner, 'failure-reason', '')
  } catch (error) {
    process.exitCode = report(error, runner)
  }
}

function report(error: unknown, runner: Runner): number {
  if (error instanceof ToolkitError) {
    printAnnotation(runner, 'error', { title: error.message }, error.describe())
    fail(runner, error.reason)
    return 1
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  printAnnotation(runner, 'error', { title: 'matrix-auth-actions failed on a bug of its own' }, stack)
  printLog(
    runner,
    'This is a mistake in the toolkit, not in your repository: please report it with the lines above.',
  )
  fail(runner, 'internal')
  return 70
}

function fail(runner: Runner, reason: FailureReason): void {
  setOutput(runner, 'failure-reason', reason)
}
