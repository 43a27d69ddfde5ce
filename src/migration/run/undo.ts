import { ToolkitError } from '../../support/errors.ts'
import type { JournalWriter, NewEntry } from '../journal/journal.ts'
import type { Context } from './context.ts'
import { seconds } from './report-builder.ts'
import type { Step } from './steps.ts'

/**
 * Takes back what the steps did, the last one first. A step whose way back fails does not keep the others from theirs,
 * except that the guard stays armed until users are back. False where they are not: the lease then runs out, and the guard
 * goes the same way again.
 */
export async function undoSteps(
  done: readonly Step[],
  context: Context,
  journal: JournalWriter,
  cause: ToolkitError,
): Promise<boolean> {
  const { deps, report } = context
  // Without the server, or with another owner on it, there is nothing that this run may do.
  if (cause.reason === 'server-unreachable' || cause.reason === 'lock-held') return false
  let whole = true
  const write = (entry: NewEntry) =>
    journal.add(entry).catch(() => {
      whole = false
    })
  await write({ event: 'step-failed', ...stepOf(done.at(-1)), data: { reason: cause.reason } })
  for (const step of done.toReversed()) {
    if (!step.undo || (!whole && step.name === 'guard')) continue
    await write({ event: 'undo-begin', step: step.name })
    const from = deps.clock.now().getTime()
    const took = () => seconds(deps.clock.now().getTime() - from)
    try {
      await step.undo(context)
      report.steps.push({ name: step.name, seconds: took(), result: 'undone' })
      await write({ event: 'undo-done', step: step.name })
    } catch (error) {
      if (step.name === 'stop' || step.name === 'guard') whole = false
      report.steps.push({ name: step.name, seconds: took(), result: 'undo-failed' })
      const said = error instanceof ToolkitError ? error.message : 'an unexpected error'
      report.warnings.push(`Undoing ${step.name} failed: ${said}`)
      await write({ event: 'undo-failed', step: step.name })
    }
  }
  if (whole) await write({ event: 'end', outcome: 'rolled-back' })
  return whole
}

function stepOf(step: Step | undefined): { step: string } | Record<string, never> {
  return step ? { step: step.name } : {}
}
