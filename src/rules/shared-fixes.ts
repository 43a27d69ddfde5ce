import type { Finding } from '../domain/finding.ts'
import { desiredStage } from '../inventory/desired-stage.ts'
import type { Host, Inventory } from '../inventory/inventory.ts'
import type { VarsLayer } from '../inventory/read/vars-files.ts'
import type { Rule } from './kit/rule.ts'

/**
 * Takes the fixes away that would change the vars of a host which the rule is not about: a line of group vars that is wrong where MAS is
 * live can be right for a host of the group that is only prepared. Also of hosts that are not checked now.
 */
export function withoutSharedFixes(
  findings: readonly Finding[],
  { stages }: Rule,
  { hosts }: Inventory,
): readonly Finding[] {
  const files = new Set(findings.flatMap(({ suggestion }) => suggestion?.place.file ?? []))
  if (files.size === 0) return findings
  const others = hosts.filter(host => usesOneOf(host, files) && !stages.includes(desiredStage(host).stage))
  if (others.length === 0) return findings
  return findings.map(finding => withoutFix(finding, others))
}

function withoutFix({ suggestion, ...finding }: Finding, others: readonly Host[]): Finding {
  if (suggestion === undefined) return finding
  const file = new Set([suggestion.place.file])
  const [first, ...more] = others.filter(host => usesOneOf(host, file))
  if (first === undefined) return { ...finding, suggestion }
  const names = `\`${first.name}\`${more.length > 0 ? ` and ${more.length} more` : ''}`
  return {
    ...finding,
    remedy: `${finding.remedy} The same file has vars of hosts at another stage (${names}): make this change in \`host_vars\` instead.`,
  }
}

function usesOneOf({ layers }: Host, files: ReadonlySet<string>): boolean {
  return layers.some(layer => [...filesOf(layer)].some(file => files.has(file)))
}

/** Hosts share layers. */
const known = new WeakMap<VarsLayer, ReadonlySet<string>>()

function filesOf(layer: VarsLayer): ReadonlySet<string> {
  const files =
    known.get(layer) ?? new Set([...layer.variables.values()].map(({ namePlace }) => namePlace.file))
  known.set(layer, files)
  return files
}
