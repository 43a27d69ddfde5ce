import { bySeverity, type Finding } from '../../domain/finding.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import type { HostVerdict, Verdict } from '../../domain/verdict.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import type { Inventory } from '../../inventory/inventory.ts'
import { limitHosts } from '../../inventory/limit.ts'
import { readInventory } from '../../inventory/read-inventory.ts'
import { outlookFor } from '../../migration/outlook.ts'
import { checkHosts } from '../../rules/check-hosts.ts'
import type { CheckoutFacts } from '../../rules/rule.ts'
import type { FileReader } from '../../support/files.ts'

export interface ValidationSources {
  readonly inventory: string
  readonly files: FileReader
  readonly limit?: string
  readonly playbook?: { readonly files: FileReader; readonly label: string; readonly facts: CheckoutFacts }
  /** The repository as it was, to tell what merging changes. */
  readonly base?: FileReader
}

/**
 * Checks an inventory. Reads files only: runs and evaluates nothing, asks nobody.
 *
 * @throws ToolkitError of reason `inventory-unreadable` or `input-invalid`.
 */
export function validate({ inventory: path, files, limit, playbook, base }: ValidationSources): Verdict {
  const options = playbook ? { playbook } : {}
  const inventory = readInventory(path, files, options)
  const hosts = limitHosts(inventory, limit)
  const baseInventory = base && readBase(path, base, options)
  const before = base && stagesIn(baseInventory)
  const findings: Finding[] = [
    ...inventory.problems,
    ...checkHosts({
      repository: { files, inventory },
      hosts,
      ...(playbook && { checkout: playbook.facts }),
      ...(base && baseInventory && { base: { files: base, inventory: baseInventory } }),
    }),
  ]
  return {
    hosts: hosts.map(host => verdictOf(host, before)),
    findings: findings.sort(bySeverity),
  }
}

function verdictOf(
  host: Inventory['hosts'][number],
  stages: ReadonlyMap<string, DesiredStage> | undefined,
): HostVerdict {
  const { stage, reason, place } = desiredStage(host)
  const before = stages && (stages.get(host.name) ?? 'off')
  return {
    host: host.name,
    stage,
    reason,
    ...(place && { place }),
    ...(before && { before }),
    outlook: outlookFor(before, stage),
  }
}

/** A base without an inventory at that path had no hosts. */
function readBase(
  path: string,
  base: FileReader,
  options: Parameters<typeof readInventory>[2],
): Inventory | undefined {
  return base.entry(path).kind === 'absent' ? undefined : readInventory(path, base, options)
}

function stagesIn(inventory: Inventory | undefined): Map<string, DesiredStage> {
  return new Map(inventory?.hosts.map(host => [host.name, desiredStage(host).stage]))
}
