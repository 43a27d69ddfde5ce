import type { LockFacts } from './server-facts.ts'

/**
 * The lock's file, /matrix/auth-actions/lock.json: one line of JSON, written by src/server/guard/lib.sh. It stays there
 * when it is released: the fencing number only ever grows.
 */
export interface LockFile {
  /** Empty where nobody holds it. */
  readonly owner: string
  readonly run: string
  readonly fence: number
  /** Seconds since 1970 by the server's clock; 0 where it was released. */
  readonly leaseUntil: number
}

/** Undefined where the text is not a lock as we write it. */
export function parseLock(text: string): LockFile | undefined {
  const match = /^\{"owner":"([^"]*)","run":"([^"]*)","fence":(\d+),"leaseUntil":(\d+)\}\n?$/.exec(text)
  if (!match) return undefined
  const [, owner = '', run = '', fence, leaseUntil] = match
  return { owner, run, fence: Number(fence), leaseUntil: Number(leaseUntil) }
}

/** What a probe tells of it, or undefined where nobody holds it; `now` is the server's clock in seconds. */
export function lockFacts(text: string | undefined, now: number): LockFacts | undefined {
  const lock = text === undefined ? undefined : parseLock(text)
  if (!lock || lock.owner === '') return undefined
  return { owner: lock.owner, fence: lock.fence, leaseSeconds: lock.leaseUntil - now }
}
