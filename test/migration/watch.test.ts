import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { ReportBuilder } from '../../src/migration/run/report-builder.ts'
import { reportWindow } from '../../src/migration/run/watch.ts'
import { failureOf } from '../../src/migration/run/window-run.ts'

type Step = Pick<JournalEntry, 'event' | 'step' | 'data'>

function entriesOf(...steps: readonly Step[]): readonly JournalEntry[] {
  const at = '2026-11-28T00:00:00.000Z'
  return steps.map((step, index) => ({ seq: index + 1, at, uptime: index, boot: 'b', ...step }))
}

function reportOf(...steps: readonly Step[]): ReportBuilder {
  const report = new ReportBuilder()
  reportWindow(report, entriesOf(...steps), 'matrix.example.test')
  return report
}

const committed = (kind: string): Step => ({ event: 'commit', data: { kind } })
const started: Step = { event: 'begin', step: 'start' }
const ended = (outcome: string, lost: unknown): Step => ({ event: 'end', data: { outcome, lost } })
const restored = (lost: unknown) => ended('restored', lost)
const rolledBack = (lost: unknown) => ended('rolled-back', lost)
const uncounted = [expect.stringContaining('is lost. It is unknown how much')]

test.each<[string, readonly Step[], unknown, unknown]>([
  ['counts it', [committed('migrate'), started, restored({ sessions: 2 })], { sessions: 2 }, []],
  ['says that it is unknown', [committed('migrate'), started, restored(null)], undefined, uncounted],
  ['loses nothing before MAS was started', [committed('migrate'), restored(null)], undefined, []],
  [
    'does not ask MAS after a failed rollback',
    [committed('rollback'), started, restored(null)],
    undefined,
    [],
  ],
  [
    'counts it in a rollback',
    [committed('rollback'), started, rolledBack({ sessions: 2 })],
    { sessions: 2 },
    [],
  ],
  [
    'does not know it in a rollback',
    [committed('rollback'), started, rolledBack(null)],
    undefined,
    uncounted,
  ],
  ['loses nothing by emptying MAS', [committed('repair'), rolledBack(undefined)], undefined, []],
])('a run after which users lose what they did in MAS: %s', (_, steps, lost, warnings) => {
  expect(reportOf(...steps)).toMatchObject({ lost, warnings })
})

test('a run that was restored without the line that says why has failed all the same', () => {
  const begun: Step = { event: 'begin', step: 'answer' }
  const ended: Step = { event: 'end', data: { outcome: 'restored', reason: 'the disk was full' } }
  const entries = entriesOf(committed('migrate'), begun, ended)
  // It is unknown when the step failed and the restore began.
  expect(reportOf(committed('migrate'), begun, ended).steps).toEqual([
    { name: 'answer', result: 'failed' },
    { name: 'restore', result: 'done' },
  ])
  expect(failureOf(entries, 'matrix.example.test', 'run it again')).toMatchObject({
    reason: 'restored',
    message: 'The run failed on the server: the disk was full.',
  })
})

describe('the steps of a run that was restored', () => {
  /** Each with the seconds since the boot. */
  const journal = (
    ...entries: readonly (Step & { readonly uptime: number; readonly boot?: string })[]
  ): ReportBuilder => {
    const report = new ReportBuilder()
    const at = '2026-11-28T00:00:00.000Z'
    const numbered = entries.map((entry, index) => ({ seq: index + 1, at, boot: 'b', ...entry }))
    reportWindow(report, numbered, 'matrix.example.test')
    return report
  }
  const stop = [
    { uptime: 100, ...committed('migrate') },
    { uptime: 100, event: 'begin', step: 'stop' },
    { uptime: 101, event: 'done', step: 'stop', data: { seconds: 1 } },
  ] as const
  const failed = { event: 'failed', data: { reason: 'it did not work' } } as const

  test('end with the restore, which ends with the downtime and not with the count of what was lost', () => {
    const { steps, windowSeconds } = journal(
      ...stop,
      { uptime: 101, event: 'begin', step: 'syn2mas' },
      { uptime: 104, ...failed },
      { uptime: 140, event: 'end', data: { outcome: 'restored', downSeconds: 31.2, lost: null } },
    )
    expect(windowSeconds).toBe(31.2)
    expect(steps).toEqual([
      { name: 'stop', seconds: 1, result: 'done' },
      { name: 'syn2mas', seconds: 3, result: 'failed' },
      { name: 'restore', seconds: 27.2, result: 'done' },
    ])
  })

  test('have a restore of their own where users had a homeserver in between', () => {
    const { steps, windowSeconds } = journal(
      ...stop,
      { uptime: 104, event: 'done', step: 'answer', data: { seconds: 3, downSeconds: 4 } },
      { uptime: 104, event: 'begin', step: 'prove' },
      { uptime: 106, ...failed },
      { uptime: 112, event: 'end', data: { outcome: 'restored', downSeconds: 9, lost: {} } },
    )
    expect(windowSeconds).toBe(9)
    expect(steps.at(-1)).toEqual({ name: 'restore', seconds: 5, result: 'done' })
  })

  test('have no duration of a restore, and the report no downtime, where the server restarted meanwhile', () => {
    const { steps, windowSeconds } = journal(
      ...stop,
      { uptime: 104, event: 'done', step: 'answer', data: { seconds: 3, downSeconds: 4 } },
      { uptime: 104, event: 'begin', step: 'prove' },
      { uptime: 20, boot: 'c', ...failed },
      { uptime: 30, boot: 'c', event: 'end', data: { outcome: 'restored', lost: null } },
    )
    expect(windowSeconds).toBeUndefined()
    expect(steps.slice(2)).toEqual([
      { name: 'prove', result: 'failed' },
      { name: 'restore', result: 'done' },
    ])
  })

  test('have no restore where nothing had stopped', () => {
    const { steps } = journal(
      { uptime: 100, ...committed('migrate') },
      { uptime: 100, event: 'begin', step: 'check' },
      { uptime: 101, ...failed },
      { uptime: 101, event: 'end', data: { outcome: 'abandoned' } },
    )
    expect(steps.map(({ name }) => name)).toEqual(['check'])
  })
})
