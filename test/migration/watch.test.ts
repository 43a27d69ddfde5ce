import { expect, test } from 'vitest'
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
const restored = (lost: unknown): Step => ({ event: 'end', data: { outcome: 'restored', lost } })
const uncounted = [expect.stringContaining('could not be counted')]

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
])('a restore after which users lose what they did in MAS: %s', (_, steps, lost, warnings) => {
  expect(reportOf(...steps)).toMatchObject({ lost, warnings })
})

test('a run that was restored without the line that says why has failed all the same', () => {
  const begun: Step = { event: 'begin', step: 'answer' }
  const ended: Step = { event: 'end', data: { outcome: 'restored', reason: 'the disk was full' } }
  const entries = entriesOf(committed('migrate'), begun, ended)
  expect(reportOf(committed('migrate'), begun, ended).steps).toEqual([
    { name: 'answer', seconds: 1, result: 'failed' },
  ])
  expect(failureOf(entries, 'matrix.example.test', 'run it again')).toMatchObject({
    reason: 'restored',
    message: 'The run failed on the server: the disk was full.',
  })
})
