import { type ChildProcess, spawn } from 'node:child_process'
import { progress } from './progress.ts'
import { isInterrupted } from './signals.ts'

export interface Outcome {
  readonly ok: boolean
  readonly output: string
}

const running = new Set<ChildProcess>()

/** Runs a program to its end. Its output is kept, and also shown as it comes where `live` is set. */
export function run(
  argv: readonly string[],
  options: { cwd?: string; live?: boolean; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const [command = '', ...args] = argv
  return new Promise(settle => {
    // An interrupted command starts nothing new: its handler ends it.
    if (isInterrupted()) return
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (options.live) progress.around(() => process.stdout.write(chunk))
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => settle({ ok: false, output: `${command}: ${error.message}\n` }))
    child.on('close', code => {
      running.delete(child)
      if (!isInterrupted()) settle({ ok: code === 0, output })
    })
  })
}

/** Ends the programs that run: asks them to, and kills those that have not ended after some seconds. */
export async function endPrograms(): Promise<void> {
  for (const child of running) child.kill('SIGTERM')
  const end = Date.now() + 10_000
  while (running.size > 0 && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 100))
  for (const child of running) child.kill('SIGKILL')
}
