import type { LockFacts } from './server-facts.ts'

/**
 * The lock file, /matrix/auth-actions/lock.json: one line of JSON, written by src/server/guard/lib.sh. A release keeps the
 * file, so that the fencing number always increases.
 */
export interface LockFile {
  /** Empty if the lock is free. */
  readonly owner: string
  readonly run: string
  readonly fence: number
  /** Seconds since 1970 on the server's clock; 0 after a release. */
  readonly leaseUntil: number
}

/** Returns `undefined` if the text is not a valid lock file. */
export function parseLock(text: string): LockFile | undefined {
  const match = /^\{"owner":"([^"]*)","run":"([^"]*)","fence":(\d+),"leaseUntil":(\d+)\}\n?$/.exec(text)
  if (!match) return undefined
  const [, owner = '', run = '', fence, leaseUntil] = match
  return { owner, run, fence: Number(fence), leaseUntil: Number(leaseUntil) }
}

/** The state of the lock, or `undefined` if it is free. `now` is the server's clock in seconds. */
export function lockFacts(text: string | undefined, now: number): LockFacts | undefined {
  const lock = text === undefined ? undefined : parseLock(text)
  if (!lock || lock.owner === '') return undefined
  return { owner: lock.owner, fence: lock.fence, leaseSeconds: lock.leaseUntil - now }
}
