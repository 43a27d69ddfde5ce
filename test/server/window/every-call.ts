import { expect } from 'vitest'
import { type Fault, Sandbox } from './sandbox.ts'

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
    await box.whole()
    await box.prepare({ kind: 'rollback', syn2mas: null, files: await box.window.mirror('r1') }, 'r2')
  },
}

/** Calls of programs that a run makes without a fault. */
async function callsOf({ run, prepare }: Scenario): Promise<number> {
  const box = new Sandbox()
  await prepare(box)
  const before = box.world.calls
  await box.window.commit(run)
  await box.unit(run)
  const { calls } = box.world
  box.remove()
  return calls - before
}

async function disturb({ run, before, after, done, prepare }: Scenario, call: number, kind: Fault['kind']) {
  const box = new Sandbox()
  try {
    await prepare(box)
    box.fault({ call: box.world.calls + call, ...(kind ? { kind } : {}) })
    await box.window.commit(run).catch(() => undefined)
    await box.unit(run)
    const outcome = box.outcome(run)
    expect([call, kind, outcome, box.settled, box.leftovers, box.journal(run).at(-1)?.event]).toEqual([
      call,
      kind,
      expect.stringMatching(`^(${done}|restored|abandoned)$`),
      outcome === done ? after : before,
      [],
      'closed',
    ])
  } finally {
    box.remove()
  }
}

const atOnce = 4

/** Disturbs the calls of a program, each in a run of its own, with the kinds of fault in turn. `every`: 2 for every second call. */
export async function disturbCalls(
  scenario: Scenario,
  kinds: readonly Fault['kind'][],
  every = 1,
): Promise<void> {
  const all = Array.from({ length: await callsOf(scenario) }, (_, index) => index + 1)
  const calls = all.filter(call => call % every === 0)
  const workers = Array.from({ length: atOnce }, async () => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift())
      await disturb(scenario, call, kinds[(call / every) % kinds.length])
  })
  await Promise.all(workers)
}
