import type { Finding } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import type { Definition } from '../../inventory/definition.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { readInventory } from '../../inventory/read-inventory.ts'
import { readText } from '../../inventory/source-text.ts'
import type { ProposedProviders } from '../../mas/convert-providers.ts'
import { linesBefore } from '../../rules/fix.ts'
import { providersVariable } from '../../rules/providers/providers.ts'
import { oidcProvidersVariable } from '../../rules/synapse/oidc.ts'
import { missing } from '../../rules/vaults.ts'
import type { ValidationSources } from './validate.ts'

const unmapped = 'providers/synapse-unmapped'

interface Proposal {
  readonly definition: Definition
  readonly proposed: ProposedProviders
  readonly hosts: readonly string[]
  /** Whether MAS has no list of providers yet, so that the lines can be put in as they are. */
  readonly isWhole: boolean
}

export interface Proposed {
  readonly verdict: Verdict
  /** YAML for every host whose Synapse has providers in vars; empty where none has. */
  readonly text: string
}

/**
 * Proposes the counterparts in MAS of Synapse's providers: as the fix of the findings that miss them, and as one text.
 * Loads the YAML library, so it does nothing where nobody asks.
 *
 * @param always Whether the text is wanted even where no finding asks for it.
 */
export async function withProposals(
  verdict: Verdict,
  sources: ValidationSources,
  always: boolean,
): Promise<Proposed> {
  const isAsked = verdict.findings.some(({ id, suggestion }) => id === unmapped && !suggestion)
  if (!always && !isAsked) return { verdict, text: '' }
  const proposals = await proposalsFor(sources)
  const findings = verdict.findings.map(finding => withFix(finding, proposals))
  return { verdict: { ...verdict, findings }, text: proposals.map(textOf).join('\n') }
}

async function proposalsFor(sources: ValidationSources): Promise<readonly Proposal[]> {
  const { proposeProviders } = await import('../../mas/convert-providers.ts')
  const { inventory: path, files, limit, playbook } = sources
  const inventory = readInventory(path, files, playbook ? { playbook } : {})
  const proposals = new Map<string, Proposal>()
  for (const host of chosenHosts(inventory, limit)) {
    const { definition } = host.variable(oidcProvidersVariable)
    if (definition?.value.kind !== 'list' || !/^(?:host|group)_vars$/.test(definition.source)) continue
    const { file, line } = definition.namePlace
    const known = proposals.get(`${file}:${line}`)
    const isWhole = missing(host, providersVariable) !== undefined
    const source = readText(files, file)
    const proposed = known?.proposed ?? (source.kind === 'text' ? proposeProviders(source.text) : undefined)
    if (!proposed) continue
    proposals.set(`${file}:${line}`, {
      definition,
      proposed,
      hosts: [...(known?.hosts ?? []), host.name],
      isWhole: isWhole && (known?.isWhole ?? true),
    })
  }
  return [...proposals.values()]
}

function withFix(finding: Finding, proposals: readonly Proposal[]): Finding {
  const { id, place, suggestion } = finding
  if (id !== unmapped || suggestion || !place) return finding
  const proposal = proposals.find(({ definition: { value } }) => {
    const { file, line, endLine = line } = value.place
    return place.file === file && place.line >= line && place.line <= endLine
  })
  if (!proposal) return finding
  const { definition, proposed, isWhole } = proposal
  const fix = isWhole ? linesBefore(definition, proposed.text.trimEnd().split('\n')) : undefined
  const names = [...new Set(proposed.gaps.map(({ key }) => `\`${key}\``))]
  const gaps = names.length > 0 ? ` MAS has no counterpart, or only a near one, of ${names.join(', ')}.` : ''
  return { ...finding, remedy: `${finding.remedy}${gaps}`, ...(fix && { suggestion: fix }) }
}

function textOf({ proposed, hosts, definition }: Proposal): string {
  const { file, line } = definition.namePlace
  return `# For ${hosts.join(', ')}: the counterparts of ${oidcProvidersVariable} in ${file}, line ${line}.\n${proposed.text}`
}
