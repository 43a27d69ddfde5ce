import { countDifferences } from '../../domain/account-counts.ts'
import type { MasFacts, ServerFacts } from '../../domain/server-facts.ts'
import type { ActualStage } from '../../domain/stage.ts'

/** Why a host is in no stage of its own; each wants another remedy. */
export const inconsistencies = [
  'delegation-unreadable',
  'database-unreadable',
  'lockout',
  'broken-live',
  'early-logins',
  'drifted',
] as const
export type Inconsistency = (typeof inconsistencies)[number]

export interface StageVerdict {
  readonly stage: ActualStage
  /** One sentence for a person: what was seen that decides. May hold untrusted names of accounts. */
  readonly why: string
  readonly inconsistency?: Inconsistency
}

/** The stage of a host, from what the probe saw. Pure and total: every set of facts has a stage. */
export function actualStage(facts: ServerFacts): StageVerdict {
  const { synapse, mas } = facts
  if (synapse.delegating === 'unreadable') {
    return inconsistent(
      'delegation-unreadable',
      "Synapse's homeserver.yaml cannot be read, so nobody knows who authenticates.",
    )
  }
  if (synapse.delegating !== 'no') return delegating(facts)
  if (!mas.installed) return { stage: 'absent', why: 'MAS is not installed.' }
  return beside(facts)
}

function delegating({ synapse, mas }: ServerFacts): StageVerdict {
  if (!mas.installed) {
    return inconsistent('lockout', 'Synapse delegates to MAS, which is not installed: nobody can log in.')
  }
  if (mas.tables === 'unreadable') {
    return inconsistent('database-unreadable', "Synapse delegates to MAS, whose database can't be read.")
  }
  if (mas.tables === 'renamed') {
    return inconsistent(
      'broken-live',
      'Synapse delegates to MAS, whose tables a syn2mas run left renamed: nobody can log in.',
    )
  }
  if ((synapse.migratable.users ?? 0) > 0 && (mas.counts?.users ?? 0) === 0) {
    return inconsistent(
      'lockout',
      `Synapse delegates to MAS, which has none of its ${synapse.migratable.users} accounts: nobody can log in.`,
    )
  }
  return { stage: 'live', why: `Synapse delegates to MAS (${synapse.delegating}).` }
}

function beside(facts: ServerFacts): StageVerdict {
  const { synapse, mas, dialect } = facts
  if (mas.tables === 'unreadable') return inconsistent('database-unreadable', "MAS's database can't be read.")
  if (mas.tables === 'renamed') {
    return { stage: 'partial', why: `A syn2mas run died: MAS's database holds ${mas.leftovers.join(', ')}.` }
  }
  const { counts } = mas
  if (mas.tables === 'none' || !counts)
    return { stage: 'installed', why: "MAS's database is still without tables." }
  if (mas.strangers.count > 0) return inconsistent('early-logins', strangersSentence(mas))
  const rows = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  if (rows === 0) return { stage: 'installed', why: 'MAS is there, with no users in its database.' }
  const differences = countDifferences(synapse.migratable, counts)
  if (differences.length === 0) {
    return {
      stage: 'migrated',
      why: 'MAS holds every category as Synapse has it, and Synapse does not delegate.',
    }
  }
  const seen = differences.map(({ category, synapse: s, mas: m }) => `${category} ${m} of ${s}`).join(', ')
  const fewer = differences.every(difference => difference.mas < difference.synapse)
  // The 2024 tool commits row by row, so rows that are missing are a run that died. Today's renames its tables for as long
  // as it writes: rows in tables of their own names come from elsewhere, or from a run that users outlived.
  if (dialect === 'syn2mas-tool' && fewer) {
    return { stage: 'partial', why: `A syn2mas run died midway: MAS holds ${seen}.` }
  }
  return inconsistent('drifted', `MAS and Synapse no longer agree: MAS holds ${seen}.`)
}

function strangersSentence({ strangers }: MasFacts): string {
  const more = strangers.count - strangers.names.length
  const names = strangers.names.map(name => JSON.stringify(name)).join(', ')
  return `MAS has ${strangers.count} accounts that Synapse does not have: ${names}${more > 0 ? ` and ${more} more` : ''}.`
}

function inconsistent(inconsistency: Inconsistency, why: string): StageVerdict {
  return { stage: 'inconsistent', why, inconsistency }
}
