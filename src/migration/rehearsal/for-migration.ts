import type { Host } from '../../inventory/inventory.ts'
import { readDoctor } from '../../mas/output/doctor-output.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Deps } from '../run/context.ts'
import { circumstancesOf, readReceipt, receiptDifferences } from './receipt.ts'
import { type Rehearsal, type RehearsalPorts, rehearse } from './rehearse.ts'

export interface RehearsalSettings {
  /** The host in the inventory that holds the final vars. */
  readonly host: Host
  readonly allowInPlace: boolean
  /** How old a receipt may be. */
  readonly receiptMaxAgeHours: number
  /** The number of our own lock while a migration holds it. */
  readonly fence: () => number | undefined
}

/** What a migration needs of the rehearsal and of the doctor. */
export function rehearsalDeps(
  side: RehearsalPorts,
  settings: RehearsalSettings,
): Pick<Deps, 'checkReceipt' | 'rehearse' | 'doctor'> {
  const { session, playbook, clock } = side
  const { checkout } = playbook.target
  let reviewed: string | undefined
  return {
    checkReceipt: async facts => {
      const receipt = await readReceipt(session)
      reviewed = receipt.commandDigest
      const now = await circumstancesOf(session, facts, checkout, settings.host)
      const different = receiptDifferences(receipt, now, clock.now(), settings.receiptMaxAgeHours)
      if (different.length > 0) throw doesNotFit(session.host, different)
      const accepted = [...new Set(receipt.findings.map(({ id }) => id))]
      return accepted.length === 0 ? [] : [`Accepted with the receipt: ${accepted.join(', ')}.`]
    },
    rehearse: async () => {
      const fence = settings.fence()
      const { allowInPlace } = settings
      const rehearsal = await rehearse(side, { allowInPlace, ...(fence === undefined ? {} : { fence }) })
      const { lastLines } = rehearsal.result
      if (!rehearsal.passes) return { ...rehearsal, lastLines, failure: doesNotPass(rehearsal) }
      if (reviewed !== undefined && reviewed !== rehearsal.commandDigest) {
        throw doesNotFit(session.host, ['syn2mas would be called with other words, or of another image'])
      }
      return { ...rehearsal, lastLines }
    },
    doctor: async () => {
      const command = ['/matrix/matrix-authentication-service/bin/mas-cli', 'doctor']
      const { code, stdout, stderr } = await session.run(command, { timeoutMs: 60_000 })
      const delegation = checkout.dialect === 'mas-cli' ? 'mas' : 'msc3861'
      return readDoctor({ exitCode: code, stdout, stderr }, delegation)
    },
  }
}

function doesNotFit(host: string, different: readonly string[]): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'receipt-differs',
    what: `What was rehearsed is not what would be migrated now: ${different.join('; ')}.`,
    where: host,
    remedy: 'Rehearse again (syn2mas-dry-run) with what is to be migrated, and read its findings.',
  })
}

/** What a rehearsal says that keeps the real run from being done. */
export function doesNotPass({ findings, result, facts }: Rehearsal): ToolkitError {
  const first = findings
    .filter(({ severity }) => severity !== 'notice')
    .slice(0, 5)
    .map(({ message }) => message)
  return new ToolkitError({
    kind: 'tool',
    reason: 'syn2mas-failed',
    what: `The rehearsal found what would stop the migration. ${result.exitMeaning} ${first.join(' ')}`,
    where: facts.host,
    remedy: findings[0]?.remedy ?? 'Run syn2mas-dry-run and read its findings.',
  })
}
