import { randomBytes } from 'node:crypto'

/** Sorts by time, and is short enough for a local part. */
export function newRun(): string {
  return `${Math.floor(Date.now() / 1000).toString(36)}${randomBytes(3).toString('hex')}`
}

/** When a run was named, by the clock of its runner. */
export function startOf(run: string): Date {
  return new Date(Number.parseInt(run.slice(0, 6), 36) * 1000)
}

export function isRunName(name: string): boolean {
  return /^[0-9a-z]{6}[0-9a-f]{6}$/.test(name)
}
