import { countText } from '../../domain/account-counts.ts'
import type { Finding } from '../../domain/finding.ts'
import { isLocked, type ServerFacts } from '../../domain/server-facts.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { ToolkitError } from '../../support/errors.ts'

interface Problem {
  readonly what: string
  readonly remedy: string
}

const prepare = 'Deploy the prepare pull request before you rehearse the migration.'
const clean = `To clean MAS's database, ${startOperation('rollback')}.`

/**
 * Requires a server on which a migration can be rehearsed.
 * @param run The run that holds the lock. Any other lock is a reason to refuse.
 */
export function requireReady(facts: ServerFacts, run: string | undefined): void {
  const { ours, host } = facts
  const held = isLocked(ours, run) && {
    what: `the server is locked by ${ours.lock?.owner ?? 'a run'}`,
    remedy: 'Wait until the other run has ended, then rehearse again.',
  }
  const problem = held || notReady(facts)
  if (problem === undefined) return
  throw new ToolkitError({
    reason: held ? 'lock-held' : 'refused-state',
    what: `The migration cannot be rehearsed on this server: ${problem.what}.`,
    where: host,
    remedy: problem.remedy,
  })
}

const tableProblems: Readonly<Record<ServerFacts['mas']['tables'], Problem | undefined>> = {
  whole: undefined,
  none: { what: "MAS's database has no tables", remedy: prepare },
  renamed: { what: "an earlier syn2mas run was interrupted, and left MAS's tables renamed", remedy: clean },
  unreadable: {
    what: "MAS's database cannot be read",
    remedy: 'Run on the server: `systemctl status matrix-postgres; journalctl -u matrix-postgres -n 50`',
  },
}

/** Why the server is not prepared for a migration, and what to do; undefined where it is. */
function notReady({ mas, synapse }: ServerFacts): Problem | undefined {
  if (!mas.installed) return { what: 'MAS is not installed', remedy: prepare }
  if (synapse.delegating === 'unreadable')
    return { what: "Synapse's homeserver.yaml cannot be read", remedy: prepare }
  if (synapse.delegating !== 'no') {
    const remedy = 'The server already uses MAS. There is nothing to rehearse.'
    return { what: 'Synapse delegates to MAS', remedy }
  }
  return tableProblems[mas.tables]
}

/** Throws where the rehearsal left a service stopped or tables renamed. */
export function requireUntouched(before: ServerFacts, after: ServerFacts): void {
  const running = ({ synapse, mas, postgres }: ServerFacts) =>
    [synapse, ...synapse.workers, mas, postgres].filter(unit => unit.container).map(({ name }) => name)
  const stopped = running(before).filter(name => !running(after).includes(name))
  const isRenamed = before.mas.tables === 'whole' && after.mas.tables !== 'whole'
  const problems: readonly Problem[] = [
    ...(stopped.length > 0
      ? [
          {
            what: stopped.map(name => `${name} is not running`).join(', '),
            remedy: `Run on the server: \`systemctl start ${stopped.join(' ')}\``,
          },
        ]
      : []),
    ...(isRenamed
      ? [{ what: "syn2mas renamed MAS's tables and did not restore the names", remedy: clean }]
      : []),
  ]
  if (problems.length === 0) return
  throw new ToolkitError({
    reason: 'server-command-failed',
    what: `The rehearsal did not restore the server: ${problems.map(({ what }) => what).join(', ')}.`,
    where: before.host,
    remedy: problems.map(({ remedy }) => remedy).join('. '),
  })
}

/** MAS can only deactivate accounts. No table of its clients or providers refers to `users` (`crates/storage-pg/migrations`). */
const emptyMas = `No migration wrote these accounts. Remove all accounts of MAS, on the server: \`/matrix/postgres/bin/cli-non-interactive -d matrix_authentication_service -c 'TRUNCATE users CASCADE'\`. Then deploy the three variables of the prepare pull request, so that MAS is not advertised before the migration.`

/** Accounts that exist in MAS alone: the migration would stop at them. */
export function masOnlyFinding({ mas }: ServerFacts): Finding[] {
  const { count, names } = mas.masOnlyAccounts
  if (count === 0) return []
  return [
    {
      id: 'syn2mas/early-logins',
      severity: 'error',
      message: `MAS has ${countText('users', count)} that Synapse does not have: ${names.slice(0, 5).join(', ')}.`,
      why: 'They logged in through MAS before the migration. syn2mas refuses a database that is not empty.',
      remedy: emptyMas,
    },
  ]
}
