import type { PlanOptions } from './accounts.ts'
import { type Ledger, takeLedger } from './ledger.ts'
import { makeLiving } from './living.ts'
import { type Plan, planAccounts } from './plan.ts'
import { copyStatements, rowsOfPlan } from './rows.ts'
import { type World, wait } from './world.ts'

/** Puts the plan's bulk into Synapse's tables. Synapse may be running: it has no cache of accounts it never met. */
export async function applyBulk(world: World, plan: Plan): Promise<void> {
  for (const statement of copyStatements(rowsOfPlan(plan))) await world.sql('synapse', statement)
  await world.sql('synapse', 'ANALYZE;\n')
}

const updatesPatienceMs = 300_000

/**
 * Waits until Synapse has no background update left: a new database starts with some fifty (a minute, or seconds where
 * its configuration has `background_updates: {sleep_enabled: false}`), and a server is not migrated in the middle of one.
 *
 * @throws Error after five minutes.
 */
async function backgroundUpdatesDone(world: World): Promise<void> {
  const until = Date.now() + updatesPatienceMs
  for (;;) {
    const [[left = '0'] = []] = await world.sql('synapse', 'SELECT count(*) FROM background_updates;\n')
    if (left === '0') return
    if (Date.now() > until) throw new Error(`Synapse still has ${left} background updates to do`)
    await wait(1_000)
  }
}

export interface SeedOptions extends Omit<PlanOptions, 'dialect' | 'serverName'> {
  readonly seed: number
  /** Accounts in all, from 50 to 100,000. */
  readonly users: number
  /** Synapse's `registration_shared_secret`. */
  readonly registrationSecret: string
}

/**
 * Fills a running, empty Synapse with its built-in login, and records what must be true after a migration. Asks
 * Synapse over HTTP for the living accounts (some fifty requests) and writes the rest by COPY.
 *
 * @throws UnexpectedAnswer if Synapse refuses a step; the errors of `world.sql`.
 */
export async function seedWorld(world: World, options: SeedOptions): Promise<Ledger> {
  const { seed, users, registrationSecret, ...rest } = options
  const plan = planAccounts(seed, users, { ...rest, dialect: world.dialect, serverName: world.serverName })
  const living = await makeLiving(world, plan, registrationSecret)
  await applyBulk(world, plan)
  await backgroundUpdatesDone(world)
  return takeLedger(world, plan, living)
}
