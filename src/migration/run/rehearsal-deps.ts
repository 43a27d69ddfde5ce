import { openFindings } from '../../domain/finding.ts'
import type { Host } from '../../inventory/inventory.ts'
import { readDoctor } from '../../mas/output/doctor-output.ts'
import { ToolkitError } from '../../support/errors.ts'
import { circumstancesOf, readReceipts, validReceipts } from '../rehearsal/receipt.ts'
import { type Rehearsal, type RehearsalPorts, rehearse } from '../rehearsal/rehearse.ts'
import type { Deps } from './context.ts'

export interface RehearsalSettings {
  /** The host in the inventory that holds the final vars. */
  readonly host: Host
  /** How old a receipt may be. */
  readonly receiptMaxAgeHours: number
}

/** The rehearsal and the doctor, for a migration. */
export function rehearsalDeps(
  ports: RehearsalPorts,
  settings: RehearsalSettings,
): Pick<Deps, 'checkReceipt' | 'rehearse' | 'doctor'> {
  const { session, window, playbook, clock } = ports
  const { checkout } = playbook.target
  let reviewed: readonly string[] | undefined
  return {
    checkReceipt: async facts => {
      const receipts = await readReceipts(session)
      const now = await circumstancesOf(window, facts, playbook, settings.host)
      const { valid, differences } = validReceipts(receipts, now, clock.now(), settings.receiptMaxAgeHours)
      if (valid.length === 0) throw doesNotFit(session.host, differences)
      reviewed = valid.map(({ commandDigest }) => commandDigest)
      const found = [...new Set(valid.flatMap(({ findings }) => findings.map(({ id }) => id)))]
      return found.length === 0
        ? []
        : [`The rehearsal that was reviewed had these findings: ${found.join(', ')}.`]
    },
    rehearse: async run => {
      const rehearsal = await rehearse(ports, { run })
      const { lastLines } = rehearsal.result
      if (!rehearsal.passes) return { ...rehearsal, lastLines, failure: doesNotPass(rehearsal) }
      if (reviewed?.includes(rehearsal.commandDigest) === false) {
        throw doesNotFit(session.host, ['the syn2mas command or its image has changed'])
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
    reason: 'receipt-differs',
    what: `The receipt of the rehearsal is not valid for this migration: ${different.join('; ')}.`,
    where: host,
    remedy: 'Run syn2mas-dry-run with the vars of this migration, and review its findings.',
  })
}

/** The error for a rehearsal that did not pass. */
export function doesNotPass({ findings, result, facts }: Rehearsal): ToolkitError {
  const first = openFindings(findings)
    .filter(({ severity }) => severity !== 'notice')
    .slice(0, 5)
  return new ToolkitError({
    reason: 'syn2mas-failed',
    what: `The rehearsal found problems that would stop the migration. ${result.exitMeaning} ${first.map(({ message }) => message).join(' ')}`,
    where: facts.host,
    remedy: first[0]?.remedy ?? 'Run syn2mas-dry-run and fix its findings.',
  })
}
