import type { AccountCounts } from '../../src/domain/account-counts.ts'
import type {
  MasFacts,
  OurFacts,
  ServerFacts,
  SynapseFacts,
  UnitFacts,
} from '../../src/domain/server-facts.ts'

export function counts(users: number): AccountCounts {
  return {
    users,
    passwords: users,
    admins: users && 1,
    emails: users,
    links: 0,
    sessions: 2 * users,
    plainTokens: users,
    refreshTokens: users,
  }
}

export function unit(name: string): UnitFacts {
  return {
    name,
    exists: true,
    active: 'active',
    enabled: true,
    container: true,
    image: `localhost/${name}:1`,
  }
}

/** The toolkit's own state on a server where no run was or is. */
export const idle: OurFacts = { hold: false, window: false, backups: [] }

/** The facts of a healthy server in stage prepared with ten accounts; `parts` replace some of them. */
export function serverFacts(
  parts: {
    synapse?: Partial<SynapseFacts>
    mas?: Partial<MasFacts>
    postgres?: Partial<UnitFacts>
  } & Partial<Pick<ServerFacts, 'dialect' | 'ours'>> = {},
): ServerFacts {
  return {
    host: 'matrix.example.test',
    dialect: parts.dialect ?? 'mas-cli',
    synapse: {
      ...unit('matrix-synapse'),
      delegating: 'no',
      workers: [unit('matrix-synapse-worker-generic-worker-0')],
      accounts: 12,
      migratable: counts(10),
      ...parts.synapse,
    },
    mas: {
      ...unit('matrix-authentication-service'),
      installed: true,
      tables: 'whole',
      leftovers: [],
      counts: counts(0),
      masOnlyAccounts: { count: 0, names: [] },
      missingAccounts: 0,
      ...parts.mas,
    },
    postgres: { ...unit('matrix-postgres'), ...parts.postgres },
    ours: parts.ours ?? idle,
  }
}
