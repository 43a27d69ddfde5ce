import { randomBytes } from 'node:crypto'

/** Sorts by time, and is short enough for a local part. */
export function newRun(): string {
  return `${Math.floor(Date.now() / 1000).toString(36)}${randomBytes(3).toString('hex')}`
}

export function isRunName(name: string): boolean {
  return /^[0-9a-z]{6}[0-9a-f]{6}$/.test(name)
}
