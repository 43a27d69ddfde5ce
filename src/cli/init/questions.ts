import { createInterface } from 'node:readline/promises'
import { ToolkitError } from '../../support/errors.ts'
import type { Screen } from '../screen.ts'
import type { Terminal } from '../terminal.ts'

/** Asks again where the answer is refused. */
export async function askUntilRead<T>(
  { screen, log }: Terminal,
  question: string,
  read: (answer: string | undefined) => T | Promise<T>,
): Promise<T> {
  for (;;) {
    const answer = await ask(screen, question)
    try {
      return await read(answer)
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error
      log(error.describe())
    }
  }
}

export async function isConfirmed(screen: Screen, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await ask(screen, `${question} (yes/no) `))?.toLowerCase() ?? ''
    if (['y', 'yes'].includes(answer)) return true
    if (['n', 'no'].includes(answer)) return false
  }
}

/** Undefined where there is no person to ask; empty where they only press Enter. */
async function ask(screen: Screen, question: string): Promise<string | undefined> {
  if (!screen.isLive) return undefined
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await reader.question(question)).trim()
  } catch (cause) {
    throw new ToolkitError({
      reason: 'cancelled',
      what: 'The question was not answered.',
      remedy: 'Run the command again: it does only what is missing.',
      cause,
    })
  } finally {
    reader.close()
  }
}
