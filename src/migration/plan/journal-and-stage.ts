import type { Outcome, RunKind } from '../../domain/journal.ts'
import type { OurFacts } from '../../domain/server-facts.ts'
import type { ActualStage } from '../../domain/stage.ts'

/**
 * What the journal of the last run says about who logs users in. `unended`: the run has no end. `nothing`: there was no run, or
 * it changed nothing.
 */
export type JournalState = 'nothing' | 'unended' | 'built-in' | 'live'

/** `plan`: the vars decide what is next. `end-run`: the server ends the run first. `changed`: something else changed the server. */
export type JournalVerdict = 'plan' | 'end-run' | 'changed'

/** What each pair of journal and probe means. */
export const journalVerdicts: Readonly<Record<JournalState, Readonly<Record<ActualStage, JournalVerdict>>>> =
  {
    nothing: {
      absent: 'plan',
      installed: 'plan',
      partial: 'plan',
      copied: 'plan',
      live: 'plan',
      inconsistent: 'plan',
    },
    unended: {
      absent: 'end-run',
      installed: 'end-run',
      partial: 'end-run',
      copied: 'end-run',
      live: 'end-run',
      inconsistent: 'end-run',
    },
    'built-in': {
      absent: 'plan',
      installed: 'plan',
      partial: 'plan',
      copied: 'plan',
      live: 'changed',
      inconsistent: 'changed',
    },
    live: {
      absent: 'changed',
      installed: 'changed',
      partial: 'changed',
      copied: 'changed',
      live: 'plan',
      inconsistent: 'changed',
    },
  }

/** @param outcome Undefined while the run has no end. */
export function journalState(kind: RunKind | undefined, outcome: Outcome | undefined): JournalState {
  switch (outcome) {
    case undefined:
      return 'unended'
    case 'abandoned':
      return 'nothing'
    case 'migrated':
      return 'live'
    case 'rolled-back':
      return 'built-in'
    case 'restored':
      return kind === 'rollback' ? 'live' : 'built-in'
  }
}

/** A sentence, where the last run ended otherwise than the server is now. */
export function changedSince({ last }: Pick<OurFacts, 'last'>, stage: ActualStage): string | undefined {
  if (last === undefined) return undefined
  const { run, kind, outcome } = last
  return journalVerdicts[journalState(kind, outcome)][stage] === 'changed'
    ? `By its journal the run ${run} ended as ${outcome}, but the stage of the server is ${stage}: something else changed the server.`
    : undefined
}
