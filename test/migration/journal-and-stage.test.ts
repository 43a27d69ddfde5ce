import { describe, expect, test } from 'vitest'
import { actualStages } from '../../src/domain/stage.ts'
import { changedSince, journalState, journalVerdicts } from '../../src/migration/plan/journal-and-stage.ts'

const builtIn = ['absent', 'installed', 'partial', 'copied']

describe('the last run and the server', () => {
  test.each([
    ['migrate', 'migrated', ['live']],
    ['migrate', 'restored', builtIn],
    ['rollback', 'rolled-back', builtIn],
    ['rollback', 'restored', ['live']],
    ['repair', 'rolled-back', builtIn],
    ['repair', 'restored', builtIn],
    ['migrate', 'abandoned', actualStages],
    ['rollback', 'abandoned', actualStages],
    [undefined, 'migrated', ['live']],
  ] as const)('after a %s that ended as %s agree in these stages: %o', (kind, outcome, agreeing) => {
    const verdicts = journalVerdicts[journalState(kind, outcome)]
    expect(actualStages.filter(stage => verdicts[stage] === 'plan')).toEqual(agreeing)
    const last = { run: 'r1', outcome, ...(kind && { kind }) }
    const said = actualStages.filter(stage => changedSince({ last }, stage) === undefined)
    expect(said).toEqual(agreeing)
  })

  test('are not compared while the run has no end, or where there was none', () => {
    expect(new Set(Object.values(journalVerdicts[journalState('migrate', undefined)]))).toEqual(
      new Set(['end-run']),
    )
    for (const stage of actualStages) {
      expect(changedSince({ last: { run: 'r1', kind: 'migrate' } }, stage)).toBeUndefined()
      expect(changedSince({}, stage)).toBeUndefined()
    }
  })
})
