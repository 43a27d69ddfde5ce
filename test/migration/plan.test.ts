import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActualStage, actualStages, type DesiredStage, desiredStages } from '../../src/domain/stage.ts'
import {
  type Plan,
  type PlanKind,
  type PlanOptions,
  planFor,
  planKinds,
} from '../../src/migration/plan/plan.ts'

/** The plan for each combination, where Synapse has accounts and every run has ended. */
const table: Readonly<Record<string, readonly PlanKind[]>> = {
  //                   absent     installed  partial    copied     live         inconsistent
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

const anyOptions: fc.Arbitrary<PlanOptions> = fc.record(
  {
    users: fc.boolean(),
    open: fc.boolean(),
    requested: fc.constantFrom('migrate', 'rollback', 'resume'),
  },
  { requiredKeys: [] },
)

function always(
  holds: (
    situation: { before: DesiredStage; after: DesiredStage; actual: ActualStage; options: PlanOptions },
    plan: Plan,
  ) => boolean,
): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...desiredStages),
      fc.constantFrom(...desiredStages),
      fc.constantFrom(...actualStages),
      anyOptions,
      (before, after, actual, options) =>
        holds({ before, after, actual, options }, planFor({ before, after, actual, options })),
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
      ({ after, actual, options }, plan) =>
        !(plan.kind === 'deploy' && after === 'live' && actual !== 'live' && options.users !== false),
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
    always(({ actual }, plan) => plan.kind !== 'repair' || actual === 'partial' || actual === 'copied')
  })

  test('rolls back only a server that delegates', () => {
    always(({ actual }, plan) => plan.kind !== 'roll-back' || actual === 'live')
  })

  test('ends an open run first, in every state of the server', () => {
    always(
      ({ before, after, options }, plan) =>
        !options.open || plan.kind === (before === 'unknown' || after === 'unknown' ? 'refuse' : 'resume'),
    )
  })
})

describe('facts beside the three stages', () => {
  test('a server without accounts goes live by a plain deployment', () => {
    for (const actual of ['absent', 'installed'] as const) {
      expect(planFor({ before: 'off', after: 'live', actual, options: { users: false } }).kind).toBe('deploy')
    }
  })

  test('a person can ask for a migration again after a rollback, though the vars say live already', () => {
    const triple = { before: 'live', after: 'live', actual: 'installed' } as const
    expect(planFor(triple).kind).toBe('refuse')
    expect(planFor({ ...triple, options: { requested: 'migrate' } }).kind).toBe('migrate')
  })

  test('a requested migration needs vars that ask for a live MAS', () => {
    const plan = planFor({
      before: 'prepared',
      after: 'prepared',
      actual: 'installed',
      options: { requested: 'migrate' },
    })
    expect(plan.kind).toBe('refuse')
  })

  test('a requested rollback rolls a live server back, and empties a copy that never went live', () => {
    const kinds = actualStages.map(
      actual => planFor({ before: 'live', after: 'live', actual, options: { requested: 'rollback' } }).kind,
    )
    expect(kinds).toEqual(['nothing', 'nothing', 'repair', 'repair', 'roll-back', 'refuse'])
  })

  test('nothing is resumed where every run has ended', () => {
    const plan = planFor({
      before: 'prepared',
      after: 'live',
      actual: 'installed',
      options: { requested: 'resume' },
    })
    expect(plan.kind).toBe('nothing')
  })
})
