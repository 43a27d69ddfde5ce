import { constants } from 'node:os'
import { progress } from './progress.ts'

let interrupted = false

/** Whether the command was told to end: errors that follow from that are not worth a message. */
export const isInterrupted = (): boolean => interrupted

/** On Ctrl-C and the like: ends what was started, then this process, with the signal's usual exit code. */
export function onInterrupt(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) return
      interrupted = true
      progress.line(`${signal}: ending what was started …`)
      void end()
        .catch((error: unknown) => progress.line(error instanceof Error ? error.message : String(error)))
        .finally(() => process.exit(128 + constants.signals[signal]))
    })
  }
}
