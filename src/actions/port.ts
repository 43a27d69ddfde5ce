import type { StepEvent } from '../domain/log.ts'
import type { Document } from '../report/document.ts'
import type { Report } from '../report/report.ts'
import type { Reword } from '../report/words.ts'

/**
 * Where an action's words go: to GitHub's runner, or to a terminal. Every text but a secret may be untrusted: a port escapes it for the
 * place where it prints.
 */
export interface Port {
  /** Prints lines of the log. */
  log(text: string): void
  /** Shows a result to people. */
  show(report: Report): Promise<void>
  /** Adds to the result. */
  note(document: Document): Promise<void>
  setOutput(name: string, value: string): void
  /** Folds everything that is logged during `work` under a title. */
  inGroup(title: string, work: () => Promise<void>): Promise<void>
  /** Masks a secret of ours in everything that is logged from now on. Never call it with text from a server. */
  maskSecret(secret: string): void
  /** For this run and, on GitHub, the steps after it. */
  addToPath(folder: string): void
  exportVariable(name: string, value: string): void
  /** Keeps a value for the end of the job or the command. */
  keepForCleanup(name: string, value: string): void
  /** For files with a result; absent where an action's own words fit. */
  readonly reword?: Reword
  /** Shows a step of a migration as it happens; absent where each step is a line of the log. */
  readonly step?: (event: StepEvent) => void
}
