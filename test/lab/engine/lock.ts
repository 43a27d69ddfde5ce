import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { say } from './run.ts'

/**
 * Does the work while holding a lock on a file. The lock is the kernel's (util-linux's `flock` in a child), so it
 * ends with this process however it dies.
 */
export async function withLock<T>(file: string, what: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true })
  const child = spawn('flock', ['--no-fork', file, 'sh', '-c', 'echo held; exec cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = setTimeout(() => say(`waiting for another process that uses ${what}`), 2000)
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('error', reject)
      child.once('exit', code => reject(new Error(`flock ${file} ended with code ${code}`)))
    })
  } finally {
    clearTimeout(waiting)
  }
  try {
    return await work()
  } finally {
    child.stdin.end()
  }
}
