import { constants } from 'node:os'
import { progress } from './progress.ts'

let interrupted = false

/** Whether the command was told to end: errors that follow from that are not worth a message. */
export const isInterrupted = (): boolean => interrupted

const open = new Set<() => void>()

/** Registers what an interrupted command must do before it ends. Returns a function that does it now, once. */
export function atEnd(end: () => void): () => void {
  const once = () => {
    if (open.delete(once)) end()
  }
  open.add(once)
  return once
}

/** On Ctrl-C and the like: ends what was started, then this process, with the signal's usual exit code. */
export function onInterrupt(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) return
      interrupted = true
      progress.line(`${signal}: ending what was started …`)
      for (const each of [...open]) each()
      void end()
        .catch((error: unknown) => progress.line(error instanceof Error ? error.message : String(error)))
        .finally(() => process.exit(128 + constants.signals[signal]))
    })
  }
}
