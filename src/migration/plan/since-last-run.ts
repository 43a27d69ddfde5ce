import type { LastRun, ServerFacts } from '../../domain/server-facts.ts'
import { actualStage } from './actual-stage.ts'

/** Who logs users in after a run, by its journal; `any` where that does not follow from it. */
type Left = 'built-in' | 'live' | 'any'

/** What the probe sees of that. `neither`: Synapse delegates to a MAS that cannot log users in. */
type Found = 'built-in' | 'live' | 'neither' | 'unreadable'

type Doubt = 'none' | 'changed' | 'unverified'

const doubts: Readonly<Record<Left, Readonly<Record<Found, Doubt>>>> = {
  'built-in': { 'built-in': 'none', live: 'changed', neither: 'changed', unreadable: 'unverified' },
  live: { 'built-in': 'changed', live: 'none', neither: 'changed', unreadable: 'unverified' },
  any: { 'built-in': 'none', live: 'none', neither: 'none', unreadable: 'none' },
}

/** Why the server may not be as its last run left it, in a sentence; undefined where it is. */
export function doubtAbout(last: LastRun | undefined, facts: ServerFacts): string | undefined {
  // The program of an open run may still be at work.
  if (last === undefined || facts.ours.open !== undefined) return undefined
  const { stage } = actualStage(facts)
  const byJournal = `By its journal the run ${last.run} ended as ${last.outcome}`
  switch (doubts[leftBy(last)][foundBy(facts)]) {
    case 'none':
      return undefined
    case 'changed':
      return `${byJournal}, but the stage of the server is ${stage}: something else changed the server.`
    case 'unverified':
      return `${byJournal}, but the server cannot be read, so this is not verified.`
  }
}

function leftBy({ kind, outcome = 'abandoned' }: LastRun): Left {
  switch (outcome) {
    case 'migrated':
      return 'live'
    case 'rolled-back':
      return 'built-in'
    case 'restored':
      return kind === 'rollback' ? 'live' : 'built-in'
    case 'abandoned':
      return 'any'
  }
}

function foundBy(facts: ServerFacts): Found {
  const { stage, inconsistency } = actualStage(facts)
  if (facts.synapse.delegating === 'no') return 'built-in'
  if (stage === 'live') return 'live'
  return inconsistency === 'delegation-unreadable' || inconsistency === 'database-unreadable'
    ? 'unreadable'
    : 'neither'
}
