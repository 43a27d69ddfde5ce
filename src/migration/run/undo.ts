import { ToolkitError } from '../../support/errors.ts'
import type { JournalWriter, NewEntry } from '../journal/journal.ts'
import type { Context } from './context.ts'
import { seconds } from './report-builder.ts'
import type { Step } from './steps.ts'

/**
 * Undoes the steps, the last one first. If one undo fails, the others still run, except that the guard stays armed until
 * Synapse serves users again. Returns false where it does not: the lease then expires, and the guard rolls back.
 */
export async function undoSteps(
  done: readonly Step[],
  context: Context,
  journal: JournalWriter,
  cause: ToolkitError,
): Promise<boolean> {
  const { deps, report } = context
  // Without the server, or without its lock, this run may not do anything.
  if (cause.reason === 'server-unreachable' || cause.reason === 'lock-held') return false
  let complete = true
  const write = (entry: NewEntry) =>
    journal.add(entry).catch(() => {
      complete = false
    })
  await write({ event: 'step-failed', ...stepOf(done.at(-1)), data: { reason: cause.reason } })
  for (const step of done.toReversed()) {
    if (!step.undo || (!complete && step.name === 'guard')) continue
    await write({ event: 'undo-begin', step: step.name })
    const from = deps.clock.now().getTime()
    const took = () => seconds(deps.clock.now().getTime() - from)
    try {
      await step.undo(context)
      report.steps.push({ name: step.name, seconds: took(), result: 'undone' })
      await write({ event: 'undo-done', step: step.name })
    } catch (error) {
      if (step.name === 'stop' || step.name === 'guard') complete = false
      report.steps.push({ name: step.name, seconds: took(), result: 'undo-failed' })
      const detail = error instanceof ToolkitError ? error.message : 'an unexpected error'
      report.warnings.push(`Undoing ${step.name} failed: ${detail}`)
      await write({ event: 'undo-failed', step: step.name })
    }
  }
  if (complete) await write({ event: 'end', outcome: 'rolled-back' })
  return complete
}

function stepOf(step: Step | undefined): { step: string } | Record<string, never> {
  return step ? { step: step.name } : {}
}
