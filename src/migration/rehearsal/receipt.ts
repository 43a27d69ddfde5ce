import type { AccountCounts } from '../../domain/account-counts.ts'
import type { Severity } from '../../domain/finding.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import { validate } from '../../generated/receipt.ts'
import type { Host } from '../../inventory/inventory.ts'
import type { Checkout } from '../../playbook/checkout.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { plural } from '../../support/plural.ts'
import { boundValues } from './receipt-variables.ts'
import type { Rehearsal } from './rehearse.ts'

const receiptFile = `${stateFolder}/receipt.json`

/** What was rehearsed, and in which circumstances. Schema: schemas/receipt.schema.json. */
export interface Receipt {
  readonly version: 1
  readonly host: string
  readonly dialect: Dialect
  readonly playbook: { readonly commit?: string; readonly digest: string }
  /** HMACs: they show which variables changed, but not their values. */
  readonly variables: Readonly<Record<string, string>>
  readonly images: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly commandDigest: string
  readonly counts: AccountCounts
  readonly findings: readonly { readonly id: string; readonly severity: Severity; readonly message: string }[]
  readonly passes: boolean
  readonly rehearsalSeconds: number
  readonly expectedWindowSeconds: number
  /** ISO 8601. */
  readonly at: string
}

/** What must be the same in the migration as in the rehearsal. */
export type Circumstances = Pick<Receipt, 'host' | 'dialect' | 'playbook' | 'variables' | 'images'>

/** The current circumstances. The HMACs are computed on the server. */
export async function circumstancesOf(
  window: Pick<Server['window'], 'hmacs'>,
  facts: ServerFacts,
  checkout: Checkout,
  host: Host,
): Promise<Circumstances> {
  const { commit, digest } = checkout
  const units = [facts.synapse, ...facts.synapse.workers, facts.mas]
  return {
    host: facts.host,
    dialect: facts.dialect,
    playbook: commit === undefined ? { digest } : { commit, digest },
    variables: await window.hmacs(boundValues(host)),
    images: Object.fromEntries(
      units.flatMap(({ name, image }) => (image === undefined ? [] : [[name, image]])),
    ),
  }
}

export function receiptOf(rehearsal: Rehearsal, circumstances: Circumstances): Receipt {
  const { facts, command, commandDigest, passes, seconds, at } = rehearsal
  return {
    version: 1,
    ...circumstances,
    command,
    commandDigest,
    counts: facts.synapse.migratable,
    findings: rehearsal.findings.map(({ id, severity, message }) => ({ id, severity, message })),
    passes,
    rehearsalSeconds: Math.round(seconds * 10) / 10,
    expectedWindowSeconds: rehearsal.expectedWindowSeconds,
    at,
  }
}

/** The copy on the server is the one that `migrate` checks. */
export async function storeReceipt(session: ServerSession, receipt: Receipt): Promise<void> {
  await session.writeFile(receiptFile, `${JSON.stringify(receipt, undefined, 2)}\n`, 0o600)
}

/**
 * The receipt on the server.
 * @throws ToolkitError `receipt-missing` where there is none, or it does not match the schema.
 */
export async function readReceipt(session: ServerSession): Promise<Receipt> {
  const text = (await session.readFile(receiptFile))?.toString('utf8')
  const receipt = text === undefined ? undefined : parseReceipt(text)
  if (receipt) return receipt
  throw new ToolkitError({
    reason: 'receipt-missing',
    what: `The server has no ${text === undefined ? '' : 'readable '}receipt of a rehearsal.`,
    where: `${session.host}, ${receiptFile}`,
    remedy: 'Run syn2mas-dry-run with these vars, review its findings, then run this again.',
  })
}

export function parseReceipt(text: string): Receipt | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return validate(parsed) ? (parsed as Receipt) : undefined
  } catch {
    return undefined
  }
}

/** Why a receipt is not valid for a migration now, one clause each; empty where it is valid. */
export function receiptDifferences(
  receipt: Receipt,
  now: Circumstances,
  time: Date,
  maxAgeHours: number,
): string[] {
  const hours = (time.getTime() - Date.parse(receipt.at)) / 3_600_000
  const both = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>) =>
    [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(name => left[name] !== right[name])
  return [
    ...(receipt.passes ? [] : ['the rehearsal found problems that would stop the migration']),
    ...(receipt.host === now.host ? [] : [`it belongs to the host ${receipt.host}`]),
    ...(receipt.playbook.digest === now.playbook.digest && receipt.playbook.commit === now.playbook.commit
      ? []
      : ['the playbook has changed']),
    ...both(receipt.variables, now.variables).map(name => `the variable ${name} has changed`),
    ...both(receipt.images, now.images).map(name => `the image of ${name} has changed`),
    ...(hours >= 0 && hours <= maxAgeHours
      ? []
      : [`it is ${plural(Math.round(hours), 'hour')} old, and at most ${maxAgeHours} are allowed`]),
  ]
}
