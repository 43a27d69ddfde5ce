import { ensurePrograms, programsOfTests } from '../scripts/programs.ts'
import { endOrKeep } from './lab/end.ts'
import { commandId } from './lab/engine/started.ts'

/** Before the tests that need the lab: what they need of the machine is installed. After them: the labs are ended. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const endedByAnother = process.env.LAB_COMMAND !== undefined
  // The workers that start the labs inherit it.
  commandId()
  await ensurePrograms(programsOfTests, 'The tests lack')
  return endedByAnother ? undefined : () => endOrKeep(process.env.LAB_KEEP === '1')
}
