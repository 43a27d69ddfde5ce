import type { Finding, Suggestion } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import type { Verdict } from '../../domain/verdict.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { readText } from '../../inventory/read/source-text.ts'
import { mappingArguments } from '../../mas/providers/provider-mapping.ts'
import type { ConvertedProviders } from '../../mas/providers/providers.ts'
import { placeText } from '../../report/place.ts'
import { oidcProvidersVariable } from '../../rules/facts/oidc.ts'
import { providersVariable } from '../../rules/facts/providers.ts'
import {
  holds,
  isLinked,
  linksOf,
  listedProviders,
  mappingVariable,
  sameService,
} from '../../rules/facts/synapse-links.ts'
import { indented, itemsInto, linesBefore } from '../../rules/kit/fix.ts'
import type { FileReader } from '../../support/files/files.ts'
import { inventoryOf, type ValidationSources } from './run.ts'

const unmapped = 'providers/synapse-unmapped'

interface Proposal {
  /** Synapse's list. */
  readonly definition: Definition
  /** The list of MAS that the lines are to be added to; none where there is none yet. */
  readonly target: Definition | undefined
  readonly proposed: ConvertedProviders
  readonly hosts: string[]
  readonly text: string
  /** None where the lines cannot be put in as they are. */
  readonly fix: Suggestion | undefined
}

export interface Proposed {
  readonly verdict: Verdict
  /** YAML for every host whose Synapse has providers that MAS lacks; empty where none has. */
  readonly text: string
}

/**
 * Proposes the counterparts in MAS of those of Synapse's providers that it lacks: as the fix of the first finding that
 * misses one, and as one text. Loads the YAML library, so it does nothing where nobody asks.
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
  const known = byFile(proposals)
  const shown = new Set<Proposal>()
  const findings = verdict.findings.map(finding => withProposal(finding, known, shown))
  return { verdict: { ...verdict, findings }, text: proposals.map(textOf).join('\n') }
}

async function proposalsFor(sources: ValidationSources): Promise<readonly Proposal[]> {
  const { convertProviders } = await import('../../mas/providers/providers.ts')
  const { files, limit, playbook } = sources
  const dialect = playbook?.facts.dialect
  const proposals = new Map<string, Proposal>()
  for (const host of chosenHosts(inventoryOf(sources), limit)) {
    const { definition } = host.variable(oidcProvidersVariable)
    if (definition?.value.kind !== 'list' || !/^(?:host|group)_vars$/.test(definition.source)) continue
    const indexes = missing(host, definition, dialect)
    const { definition: target } = host.variable(providersVariable)
    const key = JSON.stringify([definition.namePlace, target?.namePlace, indexes])
    const known = proposals.get(key)
    if (known) {
      known.hosts.push(host.name)
      continue
    }
    const source = readText(files, definition.namePlace.file)
    const options = { indexes, byArguments: dialect === 'syn2mas-tool' }
    const proposed = source.kind === 'text' ? convertProviders(source.text, options) : undefined
    if (!proposed) continue
    proposals.set(key, proposalOf(host, definition, target, proposed, options.byArguments, files))
  }
  return withoutRivals([...proposals.values()])
}

/** Which of Synapse's providers, by index, MAS is not seen to have. */
function missing(host: Host, { value }: Definition, dialect: Dialect | undefined): readonly number[] {
  const links = { ...linksOf(host), untold: { key: false, argument: false } }
  const there = new Set(
    listedProviders(value)
      .filter(provider => isLinked(links, provider.authProvider, dialect) || sameService(host, provider))
      .map(({ index }) => index),
  )
  return value.kind === 'list' ? [...value.items.keys()].filter(index => !there.has(index)) : []
}

function proposalOf(
  host: Host,
  definition: Definition,
  target: Definition | undefined,
  proposed: ConvertedProviders,
  byArguments: boolean,
  files: FileReader,
): Proposal {
  const { items, mappings } = proposed
  const whole = target ? '' : `${providersVariable}:\n`
  const words = mappingArguments(mappings).map(word => `  - ${JSON.stringify(word)}\n`)
  const text = `${whole}${indented(items, '  ')}${byArguments ? `${mappingVariable}:\n${words.join('')}` : ''}`
  const isFree = !byArguments || (!target && host.variable(mappingVariable).state === 'absent')
  const lines = text.trimEnd().split('\n')
  const fix = target
    ? added(items, target, files)
    : isUnset(host)
      ? linesBefore(definition, lines)
      : undefined
  return { definition, target, proposed, hosts: [host.name], text, fix: isFree ? fix : undefined }
}

function isUnset(host: Host): boolean {
  const { state, vaults } = host.variable(providersVariable)
  return state === 'absent' || vaults !== undefined
}

function added(items: string, target: Definition, files: FileReader): Suggestion | undefined {
  const source = readText(files, target.namePlace.file)
  return source.kind === 'text' ? itemsInto(target, items, source.text) : undefined
}

/** Where hosts that share a list of Synapse lack different things of it, no lines are right for all of them. */
function withoutRivals(proposals: readonly Proposal[]): readonly Proposal[] {
  const count = new Map<Definition, number>()
  for (const { definition } of proposals) count.set(definition, (count.get(definition) ?? 0) + 1)
  return proposals.map(one => ((count.get(one.definition) ?? 0) > 1 ? { ...one, fix: undefined } : one))
}

function byFile(proposals: readonly Proposal[]): ReadonlyMap<string, readonly Proposal[]> {
  const found = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    const { file } = proposal.definition.namePlace
    const others = found.get(file)
    if (others) others.push(proposal)
    else found.set(file, [proposal])
  }
  return found
}

/** The finding with what its provider lacks; with the fix too, where no finding before it had that. */
function withProposal(
  finding: Finding,
  proposals: ReadonlyMap<string, readonly Proposal[]>,
  shown: Set<Proposal>,
): Finding {
  const { id, place, suggestion } = finding
  if (id !== unmapped || suggestion || !place) return finding
  const found = (proposals.get(place.file) ?? []).find(({ definition }) =>
    holds(definition.value.place, place),
  )
  if (found?.definition.value.kind !== 'list') return finding
  const index = found.definition.value.items.findIndex(item => holds(item.place, place))
  const { fix, proposed } = found
  if (!proposed.mappings.some(mapping => mapping.index === index)) return finding
  const isFirst = fix !== undefined && !shown.has(found)
  shown.add(found)
  const elsewhere =
    fix && !isFirst ? [`The lines proposed at ${placeText(fix.place)} hold this provider, too.`] : []
  const remedy = [finding.remedy, ...remarks(proposed, index), ...elsewhere].join(' ')
  return { ...finding, remedy, ...(isFirst && { suggestion: fix }) }
}

/** What a person must know of the counterpart of one provider. */
function remarks({ gaps, withReference }: ConvertedProviders, index: number): readonly string[] {
  const names = [...new Set(gaps.filter(gap => gap.index === index).map(({ key }) => `\`${key}\``))]
  return [
    ...(names.length > 0 ? [`MAS has no counterpart, or only a near one, of ${names.join(', ')}.`] : []),
    ...(withReference.includes(index)
      ? [
          `The proposed lines only refer to its client secret, which goes with \`${oidcProvidersVariable}\`: put it into a variable of its own, best in a vault, and name that in both lists.`,
        ]
      : []),
  ]
}

function textOf({ text, hosts, definition, target }: Proposal): string {
  const { file, line } = definition.namePlace
  const head = `# For ${hosts.join(', ')}: the counterparts of ${oidcProvidersVariable} in ${file}, line ${line}.\n`
  const where = target && `# To be added to ${providersVariable} in ${placeText(target.namePlace)}.\n`
  return `${head}${where ?? ''}${text}`
}
