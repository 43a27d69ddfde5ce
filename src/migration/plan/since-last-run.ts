import type { LastRun, ServerFacts } from '../../domain/server-facts.ts'
import { actualStage } from './actual-stage.ts'

/** Why the server may not be as its last run left it, in a sentence; undefined where it is. */
export function doubtAbout(last: LastRun | undefined, facts: ServerFacts): string | undefined {
  // The program of an open run may still be at work.
  if (last === undefined || facts.ours.open !== undefined) return undefined
  const left = loginAfter(last)
  const found = loginOf(facts)
  if (left === undefined || left === found) return undefined
  const byJournal = `According to its journal, the run ${last.run} ended as ${last.outcome}`
  return found === 'unreadable'
    ? `${byJournal}, but the server cannot be read, so this is not verified.`
    : `${byJournal}, but the stage of the server is ${actualStage(facts).stage}: something else changed the server.`
}

/** Who logs users in after a run, by its journal; undefined where that does not follow from it. */
function loginAfter({ kind, outcome = 'abandoned' }: LastRun): 'built-in' | 'live' | undefined {
  switch (outcome) {
    case 'migrated':
      return 'live'
    case 'rolled-back':
      return 'built-in'
    case 'restored':
      return kind === 'rollback' ? 'live' : 'built-in'
    case 'abandoned':
      return undefined
  }
}

/** What the probe sees of that. `neither`: Synapse delegates to a MAS that cannot log users in. */
function loginOf(facts: ServerFacts): 'built-in' | 'live' | 'neither' | 'unreadable' {
  const { synapse, mas } = facts
  if (synapse.delegating === 'no') return 'built-in'
  if (actualStage(facts).stage === 'live') return 'live'
  const isUnreadable = synapse.delegating === 'unreadable' || (mas.installed && mas.tables === 'unreadable')
  return isUnreadable ? 'unreadable' : 'neither'
}
