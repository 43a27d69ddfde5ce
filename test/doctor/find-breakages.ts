import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkId } from '../../src/domain/health-checks.ts'
import type { HealthReport } from '../../src/domain/reports.ts'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { type Breakage, breakages } from './breakages.ts'
import { type DoctorWorld, doctorWorld } from './doctor-world.ts'

const minutes = 60_000
const stages = ['absent', 'installed', 'live'] as const

function found({ findings }: HealthReport, may: Breakage['may'] = []): readonly string[] {
  const byChance = may.map(checkId)
  return [...new Set(findings.map(({ id }) => id).filter(id => !byChance.includes(id)))].sort()
}

/** Breaks one thing after the other: the doctor must find each, and nothing else. */
export function findBreakages(isIncluded: (breakage: Breakage, dialect: Dialect) => boolean): void {
  const included = dialects.filter(dialect => breakages.some(each => isIncluded(each, dialect)))
  describe.each(included)('the doctor, in the dialect %s', dialect => {
    let world: DoctorWorld
    beforeAll(async () => {
      world = await doctorWorld(dialect)
    }, 20 * minutes)
    afterAll(() => world?.leave())

    describe.each(stages)('on a server at stage %s', stage => {
      beforeAll(() => world.begin(stage), 15 * minutes)

      test('finds nothing wrong, and could run every check that applies', async () => {
        const report = await world.doctor({ canary: true })
        expect(found(report)).toEqual([])
        expect(report.healthy).toBe(true)
        expect(report.checks?.filter(({ result }) => result === 'unknown' || result === 'fails')).toEqual([])
      })

      const here = breakages.filter(
        each =>
          each.stage === stage && (each.dialects ?? dialects).includes(dialect) && isIncluded(each, dialect),
      )
      test.each(here)(
        'finds that $what',
        async ({ break: breaking, heal, fails, may, ...how }) => {
          await world.bash(breaking)
          const report = await world.doctor(how).finally(() => world.bash(heal))
          await world.bash('all_run; systemd-cat -t matrix-auth-doctor echo healed')
          expect(found(report, may)).toEqual(fails.map(checkId).sort())
        },
        5 * minutes,
      )
    })
  })
}
