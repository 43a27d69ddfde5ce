/** A user who is active during a migration, and what that user lost. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Ledger } from '../lab/data/ledger.ts'
import { countLost, type Losses } from '../lab/data/lost.ts'
import { probeTokensOf } from '../lab/data/prober.ts'
import { type VerifiedRow, verifyLedger } from '../lab/data/verify.ts'
import { startWriter } from '../lab/data/writer.ts'
import { shown } from '../lab/engine/run.ts'
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

/**
 * Has a user be active on the homeserver while `migrate` runs. Then counts what that user lost, and compares the server
 * with the ledger. The whole record of the user goes to `recordFile`, so that the count can be checked.
 */
export async function liveThrough(
  lab: Lab,
  recordFile: string,
  migrate: () => Promise<void>,
): Promise<Lived> {
  const ledger = ledgerOf(lab)
  const homeserver = (await lab.root('cat /matrix/synapse/config/homeserver.yaml')).stdout
  const writer = await startWriter(lab.data, {
    registrationSecret: setting(homeserver, 'registration_shared_secret'),
    probeTokens: probeTokensOf(ledger),
  })
  say(
    'from now on a user logs in, changes the password and sends messages; a prober asks five times a second',
  )
  let report: Awaited<ReturnType<typeof writer.stop>> | undefined
  try {
    await migrate()
    await shown('waiting for all services to be active', () => lab.settle())
  } finally {
    report = await writer.stop()
    writeFileSync(recordFile, `${JSON.stringify(report, null, 2)}\n`)
    say(`the user stops; the whole record is in ${recordFile}`)
  }
  const record = report
  const losses = await shown('counting what the user lost', () => countLost(record, lab.data))
  const rows = await shown('comparing the server with the ledger', () => verifyLedger(ledger, lab.data))
  return { losses, rows }
}
