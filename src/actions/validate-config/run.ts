import { bySeverity, type Finding, openFindings } from '../../domain/finding.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { type HostVerdict, isRollbackAccepted, type Outlook, type Verdict } from '../../domain/verdict.ts'
import { desiredStage, type StageReading, stageBefore } from '../../inventory/desired-stage.ts'
import type { Host } from '../../inventory/inventory.ts'
import { inventoryAmong, inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { outlookByHand, outlookFor, outlookNotAccepted, untouched } from '../../migration/plan/outlook.ts'
import { acceptFindings } from '../../rules/acceptance/accept-findings.ts'
import { readAcceptances } from '../../rules/acceptance/read-acceptances.ts'
import { stageHidden } from '../../rules/change/stages.ts'
import { checkHosts } from '../../rules/check-hosts.ts'
import { marked } from '../../rules/facts/trust-additions.ts'
import type { CheckoutFacts, Visibility } from '../../rules/kit/rule.ts'
import { stageUnknown } from '../../rules/mas/stage.ts'
import type { ToolkitError } from '../../support/errors.ts'
import type { FileReader } from '../../support/files/files.ts'
import { isAppliedByHand, touches } from './touches.ts'

export interface ValidationSources {
  readonly inventory: string | readonly string[]
  readonly files: FileReader
  readonly limit?: string
  readonly playbook?: { readonly files: FileReader; readonly label: string; readonly facts: CheckoutFacts }
  /** Why the playbook that the repository names is not available. */
  readonly playbookFailure?: ToolkitError
  /** The repository before the change. */
  readonly base?: FileReader
  /** The files that differ from the base; absent where it is unknown. */
  readonly changedFiles?: readonly string[]
  readonly visibility?: Visibility
  /** The file of accepted findings, which may be missing, and today's date (`YYYY-MM-DD`, UTC). */
  readonly acceptances?: { readonly path: string; readonly today: string }
}

/**
 * Checks an inventory. Reads files only: runs nothing, evaluates nothing, contacts nothing.
 *
 * @throws ToolkitError of reason `inventory-unreadable` or `input-invalid`.
 */
export function validate(sources: ValidationSources): Verdict {
  const { inventory: path, files, limit, playbook, playbookFailure, base, visibility } = sources
  const options = playbook && { playbook }
  const inventory = inventoryOf(files, path, options)
  const hosts = chosenHosts(inventory, limit)
  const baseInventory = base && inventoryAmong(base, path, options)
  const findings: Finding[] = [
    ...marked(inventory.problems, baseInventory?.problems),
    ...checkHosts({
      repository: { files, inventory },
      hosts,
      ...(playbook && { checkout: playbook.facts }),
      ...(playbookFailure && { checkoutFailure: playbookFailure }),
      ...(visibility && { visibility }),
      ...(base && baseInventory && { base: { files: base, inventory: baseInventory } }),
    }),
  ]
  const verdicts = hosts.map(host =>
    verdictOf(
      host,
      stageBefore(baseInventory?.host(host.name)),
      touches(inventory, host, sources.changedFiles, playbook?.label),
    ),
  )
  const verdict = {
    hosts: verdicts,
    findings: withoutConsequences(accepted(findings, sources)).toSorted(bySeverity),
  }
  return isAppliedByHand(files) ? byHand(verdict) : byMerge(verdict)
}

/** The merge does not roll a live server back unless a person accepts it. */
function byMerge({ hosts, findings }: Verdict): Verdict {
  const isRefused = ({ host, outlook }: HostVerdict) =>
    outlook.expected === 'roll-back' && !isRollbackAccepted(findings, host)
  return {
    hosts: hosts.map(each =>
      isRefused(each) ? { ...each, outlook: outlookNotAccepted(each.outlook) } : each,
    ),
    findings,
  }
}

function byHand({ hosts, findings }: Verdict): Verdict {
  return {
    hosts: hosts.map(host => ({ ...host, outlook: outlookByHand(host.outlook) })),
    findings,
    appliedByHand: true,
  }
}

/** The names of the hosts that other changed files touch. */
export function hostsTouchedBy(
  changedFiles: readonly string[] | undefined,
  { inventory: path, files, limit, playbook }: ValidationSources,
): ReadonlySet<string> {
  const inventory = inventoryOf(files, path, playbook && { playbook })
  const hosts = chosenHosts(inventory, limit)
  const touched = hosts.filter(host => touches(inventory, host, changedFiles, playbook?.label))
  return new Set(touched.map(({ name }) => name))
}

function accepted(
  findings: readonly Finding[],
  { files, base, acceptances }: ValidationSources,
): readonly Finding[] {
  if (!acceptances) return findings
  const { path, today } = acceptances
  const { entries, problems } = readAcceptances(files, path)
  const before = base && readAcceptances(base, path).entries
  return [...acceptFindings(findings, entries, today, before), ...problems]
}

/** A file that cannot be read is reported itself, so not also the stage that it hides. */
function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const unread = openFindings(findings).flatMap(({ id, severity, place }) =>
    place && severity === 'error' && id.startsWith('inventory/') ? [place.file] : [],
  )
  return findings.filter(
    ({ id, message, place }) =>
      place !== undefined ||
      !(id === stageUnknown.id || id === stageHidden.id) ||
      !unread.some(file => message.includes(file)),
  )
}

function verdictOf(host: Host, before: DesiredStage | undefined, isTouched: boolean): HostVerdict {
  const reading = desiredStage(host)
  const { stage, reason, place } = reading
  return {
    host: host.name,
    stage,
    reason,
    ...(place && { place }),
    ...(before && { before }),
    outlook: isTouched ? outlookOf(before, reading) : untouched,
  }
}

function outlookOf(before: DesiredStage | undefined, { stage, reason }: StageReading): Outlook {
  const outlook = outlookFor(before, stage)
  if (stage !== 'unknown') return outlook
  return { ...outlook, sentence: `Merging is refused: the stage is unknown, because ${reason}.` }
}
