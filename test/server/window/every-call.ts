import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { CallFault } from './programs.ts'
import { Sandbox, type WriteFault } from './sandbox.ts'

/** A run to disturb: what precedes it, its plan, and the state of the server that it is to reach. */
export interface Scenario {
  readonly run: string
  readonly before: 'built-in' | 'live'
  readonly after: 'built-in' | 'live'
  readonly done: 'migrated' | 'rolled-back'
  prepare(box: Sandbox): Promise<void>
}

export const migration: Scenario = {
  run: 'r1',
  before: 'built-in',
  after: 'live',
  done: 'migrated',
  prepare: box => box.prepare(),
}

export const rollback: Scenario = {
  run: 'r2',
  before: 'live',
  after: 'built-in',
  done: 'rolled-back',
  async prepare(box) {
    box.copy(await migrated())
    await box.prepare({ kind: 'rollback', syn2mas: null, files: await box.window.mirror('r1') }, 'r2')
  },
}

let live: Promise<Sandbox> | undefined

/** A sandbox after a migration, made once in a process. */
function migrated(): Promise<Sandbox> {
  live ??= Sandbox.create().then(async box => {
    process.on('exit', () => box.remove())
    await box.whole()
    return box
  })
  return live
}

/** Calls and writes of a run without a fault. */
async function placesOf({ run, prepare }: Scenario): Promise<{ calls: number; writes: number }> {
  const box = await Sandbox.create()
  await prepare(box)
  await box.window.commit(run)
  const before = box.world.calls
  await box.unit(run, [{ write: 0, kind: 'count' }])
  const writes = Number(readFileSync(join(box.folder, 'writes'), 'utf8'))
  const calls = box.world.calls - before
  box.remove()
  return { calls, writes }
}

/**
 * Carries the scenario out with faults, and checks that the run ends well. Calls are counted from the commit; of the faults at
 * writes, each start of the program has one.
 */
export async function disturb(
  { run, before, after, done, prepare }: Scenario,
  faults: readonly (CallFault | WriteFault)[],
): Promise<void> {
  const box = await Sandbox.create()
  try {
    await prepare(box)
    await box.window.commit(run)
    const { calls } = box.world
    const atCalls = faults.flatMap(fault => ('call' in fault ? { ...fault, call: calls + fault.call } : []))
    box.fault({ calls: atCalls })
    await box.unit(
      run,
      faults.filter(fault => 'write' in fault),
    )
    const outcome = box.outcome(run)
    expect([faults, outcome, box.settled, box.leftovers, box.journal(run).at(-1)?.event]).toEqual([
      faults,
      expect.stringMatching(`^(${done}|restored|abandoned)$`),
      outcome === done ? after : before,
      [],
      'closed',
    ])
  } finally {
    box.remove()
  }
}

/** Runs that go on at the same time: most of their time is waiting. */
export const atOnce = 4

/** Disturbs each place in a run of its own, with the kinds of fault in turn. `every`: 2 for every second place. */
async function disturbEach<Fault extends CallFault | WriteFault>(
  scenario: Scenario,
  count: number,
  every: number,
  fault: (number: number, index: number) => Fault,
): Promise<void> {
  const numbers = Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every)
  const faults = numbers.map(fault)
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = faults.shift(); next; next = faults.shift()) await disturb(scenario, [next])
  })
  await Promise.all(workers)
}

export async function disturbCalls(
  scenario: Scenario,
  kinds: readonly CallFault['kind'][],
  every = 1,
): Promise<void> {
  const { calls } = await placesOf(scenario)
  await disturbEach(scenario, calls, every, (call, index) => ({ call, kind: inTurn(kinds, index) }))
}

export async function disturbWrites(
  scenario: Scenario,
  kinds: readonly WriteFault['kind'][],
  every = 1,
): Promise<void> {
  const { writes } = await placesOf(scenario)
  await disturbEach(scenario, writes, every, (write, index) => ({ write, kind: inTurn(kinds, index) }))
}

function inTurn<Kind>(kinds: readonly Kind[], index: number): Kind {
  const kind = kinds[index % kinds.length]
  if (kind === undefined) throw new Error('no kinds')
  return kind
}
