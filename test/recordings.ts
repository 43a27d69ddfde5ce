import { join } from 'node:path'

/** The folder `LAB_RECORDINGS`: what the real programs printed. No clone of this repository has it. */
const folder = process.env.LAB_RECORDINGS

export const hasRecordings = folder !== undefined

/** The path of a recording. Without the folder there is no file at it. */
export function recording(name: string): string {
  return join(folder ?? join(import.meta.dirname, 'no-recordings'), name)
}
