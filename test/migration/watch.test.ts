import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { ReportBuilder } from '../../src/migration/run/report-builder.ts'
import { reportWindow } from '../../src/migration/run/watch.ts'

type Step = Pick<JournalEntry, 'event' | 'step' | 'data'>

function reportOf(...steps: readonly Step[]): ReportBuilder {
  const report = new ReportBuilder()
  const at = '2026-11-28T00:00:00.000Z'
  const entries = steps.map((step, index) => ({ seq: index + 1, at, uptime: index, boot: 'b', ...step }))
  reportWindow(report, entries, 'matrix.example.test')
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
