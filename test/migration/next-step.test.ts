import { describe, expect, it } from 'vitest'
import { type ActualStage, actualStages, type DesiredStage, desiredStages } from '../../src/domain/stage.ts'
import { nextStep } from '../../src/migration/plan/next-step.ts'

const next = (desired: DesiredStage, actual: ActualStage, options = { users: true, open: false }) =>
  nextStep(desired, actual, options)

describe('what status proposes', () => {
  it.each([
    ['off', 'absent'],
    ['prepared', 'installed'],
    ['live', 'live'],
  ] as const)('is nothing where the vars ask for %s and the server is %s', (desired, actual) => {
    expect(next(desired, actual)).toMatch(/^Nothing to do: the server is as the vars say\. /)
  })

  it.each([
    ['off', 'installed'],
    ['prepared', 'absent'],
  ] as const)('is a deployment where the vars ask for %s and the server is %s', (desired, actual) => {
    expect(next(desired, actual)).toContain('run the action deploy')
  })

  it('is a deployment where Synapse has no accounts', () => {
    expect(next('live', 'absent', { users: false, open: false })).toContain('run the action deploy')
  })

  it.each(
    desiredStages.flatMap(desired =>
      desired === 'unknown' ? [] : actualStages.map(actual => [desired, actual] as const),
    ),
  )('is the end of an open run first, with the vars %s and the server %s', (desired, actual) => {
    expect(next(desired, actual, { users: true, open: true })).toContain('with operation: resume')
  })

  it('is the migration where accounts were copied and the vars ask for a live MAS', () => {
    expect(next('live', 'copied')).toContain('with operation: migrate')
    expect(next('live', 'installed')).toContain('with operation: migrate')
  })

  it.each(['partial', 'copied'] as const)('empties the database of MAS where it is %s', actual => {
    expect(next('prepared', actual)).toContain('with operation: rollback')
  })

  it.each(desiredStages.flatMap(desired => actualStages.map(actual => [desired, actual] as const)))(
    'is said in sentences with the vars %s and the server %s',
    (desired, actual) => {
      expect(next(desired, actual)).toMatch(/^[A-Z].+\.$/)
    },
  )
})
