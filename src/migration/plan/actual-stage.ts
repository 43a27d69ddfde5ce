import { countDifferences, countText } from '../../domain/account-counts.ts'
import type { MasFacts, ServerFacts } from '../../domain/server-facts.ts'
import type { ActualStage } from '../../domain/stage.ts'

export interface StageVerdict {
  readonly stage: ActualStage
  /** One sentence: the observation that decides. May hold untrusted account names. */
  readonly why: string
}

/** The stage of a host, from the probe's facts. Pure and total: every set of facts has a stage. */
export function actualStage(facts: ServerFacts): StageVerdict {
  const { synapse, mas } = facts
  if (synapse.delegating === 'unreadable') {
    return inconsistent("Synapse's homeserver.yaml cannot be read, so it is unknown who authenticates users.")
  }
  if (synapse.delegating !== 'no') return delegating(facts)
  if (!mas.installed) return { stage: 'absent', why: 'MAS is not installed.' }
  return beside(facts)
}

function delegating({ synapse, mas }: ServerFacts): StageVerdict {
  if (!mas.installed) {
    return inconsistent('Synapse delegates to MAS, but MAS is not installed: all users are locked out.')
  }
  if (mas.tables === 'unreadable') {
    return inconsistent("Synapse delegates to MAS, but MAS's database cannot be read.")
  }
  if (mas.tables === 'renamed') {
    return inconsistent(
      'Synapse delegates to MAS, but a syn2mas run left its tables renamed: all users are locked out.',
    )
  }
  if ((synapse.migratable.users ?? 0) > 0 && (mas.counts?.users ?? 0) === 0) {
    return inconsistent(
      `Synapse delegates to MAS, but MAS has none of its ${countText('users', synapse.migratable.users ?? 0)}: all users are locked out.`,
    )
  }
  return { stage: 'live', why: 'Synapse delegates logins to MAS.' }
}

function beside(facts: ServerFacts): StageVerdict {
  const { synapse, mas, dialect } = facts
  if (mas.tables === 'unreadable') return inconsistent("MAS's database cannot be read.")
  if (mas.tables === 'renamed') {
    return {
      stage: 'partial',
      why: `A syn2mas run was interrupted: MAS's database still holds ${mas.leftovers.join(', ')}.`,
    }
  }
  const { counts } = mas
  if (mas.tables === 'none' || !counts)
    return { stage: 'installed', why: "MAS's database has no tables yet." }
  if (mas.masOnlyAccounts.count > 0) return inconsistent(masOnlySentence(mas))
  const rows = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  if (rows === 0) return { stage: 'installed', why: 'MAS is installed, and has no users in its database.' }
  const differences = countDifferences(synapse.migratable, counts)
  if (differences.length === 0) {
    return {
      stage: 'copied',
      why: 'The accounts are copied to MAS, but Synapse still uses its built-in login.',
    }
  }
  const seen = differences
    .map(({ category, synapse: s, mas: m }) => `${m} of ${countText(category, s)}`)
    .join(', ')
  const fewer = differences.every(difference => difference.mas < difference.synapse)
  // The 2024 tool commits row by row, so missing rows mean an interrupted run. Today's mas-cli renames the tables while it
  // writes, so here the rows have another origin, or users have continued to use Synapse since a complete run.
  if (dialect === 'syn2mas-tool' && fewer) {
    return { stage: 'partial', why: `A syn2mas run was interrupted: MAS has ${seen}.` }
  }
  return inconsistent(`MAS and Synapse have different contents: MAS has ${seen}.`)
}

function masOnlySentence({ masOnlyAccounts }: MasFacts): string {
  const more = masOnlyAccounts.count - masOnlyAccounts.names.length
  const names = masOnlyAccounts.names.map(name => JSON.stringify(name)).join(', ')
  return `MAS has ${countText('users', masOnlyAccounts.count)} that Synapse does not have: ${names}${more > 0 ? ` and ${more} more` : ''}.`
}

function inconsistent(why: string): StageVerdict {
  return { stage: 'inconsistent', why }
}
