import { describe, expect, it } from 'vitest'
import { type ActualStage, actualStages, type DesiredStage, desiredStages } from '../../src/domain/stage.ts'
import { firstStep, nextStep } from '../../src/migration/plan/next-step.ts'
import { idle, serverFacts } from './facts.ts'

const next = (desired: DesiredStage, actual: ActualStage, options = { users: true, open: false }) =>
  nextStep(desired, actual, options)

describe('what status puts first', () => {
  it.each([
    ['nothing on a server that runs', {}, undefined],
    ['a run that works', { ours: { ...idle, window: true, open: 'r' } }, /^A run is working/],
    ['a run that is unfinished', { ours: { ...idle, hold: true, open: 'r' } }, /operation: resume/],
    ['a hold of root', { ours: { ...idle, hold: true } }, /matrix-auth-actions uninstall && systemctl start/],
    [
      'a unit that is down',
      { synapse: { active: 'failed', container: false } },
      /^Not running: matrix-synapse\. .* `systemctl start matrix-synapse`\. .* `systemctl status matrix-synapse`$/,
    ],
    [
      'what others need',
      { synapse: { active: 'inactive', container: false }, mas: { active: 'inactive', container: false } },
      /^Not running: matrix-authentication-service, matrix-synapse\. .* `systemctl start matrix-authentication-service matrix-synapse`/,
    ],
  ] as const)('is %s', (_, parts, text) => {
    const first = firstStep(serverFacts(parts))
    if (text === undefined) expect(first).toBeUndefined()
    else expect(first).toMatch(text)
  })
})

describe('what status proposes', () => {
  it.each([
    ['off', 'absent'],
    ['prepared', 'installed'],
    ['live', 'live'],
  ] as const)('is nothing where the vars ask for %s and the server is %s', (desired, actual) => {
    expect(next(desired, actual)).toMatch(
      /^Nothing to do: the server is in the stage that the vars ask for\. /,
    )
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
