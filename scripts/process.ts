import { spawn } from 'node:child_process'

export interface Outcome {
  readonly ok: boolean
  readonly output: string
}

/** Runs a program with the project's own tools first on PATH; its output is kept, and shown as it comes where `live` is set. */
export function run(
  argv: readonly string[],
  options: { cwd?: string; live?: boolean; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const [command = '', ...args] = argv
  return new Promise(settle => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (options.live) process.stdout.write(chunk)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => settle({ ok: false, output: `${command}: ${error.message}\n` }))
    child.on('close', code => settle({ ok: code === 0, output }))
  })
}
