import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheDir } from './paths.ts'

const file = () => join(cacheDir(), 'durations.json')

function recorded(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(file(), 'utf8')) as Record<string, number>
  } catch {
    return {}
  }
}

/** How long this took here the last time, in ms; undefined where it was never done. */
export const lastDuration = (what: string): number | undefined => recorded()[what]

/** A lost record costs nothing but an estimate: of two processes that write at once, the later one wins. */
export function recordDuration(what: string, ms: number): void {
  try {
    mkdirSync(dirname(file()), { recursive: true })
    writeFileSync(file(), JSON.stringify({ ...recorded(), [what]: Math.round(ms) }))
  } catch {
    // Estimates are not worth a failure.
  }
}
