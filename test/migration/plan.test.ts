import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActualStage, actualStages, type DesiredStage, desiredStages } from '../../src/domain/stage.ts'
import {
  type Plan,
  type PlanKind,
  planFor,
  planKinds,
  type SideFacts,
} from '../../src/migration/plan/plan.ts'

/** Synapse has accounts, the journal is empty, the inventory changed: what each triple leads to. */
const table: Readonly<Record<string, readonly PlanKind[]>> = {
  //                   absent     installed  partial    migrated   live         inconsistent
  'off off': ['deploy', 'deploy', 'refuse', 'refuse', 'refuse', 'refuse'],
  'off prepared': ['deploy', 'deploy', 'repair', 'repair', 'refuse', 'refuse'],
  'off live': ['refuse', 'refuse', 'refuse', 'refuse', 'deploy', 'refuse'],
  'off unknown': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'prepared off': ['deploy', 'deploy', 'refuse', 'refuse', 'refuse', 'refuse'],
  'prepared prepared': ['deploy', 'deploy', 'repair', 'repair', 'refuse', 'refuse'],
  'prepared live': ['refuse', 'migrate', 'repair', 'repair', 'deploy', 'refuse'],
  'prepared unknown': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'live off': ['deploy', 'deploy', 'refuse', 'refuse', 'refuse', 'refuse'],
  'live prepared': ['deploy', 'deploy', 'repair', 'repair', 'roll-back', 'refuse'],
  'live live': ['refuse', 'refuse', 'repair', 'repair', 'deploy', 'refuse'],
  'live unknown': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'unknown off': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'unknown prepared': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'unknown live': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
  'unknown unknown': ['refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse'],
}

const triples = desiredStages.flatMap(before =>
  desiredStages.flatMap(after =>
    actualStages.map((actual, column) => ({
      before,
      after,
      actual,
      kind: table[`${before} ${after}`]?.[column],
    })),
  ),
)

const anySide: fc.Arbitrary<SideFacts> = fc.record(
  {
    users: fc.boolean(),
    changed: fc.boolean(),
    journal: fc.constantFrom(
      'none',
      'unfinished',
      'proven',
      'migrated',
      'rolled-back',
      'abandoned',
      'damaged',
    ),
    asked: fc.constantFrom('migrate', 'rollback', 'resume'),
  },
  { requiredKeys: [] },
)

function always(
  holds: (
    situation: { before: DesiredStage; after: DesiredStage; actual: ActualStage; side: SideFacts },
    plan: Plan,
  ) => boolean,
): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...desiredStages),
      fc.constantFrom(...desiredStages),
      fc.constantFrom(...actualStages),
      anySide,
      (before, after, actual, side) =>
        holds({ before, after, actual, side }, planFor({ before, after, actual, side })),
    ),
    { numRuns: 5000 },
  )
}

describe('the plan of a change', () => {
  test('is written down here for every triple', () => {
    expect(triples).toHaveLength(96)
    expect(Object.keys(table)).toHaveLength(16)
  })

  test.each(triples)(
    'from $before to $after on a server that is $actual is: $kind',
    ({ before, after, actual, kind }) => {
      expect(planFor({ before, after, actual }).kind).toBe(kind)
    },
  )

  test('is one of the seven kinds, and a refusal says what to do', () => {
    always(
      (_, plan) =>
        planKinds.includes(plan.kind) && plan.why !== '' && (plan.kind !== 'refuse' || plan.remedy !== ''),
    )
  })

  test('changes nothing where either stage is unknown', () => {
    always(
      ({ before, after }, plan) =>
        (before !== 'unknown' && after !== 'unknown') ||
        (plan.kind === 'refuse' && plan.reason === 'stage-unknown'),
    )
  })

  test('never deploys live over a server whose accounts MAS is not known to hold', () => {
    always(
      ({ after, actual, side }, plan) =>
        !(plan.kind === 'deploy' && after === 'live' && actual !== 'live' && side.users !== false),
    )
  })

  test('never deploys anything but live over a live server', () => {
    always(({ after, actual }, plan) => !(plan.kind === 'deploy' && actual === 'live' && after !== 'live'))
  })

  test('migrates only a server where MAS stands ready and empty, towards live', () => {
    always(
      ({ after, actual }, plan) => plan.kind !== 'migrate' || (actual === 'installed' && after === 'live'),
    )
  })

  test('empties the database of MAS only where Synapse does not delegate and the rows are a copy', () => {
    always(({ actual }, plan) => plan.kind !== 'repair' || actual === 'partial' || actual === 'migrated')
  })

  test('rolls back only a server that delegates, or one with a migration under way', () => {
    always(
      ({ actual, side }, plan) =>
        plan.kind !== 'roll-back' ||
        actual === 'live' ||
        side.journal === 'unfinished' ||
        side.journal === 'proven',
    )
  })

  test('believes nothing where the journal was tampered with', () => {
    always(({ side }, plan) => side.journal !== 'damaged' || plan.kind === 'refuse')
  })
})

describe('what stands beside the triple', () => {
  test('a server without accounts goes live by a plain deployment', () => {
    for (const actual of ['absent', 'installed'] as const) {
      expect(planFor({ before: 'off', after: 'live', actual, side: { users: false } }).kind).toBe('deploy')
    }
  })

  test('nothing is deployed where nothing changed', () => {
    const side = { changed: false }
    expect(planFor({ before: 'off', after: 'off', actual: 'absent', side }).kind).toBe('nothing')
    expect(planFor({ before: 'live', after: 'live', actual: 'live', side }).kind).toBe('nothing')
    expect(planFor({ before: 'prepared', after: 'prepared', actual: 'partial', side }).kind).toBe('repair')
  })

  test('an unfinished migration is resumed towards live, and rolled back towards prepared', () => {
    const side = { journal: 'unfinished' } as const
    for (const actual of ['installed', 'partial', 'migrated', 'live', 'inconsistent'] as const) {
      expect(planFor({ before: 'prepared', after: 'live', actual, side }).kind).toBe('resume')
      expect(planFor({ before: 'prepared', after: 'prepared', actual, side }).kind).toBe('roll-back')
      expect(planFor({ before: 'prepared', after: 'off', actual, side }).kind).toBe('refuse')
    }
  })

  test('a server that was proven is not rolled back by vars that merely lag behind', () => {
    const side = { journal: 'proven' } as const
    expect(planFor({ before: 'prepared', after: 'prepared', actual: 'live', side }).kind).toBe('refuse')
    expect(planFor({ before: 'prepared', after: 'live', actual: 'live', side }).kind).toBe('resume')
  })

  test('a person can ask for a migration again after a rollback, though the vars say live already', () => {
    const triple = { before: 'live', after: 'live', actual: 'installed' } as const
    expect(planFor(triple).kind).toBe('refuse')
    expect(planFor({ ...triple, side: { asked: 'migrate' } }).kind).toBe('migrate')
  })

  test('a migration that is asked for needs vars that ask for it too', () => {
    const plan = planFor({
      before: 'prepared',
      after: 'prepared',
      actual: 'installed',
      side: { asked: 'migrate' },
    })
    expect(plan.kind).toBe('refuse')
  })

  test('a rollback that is asked for is the way back from live, and the emptying of a copy', () => {
    const kinds = actualStages.map(
      actual => planFor({ before: 'live', after: 'live', actual, side: { asked: 'rollback' } }).kind,
    )
    expect(kinds).toEqual(['nothing', 'nothing', 'repair', 'repair', 'roll-back', 'refuse'])
  })

  test('nothing is resumed where the journal knows of nothing unfinished', () => {
    const plan = planFor({
      before: 'prepared',
      after: 'live',
      actual: 'installed',
      side: { asked: 'resume' },
    })
    expect(plan.kind).toBe('nothing')
  })
})
