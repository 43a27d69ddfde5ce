import { ensurePrograms, programsOfTests } from '../scripts/programs.ts'

/** Before tests that need the lab, however they are started: what they need of the machine is there. */
export async function setup(): Promise<void> {
  await ensurePrograms(programsOfTests, 'The tests lack')
}
