/** Users' life around a migration: a writer throughout, and afterwards the count of what it lost. */
import { readFileSync } from 'node:fs'
import type { Ledger } from '../lab/data/ledger.ts'
import { countLost, type Losses } from '../lab/data/lost.ts'
import { probeTokensOf } from '../lab/data/prober.ts'
import { type VerifiedRow, verifyLedger } from '../lab/data/verify.ts'
import { startWriter } from '../lab/data/writer.ts'
import type { Lab } from '../lab/lab.ts'
import { say } from './print.ts'

export interface Lived {
  readonly losses: Losses
  /** The ledger's rows: accounts, sessions, passwords, admins, untouched tables. */
  readonly rows: readonly VerifiedRow[]
}

function setting(yaml: string, name: string): string {
  const found = new RegExp(`^\\s*${name}:\\s*"?([^"\\n]+)"?\\s*$`, 'm').exec(yaml)?.[1]
  if (found === undefined) throw new Error(`homeserver.yaml has no ${name}`)
  return found
}

export function ledgerOf(lab: Lab): Ledger {
  return JSON.parse(readFileSync(lab.ledgerFile, 'utf8')) as Ledger
}

/** Lives on the homeserver while `migrate` runs, then counts what does not hold and holds the server against the ledger. */
export async function liveThrough(lab: Lab, migrate: () => Promise<void>): Promise<Lived> {
  const ledger = ledgerOf(lab)
  const homeserver = (await lab.root('cat /matrix/synapse/config/homeserver.yaml')).stdout
  const writer = await startWriter(lab.data, {
    registrationSecret: setting(homeserver, 'registration_shared_secret'),
    probeTokens: probeTokensOf(ledger),
  })
  say('a user logs in, changes a password and sends messages from now on; a prober asks five times a second')
  try {
    await migrate()
    await lab.settle()
  } finally {
    say('the user rests')
  }
  const report = await writer.stop()
  const losses = await countLost(report, lab.data)
  say('what must be true by the ledger is asked of the server')
  return { losses, rows: await verifyLedger(ledger, lab.data) }
}
