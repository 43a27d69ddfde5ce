/**
 * The one place that talks to GitHub's runner, by `@actions/core`. Core escapes the parts of a workflow command, but leaves
 * `##[` inside a line and hidden characters as they are, so every text goes through `escape.ts` first.
 */
import {
  addPath,
  error,
  exportVariable,
  getInput,
  getState,
  group,
  info,
  notice,
  saveState,
  setSecret,
  setOutput as setStepOutput,
  summary,
  warning,
} from '@actions/core'
import { withPageAddresses } from '../domain/toolkit.ts'
import type { Annotation } from '../report/annotations.ts'
import { logText } from '../support/escape.ts'

/** Gives an input's text by its name in kebab-case; empty or undefined where it is not set. */
export type InputSource = (name: string) => string | undefined

export const stepInput: InputSource = name => getInput(name)

/** Prints untrusted text as lines of the log. */
export function printLog(text: string): void {
  info(logText(text))
}

const printers = { error, warning, notice }

/** Prints an annotation; every text may be untrusted. */
export function annotate({ severity, title, message, place }: Annotation): void {
  printers[severity](logText(withPageAddresses(message)), {
    title: logText(title),
    ...(place && { ...place, file: logText(place.file) }),
  })
}

/** Masks a secret of ours in everything that is logged from now on. Never call it with text from a server. */
export function maskSecret(secret: string): void {
  if (secret.trim() !== '') setSecret(secret)
}

/** Folds everything that is logged during `work` under a title. */
export function inGroup(title: string, work: () => Promise<void>): Promise<void> {
  return group(logText(title), work)
}

export function setOutput(name: string, value: string): void {
  setStepOutput(name, value)
}

/** For this step and those after it. */
export const addToPath = addPath
export { exportVariable }

/** Keeps a value for the action's `post` step. */
export function keepForCleanup(name: string, value: string): void {
  saveState(name, value)
}

/** Empty where the action kept nothing. */
export function keptForCleanup(name: string): string {
  return getState(name)
}

/** Appends Markdown to the job's summary; does nothing outside a runner. */
export async function appendSummary(markdown: string): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(markdown, true).write()
}
