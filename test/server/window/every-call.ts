import { expect } from 'vitest'
import { type CallFault, Sandbox } from './sandbox.ts'

type Kind = CallFault['kind']
export const kinds: readonly Kind[] = ['fail', 'kill-before', 'kill-after']

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

/** Carries the scenario out with faults at calls that are counted from its commit, and checks that the run ends well. */
export async function disturb(
  { run, before, after, done, prepare }: Scenario,
  faults: readonly CallFault[],
): Promise<void> {
  const box = new Sandbox()
  try {
    await prepare(box)
    const { calls } = box.world
    box.fault({ calls: faults.map(({ call, kind }) => ({ call: calls + call, kind })) })
    await box.window.commit(run).catch(() => undefined)
    await box.unit(run, 3 + faults.length)
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

const atOnce = 4

/** Disturbs the calls of a program, each in a run of its own, with the kinds of fault in turn. `every`: 2 for every second call. */
export async function disturbCalls(
  scenario: Scenario,
  kindsInTurn: readonly Kind[],
  every = 1,
): Promise<void> {
  const all = Array.from({ length: await callsOf(scenario) }, (_, index) => index + 1)
  const calls = all.filter(call => call % every === 0)
  const workers = Array.from({ length: atOnce }, async () => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
      const kind = kindsInTurn[(call / every) % kindsInTurn.length]
      if (kind) await disturb(scenario, [{ call, kind }])
    }
  })
  await Promise.all(workers)
}
