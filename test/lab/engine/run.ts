import { spawn } from 'node:child_process'
import { progress } from '../../../scripts/progress.ts'
import { lastDuration, recordDuration } from './durations.ts'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface HowToRun {
  readonly input?: string | Buffer
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Also shows the output as it comes, on our standard error. */
  readonly show?: boolean
}

/** Runs one program to its end. A signal counts as code 128. Rejects only where the program cannot be started. */
export function run(argv: readonly string[], how: HowToRun = {}): Promise<Ran> {
  const [program, ...args] = argv
  if (program === undefined) throw new Error('nothing to run')
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: how.cwd, env: how.env ?? process.env })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk)
      if (how.show) process.stderr.write(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.push(chunk)
      if (how.show) process.stderr.write(chunk)
    })
    // A program that ends without reading its input closes the pipe: its exit code says what it thought of it.
    child.stdin.on('error', () => undefined)
    child.stdin.end(how.input ?? '')
    child.on('error', reject)
    child.on('close', code =>
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    )
  })
}

/** Like `run`, but a code other than 0 is an error that shows the end of what the program printed. */
export async function must(argv: readonly string[], how: HowToRun = {}): Promise<string> {
  const ran = await run(argv, how)
  if (ran.code !== 0) {
    const tail = `${ran.stdout}\n${ran.stderr}`.trim().split('\n').slice(-25).join('\n')
    throw new Error(`${argv.slice(0, 6).join(' ')} … ended with code ${ran.code}:\n${tail}`)
  }
  return ran.stdout
}

/** Runs a bash script given on standard input. */
export function bash(script: string, how: HowToRun = {}): Promise<string> {
  return must(['bash', '-euo', 'pipefail', '-s'], { ...how, input: script })
}

export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Asks again every `everyMs` until the answer is true. Throws, saying what was waited for, after `seconds`. */
export async function waitUntil(
  what: string,
  seconds: number,
  ask: () => Promise<boolean>,
  everyMs = 200,
): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`gave up waiting for ${what} after ${seconds} s`)
    await sleep(everyMs)
  }
}

/** A line about what the lab is doing, on standard error. */
export function say(line: string): void {
  progress.line(`lab: ${line}`)
}

/** Shows that this is being done while it lasts; the time of the last run here is the estimate. */
export async function shown<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now()
  const result = await progress.during(what, lastDuration(what), work)
  recordDuration(what, Date.now() - start)
  return result
}

/** Like `shown`, with a line at its end that says how long it took. */
export async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now()
  const result = await shown(`lab: ${what}`, work)
  say(`${what}: ${((Date.now() - start) / 1000).toFixed(1)} s`)
  return result
}
