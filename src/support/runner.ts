import { appendFileSync, writeSync } from 'node:fs'
import { commandData, commandProperty, logText } from './escape.ts'

/**
 * GitHub's runner as a step sees it: its environment, and standard output. Written here instead of taken from
 * `@actions/core`, which loads an HTTP client: `docs/decisions/0007-runner-protocol.md`.
 */
export interface Runner {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Writes to standard output as it is. */
  write(text: string): void
}

export const thisRunner: Runner = {
  environment: process.env,
  write: text => writeOut(text),
}

export type AnnotationKind = 'error' | 'warning' | 'notice'

export interface AnnotationProperties {
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly col?: number
  readonly endColumn?: number
}

/** The workflow command of an annotation, without a newline; every text may be untrusted. */
export function annotation(kind: AnnotationKind, properties: AnnotationProperties, message: string): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${commandProperty(String(value))}`)
  return `::${kind}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${commandData(message)}`
}

/** Prints untrusted text as lines of the log. */
export function printLog(runner: Runner, text: string): void {
  runner.write(`${logText(text)}\n`)
}

export function printAnnotation(
  runner: Runner,
  kind: AnnotationKind,
  properties: AnnotationProperties,
  message: string,
): void {
  runner.write(`${annotation(kind, properties, message)}\n`)
}

/** Has the runner mask a secret of ours in all that is logged afterwards. Never call it with text from a server. */
export function maskSecret(runner: Runner, secret: string): void {
  for (const line of secret.split(/\r\n|\n|\r/)) {
    if (line.trim() !== '') runner.write(`::add-mask::${line.replaceAll('%', '%25')}\n`)
  }
}

/** Sets an output of the step; outside of a runner it is printed. */
export function setOutput(runner: Runner, name: string, value: string): void {
  const file = runner.environment.GITHUB_OUTPUT
  if (!file) {
    printLog(runner, `${name}: ${value}`)
    return
  }
  const end = delimiterFor(value)
  appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`)
}

/** A line that the value does not hold, whatever it holds. */
function delimiterFor(value: string): string {
  let number = 0
  while (value.includes(`end_${number}_`)) number += 1
  return `end_${number}_`
}

/** Standard output without Node's streams, which take as long to load as an inventory takes to check. */
function writeOut(text: string): void {
  const bytes = Buffer.from(text)
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      // The reader of a pipe that does not block is slow.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** Appends Markdown to the job's summary, where there is a runner. */
export function appendSummary(runner: Runner, markdown: string): void {
  const file = runner.environment.GITHUB_STEP_SUMMARY
  if (file) appendFileSync(file, `${markdown}\n`)
}
