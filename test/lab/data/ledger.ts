import type { Dialect } from '../../../src/domain/stage.ts'
import { synapseTallyQuery, type Tally, talliesOf } from './categories.ts'
import { fingerprints, type Guarded, guardedParts } from './fingerprint.ts'
import type { LivingAccount } from './living.ts'
import type { Plan } from './plan.ts'
import { samplesOf } from './samples.ts'
import type { World } from './world.ts'

export interface TokenSample {
  readonly what: string
  readonly userId: string
  readonly token: string
}

export interface PasswordSample {
  readonly what: string
  readonly localpart: string
  readonly userId: string
  /** As its owner types it. */
  readonly password: string
  /** A room to write in; without one the proof of writing is a room of one's own. */
  readonly roomId?: string
}

/** What must be true after a migration. Plain JSON; it holds the lab's tokens and passwords, all of them invented. */
export interface Ledger {
  readonly version: 1
  readonly dialect: Dialect
  readonly seed: number
  readonly serverName: string
  /** By category, as Synapse has it: MAS must have the same (`categories.ts`). */
  readonly categories: readonly Tally[]
  readonly guests: number
  /** Synapse's tables, which no migration may change. */
  readonly guarded: readonly Guarded[]
  readonly fingerprints: readonly Tally[]
  /** Old tokens that must go on working. */
  readonly tokens: readonly TokenSample[]
  /** Tokens that must be refused afterwards: expired ones, and those that the tool does not carry over. */
  readonly deadTokens: readonly TokenSample[]
  /** Refresh tokens that can be traded for new ones, once each. */
  readonly refreshTokens: readonly TokenSample[]
  readonly passwords: readonly PasswordSample[]
  readonly adminTokens: readonly TokenSample[]
  /** Sessions of locked accounts: they answer 401. */
  readonly lockedTokens: readonly TokenSample[]
  /** Accounts whose login must be refused. */
  readonly closed: readonly PasswordSample[]
  /** Messages from before, and who can read them. */
  readonly messages: readonly {
    readonly roomId: string
    readonly eventId: string
    readonly token: string
  }[]
  readonly living: readonly LivingAccount[]
}

/**
 * Writes down what must be true after a migration of what is in Synapse now. To be taken when the plan is applied and
 * nothing has been migrated; `living` as `makeLiving` gave them.
 */
export async function takeLedger(
  world: World,
  plan: Plan,
  living: readonly LivingAccount[],
): Promise<Ledger> {
  const samples = samplesOf(plan, living, Date.now())
  const willLogIn = [...samples.passwords, ...samples.closed, ...samples.refreshTokens].map(who => who.userId)
  const guarded = await guardedParts(world, [...new Set(willLogIn)])
  const guests = await world.sql('synapse', 'SELECT count(*) FROM users WHERE is_guest <> 0;\n')
  return {
    version: 1,
    dialect: world.dialect,
    seed: plan.seed,
    serverName: plan.serverName,
    categories: talliesOf(await world.sql('synapse', synapseTallyQuery(world.dialect))),
    guests: Number(guests[0]?.[0] ?? 0),
    guarded,
    fingerprints: await fingerprints(world, guarded),
    ...samples,
    living,
  }
}
