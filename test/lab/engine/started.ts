import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Names the command that runs now, for all its processes: what it started is ended with it. */
export function commandId(): string {
  process.env.LAB_COMMAND ??= randomUUID()
  return process.env.LAB_COMMAND
}

const markOf = (runDir: string) => join(runDir, 'started-by')

/** Marks the engine that has this folder as started by this command. */
export const markStarted = (runDir: string): Promise<void> => writeFile(markOf(runDir), commandId())

export async function wasStartedHere(runDir: string): Promise<boolean> {
  return (await readFile(markOf(runDir), 'utf8').catch(() => '')) === commandId()
}
