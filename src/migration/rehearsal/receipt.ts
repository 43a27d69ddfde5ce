import type { AccountCounts } from '../../domain/account-counts.ts'
import { openFindings, type Severity } from '../../domain/finding.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import type { Dialect } from '../../domain/stage.ts'
import { validate } from '../../generated/receipt.ts'
import type { Host } from '../../inventory/inventory.ts'
import { evaluateVariables } from '../../playbook/evaluate.ts'
import type { Playbook } from '../../playbook/playbook.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { parseRecord } from '../../support/json.ts'
import { plural } from '../../support/plural.ts'
import { boundValues, receiptVariables } from './receipt-variables.ts'
import type { Rehearsal } from './rehearse.ts'

const receiptFile = `${stateFolder}/receipt.json`

/** Expired ones stay: they tell an operator why a migration is refused. */
const receiptsKept = 20

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

/**
 * The current circumstances. Ansible evaluates the variables on the runner; the HMACs are computed on the server.
 * @throws ToolkitError as `evaluateVariables`.
 */
export async function circumstancesOf(
  window: Pick<Server['window'], 'hmacs'>,
  facts: ServerFacts,
  playbook: Playbook,
  host: Host,
): Promise<Circumstances> {
  const { commit, digest, roles } = playbook.target.checkout
  const evaluated = await evaluateVariables(playbook, receiptVariables, { roles })
  const units = [facts.synapse, ...facts.synapse.workers, facts.mas]
  return {
    host: facts.host,
    dialect: facts.dialect,
    playbook: commit === undefined ? { digest } : { commit, digest },
    variables: await window.hmacs(boundValues(host, evaluated)),
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
    findings: openFindings(rehearsal.findings).map(({ id, severity, message }) => ({
      id,
      severity,
      message,
    })),
    passes,
    rehearsalSeconds: Math.round(seconds * 10) / 10,
    expectedWindowSeconds: rehearsal.expectedWindowSeconds,
    at,
  }
}

/** The copy on the server is the one that `migrate` checks. A rehearsal replaces only the receipt of what it repeats. */
export async function storeReceipt(session: ServerSession, receipt: Receipt): Promise<void> {
  const others = (await storedReceipts(session)).filter(other => !isOfTheSame(receipt, other))
  const receipts = [receipt, ...others].slice(0, receiptsKept)
  await session.writeFile(receiptFile, `${JSON.stringify({ receipts }, undefined, 2)}\n`, 0o600)
}

/**
 * The receipts on the server, newest first.
 * @throws ToolkitError `receipt-missing` where there is none that matches the schema.
 */
export async function readReceipts(session: ServerSession): Promise<readonly Receipt[]> {
  const receipts = await storedReceipts(session)
  if (receipts.length > 0) return receipts
  throw new ToolkitError({
    reason: 'receipt-missing',
    what: 'This migration was not rehearsed: the server has no readable receipt of a rehearsal.',
    where: `${session.host}, ${receiptFile}`,
    remedy: 'Run syn2mas-dry-run with these vars, review its findings, then run this again.',
  })
}

/** The same, also where there is none. */
export async function storedReceipts(session: ServerSession): Promise<readonly Receipt[]> {
  return parseReceipts((await session.readFile(receiptFile)) ?? '')
}

/** Those that match the schema. */
export function parseReceipts(text: string): readonly Receipt[] {
  const receipts = parseRecord(text)?.receipts
  return Array.isArray(receipts) ? receipts.filter((receipt): receipt is Receipt => validate(receipt)) : []
}

function isOfTheSame(one: Receipt, other: Receipt): boolean {
  return one.commandDigest === other.commandDigest && changes(one, other).length === 0
}

/** The receipts that are valid for a migration now. Without any, why the one that is closest to it is not. */
export function validReceipts(
  receipts: readonly Receipt[],
  now: Circumstances,
  time: Date,
  maxAgeHours: number,
): { readonly valid: readonly Receipt[]; readonly differences: readonly string[] } {
  const compared = receipts.map(receipt => ({
    receipt,
    differences: receiptDifferences(receipt, now, time, maxAgeHours),
  }))
  const [closest] = compared.toSorted((a, b) => a.differences.length - b.differences.length)
  const valid = compared.filter(({ differences }) => differences.length === 0)
  return { valid: valid.map(({ receipt }) => receipt), differences: closest?.differences ?? [] }
}

/** Why a receipt is not valid for a migration now, one clause each; empty where it is valid. */
export function receiptDifferences(
  receipt: Receipt,
  now: Circumstances,
  time: Date,
  maxAgeHours: number,
): string[] {
  const hours = (time.getTime() - Date.parse(receipt.at)) / 3_600_000
  return [
    ...(receipt.passes ? [] : ['the rehearsal found problems that would stop the migration']),
    ...changes(receipt, now),
    ...(hours >= 0 && hours <= maxAgeHours
      ? []
      : [`it is ${plural(Math.round(hours), 'hour')} old, and at most ${maxAgeHours} are allowed`]),
  ]
}

/** What changed since a rehearsal, one clause each. */
function changes(receipt: Circumstances, now: Circumstances): string[] {
  const both = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>) =>
    [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(name => left[name] !== right[name])
  return [
    ...(receipt.host === now.host ? [] : [`it belongs to the host ${receipt.host}`]),
    ...(receipt.playbook.digest === now.playbook.digest && receipt.playbook.commit === now.playbook.commit
      ? []
      : ['the playbook has changed']),
    ...(isOfOtherVersion(receipt, now)
      ? ['another version of matrix-auth-actions wrote it, which compared other variables']
      : both(receipt.variables, now.variables).map(name => `the variable ${name} has changed`)),
    ...both(receipt.images, now.images).map(name => `the image of ${name} has changed`),
  ]
}

/** Each version has one list of variables. */
function isOfOtherVersion(receipt: Circumstances, now: Circumstances): boolean {
  const [then, today] = [receipt, now].map(({ variables }) => Object.keys(variables).sort().join())
  return then !== today
}
