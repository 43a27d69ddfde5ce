import type { Finding, Place, Suggestion } from '../../domain/finding.ts'
import type { Dialect } from '../../domain/stage.ts'
import {
  isOidcVariable,
  mappingVariable,
  oidcProvidersVariable,
  synapseExtension,
} from '../../domain/variables.ts'
import type { Verdict } from '../../domain/verdict.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host } from '../../inventory/inventory.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { readText } from '../../inventory/read/source-text.ts'
import type { Value } from '../../inventory/value.ts'
import { inExtension, inVars, type ListSource } from '../../mas/providers/list-source.ts'
import { mappingArguments } from '../../mas/providers/provider-mapping.ts'
import type { ConvertedProviders } from '../../mas/providers/providers.ts'
import { placeText } from '../../report/place.ts'
import { embeddedText, extendedIn, extensionOf } from '../../rules/facts/extensions.ts'
import { providersVariable } from '../../rules/facts/providers.ts'
import {
  holds,
  isLinked,
  type Links,
  linksOf,
  listedProviders,
  sameService,
} from '../../rules/facts/synapse-links.ts'
import { indented, itemsInto, linesAfter } from '../../rules/kit/fix.ts'
import type { FileReader } from '../../support/files/files.ts'
import type { ValidationSources } from './run.ts'

const unmapped = new Set(['providers/synapse-unmapped', 'synapse/extension-provider-unmapped'])

/** A list of Synapse's providers. */
interface SynapseList {
  /** The variable that leads to it. */
  readonly definition: Definition
  readonly value: Value
  readonly source: ListSource
  /** The YAML with it. */
  readonly text: string
}

interface Proposal {
  readonly list: SynapseList
  /** The list of MAS that the lines are added to, if there is one. */
  readonly target: Definition | undefined
  readonly proposed: ConvertedProviders
  readonly hosts: string[]
  readonly text: string
  /** Absent if the lines cannot be inserted as they are. */
  readonly fix: Suggestion | undefined
}

export interface Proposed {
  readonly verdict: Verdict
  /** YAML for every host whose Synapse has providers that MAS lacks; empty if there is none. */
  readonly text: string
}

/**
 * Converts the providers of Synapse that MAS lacks: as the fix of the first finding about them, and as one text. It does nothing
 * unless a finding or `always` asks for it, because it loads the YAML library.
 *
 * @param always Whether to make the text even without a finding.
 */
export async function withProposals(
  verdict: Verdict,
  sources: ValidationSources,
  always: boolean,
): Promise<Proposed> {
  const isAsked = verdict.findings.some(({ id, suggestion }) => unmapped.has(id) && !suggestion)
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
  const inventory = inventoryOf(files, sources.inventory, playbook && { playbook })
  for (const host of chosenHosts(inventory, limit)) {
    // The lines for one list change where those for the other belong.
    const list = listsOf(host, files).find(each => missing(host, each, dialect).length > 0)
    if (!list) continue
    const indexes = missing(host, list, dialect)
    const { definition: target } = host.variable(providersVariable)
    const key = JSON.stringify([list.definition.namePlace, target?.namePlace, indexes])
    const known = proposals.get(key)
    if (known) {
      known.hosts.push(host.name)
      continue
    }
    const options = { indexes, byArguments: dialect === 'syn2mas-tool', source: list.source }
    const proposed = convertProviders(list.text, options)
    if (!proposed) continue
    proposals.set(key, proposalOf(host, list, target, proposed, options.byArguments, files))
  }
  return withoutRivals([...proposals.values()])
}

/** The lists in vars files: of the variable, and in the extension. */
function listsOf(host: Host, files: FileReader): readonly SynapseList[] {
  const isInVars = (definition: Definition | undefined): definition is Definition =>
    definition !== undefined && /^(?:host|group)_vars$/.test(definition.source)
  const own = host.variable(oidcProvidersVariable).definition
  const extension = extensionOf(host, synapseExtension)
  const file = isInVars(own) ? readText(files, own.namePlace.file) : undefined
  const text = isInVars(extension) ? embeddedText(extension) : undefined
  const extended = extension && text && extendedIn(extension, [inExtension.key], files)
  return [
    ...(isInVars(own) && file?.kind === 'text'
      ? [{ definition: own, value: own.value, source: inVars, text: file.text }]
      : []),
    ...(extended && hasOwnLines(extended.value)
      ? [{ definition: extension, value: extended.value, source: inExtension, text }]
      : []),
  ].filter(({ value }) => value.kind === 'list')
}

/** Whether the place of each item tells which one it is: not so in a text that is no literal block. */
function hasOwnLines(list: Value): boolean {
  const items = list.kind === 'list' ? list.items : []
  return new Set(items.map(({ place }) => place.line)).size === items.length
}

/** The indexes of Synapse's providers that MAS does not visibly have. */
function missing(host: Host, { value }: SynapseList, dialect: Dialect | undefined): readonly number[] {
  const links: Links = { ...linksOf(host), hidden: { key: false, argument: false } }
  const there = new Set(
    listedProviders(value)
      .filter(provider => isLinked(links, provider.authProvider, dialect) || sameService(host, provider))
      .map(({ index }) => index),
  )
  return value.kind === 'list' ? [...value.items.keys()].filter(index => !there.has(index)) : []
}

function proposalOf(
  host: Host,
  list: SynapseList,
  target: Definition | undefined,
  proposed: ConvertedProviders,
  byArguments: boolean,
  files: FileReader,
): Proposal {
  const { items, mappings } = proposed
  const { definition } = list
  const whole = target ? '' : `${providersVariable}:\n`
  const words = mappingArguments(mappings).map(word => `  - ${JSON.stringify(word)}\n`)
  const text = `${whole}${indented(items, '  ')}${byArguments ? `${mappingVariable}:\n${words.join('')}` : ''}`
  const isFree = !byArguments || (!target && host.variable(mappingVariable).state === 'absent')
  const source = readText(files, (target ?? definition).namePlace.file)
  const added = (own: string) =>
    target
      ? itemsInto(target, items, own)
      : isUnset(host)
        ? afterSynapse(host, definition, text, own)
        : undefined
  const fix = isFree && source.kind === 'text' ? added(source.text) : undefined
  return { list, target, proposed, hosts: [host.name], text, fix }
}

function isUnset(host: Host): boolean {
  const { state, vaults } = host.variable(providersVariable)
  return state === 'absent' || vaults !== undefined
}

/** After all of Synapse's variables in this file, which the migration removes. */
function afterSynapse(host: Host, list: Definition, lines: string, text: string): Suggestion | undefined {
  const last = host.layers
    .flatMap(({ variables }) => [...variables.values()])
    .filter(({ name, namePlace }) => isOidcVariable(name) && namePlace.file === list.namePlace.file)
    .reduce((one, other) => (other.namePlace.line > one.namePlace.line ? other : one), list)
  return linesAfter(last, lines, text)
}

/** If hosts share a list of Synapse but lack different items of it, no fix is right for all of them. */
function withoutRivals(proposals: readonly Proposal[]): readonly Proposal[] {
  const count = new Map<Definition, number>()
  for (const { list } of proposals) count.set(list.definition, (count.get(list.definition) ?? 0) + 1)
  return proposals.map(one => ((count.get(one.list.definition) ?? 0) > 1 ? { ...one, fix: undefined } : one))
}

function byFile(proposals: readonly Proposal[]): ReadonlyMap<string, readonly Proposal[]> {
  const found = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    const { file } = proposal.list.definition.namePlace
    const others = found.get(file)
    if (others) others.push(proposal)
    else found.set(file, [proposal])
  }
  return found
}

/** The finding with remarks about its provider. The first finding of a proposal also gets the fix. */
function withProposal(
  finding: Finding,
  proposals: ReadonlyMap<string, readonly Proposal[]>,
  shown: Set<Proposal>,
): Finding {
  const { id, place, suggestion } = finding
  if (!unmapped.has(id) || suggestion || !place) return finding
  const found = (proposals.get(place.file) ?? []).find(({ list }) => indexAt(list, place) >= 0)
  if (!found) return finding
  const index = indexAt(found.list, place)
  const { fix, proposed } = found
  if (!proposed.mappings.some(mapping => mapping.index === index)) return finding
  const isFirst = fix !== undefined && !shown.has(found)
  shown.add(found)
  const elsewhere =
    fix && !isFirst ? [`The lines proposed at ${placeText(fix.place)} include this provider.`] : []
  const remedy = [finding.remedy, ...remarks(found, index), ...elsewhere].join(' ')
  return { ...finding, remedy, ...(isFirst && { suggestion: fix }) }
}

function indexAt({ value }: SynapseList, place: Place): number {
  return value.kind === 'list' ? value.items.findIndex(item => holds(item.place, place)) : -1
}

/** What a reader must know about the conversion of one provider. */
function remarks({ list, proposed: { gaps, withReference } }: Proposal, index: number): readonly string[] {
  const names = [...new Set(gaps.filter(gap => gap.index === index).map(({ key }) => `\`${key}\``))]
  return [
    ...(names.length > 0 ? [`MAS has no exact equivalent of ${names.join(', ')}.`] : []),
    ...(withReference.includes(index)
      ? [
          `The proposed lines refer to the client secret in \`${list.source.variable}\`, which no longer has it after the migration. Move the secret to its own variable, best in a vault, and use that variable in both lists.`,
        ]
      : []),
  ]
}

function textOf({ text, hosts, list, target }: Proposal): string {
  const { file, line } = list.definition.namePlace
  const head = `# For ${hosts.join(', ')}: the providers of ${list.source.variable} in ${file}, line ${line}, converted for MAS.\n`
  const where = target && `# Add these items to ${providersVariable} in ${placeText(target.namePlace)}.\n`
  return `${head}${where ?? ''}${text}`
}
