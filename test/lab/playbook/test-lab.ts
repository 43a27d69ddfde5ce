import type { Dialect } from '../../../src/domain/stage.ts'
import { type Lab, labUp } from '../lab.ts'

const shortNames: Readonly<Record<Dialect, string>> = { 'mas-cli': 'cli', 'syn2mas-tool': 'tool' }

/**
 * The lab that tests of this dialect share, with few accounts: one per dialect, so that a suite which asks for both in
 * turn does not create them again. `LAB_NAME` is the prefix, for developers who share a machine.
 */
export function labForTests(dialect: Dialect): Promise<Lab> {
  return labUp({ name: `${process.env.LAB_NAME ?? 'test'}-${shortNames[dialect]}`, dialect, users: 200 })
}
