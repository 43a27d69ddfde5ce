import type { Finding, Place } from '../domain/finding.ts'
import { type FileReader, joinPath } from '../support/files/files.ts'
import { type Definition, isOfPlaybook, type SourceKind } from './definition.ts'
import type { Host, Variable } from './inventory.ts'
import { templated } from './jinja.ts'
import type { Budget } from './read/budget.ts'
import type { Group, Member } from './read/members.ts'
import { problem, startOf } from './read/problem.ts'
import { missingSubmodules, overlaps } from './read/submodules.ts'
import { VarsFiles, type VarsLayer } from './read/vars-files.ts'
import { type Bare, isOpaque, type Value } from './value.ts'

export interface InventoryOptions {
  /**
   * The playbook checkout, whose `group_vars` and `host_vars` override those next to the inventory. Default: only the
   * repository is read. `label` is the prefix of its paths in findings.
   */
  readonly playbook?: { readonly files: FileReader; readonly label: string }
  /** Variables passed with `-e`, which override all others. */
  readonly extraVars?: Readonly<Record<string, unknown>>
}

/** Variables by source, in the order in which Ansible merges them (`vars/manager.py` of ansible-core). */
export class HostVariables {
  private readonly inventoryFiles: VarsFiles
  private readonly playbook: VarsFiles | undefined
  private readonly folders: readonly string[]
  private readonly missing: readonly Finding[]
  private readonly extra: VarsLayer | undefined
  private readonly cache = new Map<string, VarsLayer | undefined>()

  /** @param folders The folders with the inventory's `host_vars` and `group_vars`, lowest precedence first. */
  constructor(files: FileReader, folders: readonly string[], budget: Budget, options: InventoryOptions) {
    const missing = missingSubmodules(files)
    this.inventoryFiles = new VarsFiles(
      files,
      budget,
      missing.map(({ path }) => path),
    )
    this.folders = folders
    this.playbook =
      options.playbook && new VarsFiles(options.playbook.files, budget, [], options.playbook.label)
    this.missing = missing.flatMap(({ path, place }) => {
      const holdsVariables = folders.some(folder =>
        ['host_vars', 'group_vars'].some(kind => overlaps(joinPath(folder, kind) ?? kind, path)),
      )
      const message = `${path} is a submodule that is not checked out`
      return holdsVariables ? [problem('inventory/missing-submodule', message, place)] : []
    })
    this.extra = options.extraVars && extraLayer(options.extraVars)
  }

  get problems(): readonly Finding[] {
    return [...this.missing, ...this.inventoryFiles.problems, ...(this.playbook?.problems ?? [])]
  }

  /** Files of the repository with non-ASCII characters. */
  get nonAscii(): readonly string[] {
    return this.inventoryFiles.nonAscii
  }

  host(member: Member, groups: readonly Group[]): Host {
    const strongestFirst = this.layers(member, groups).reverse()
    return {
      name: member.name,
      place: member.place,
      groups: groups.map(group => group.name),
      layers: strongestFirst,
      variable: lookUp(strongestFirst),
      variableNames: () => new Set(strongestFirst.flatMap(layer => [...layer.variables.keys()])),
    }
  }

  private layers(member: Member, groups: readonly Group[]): VarsLayer[] {
    const all = groups.filter(group => group.name === 'all')
    const others = groups.filter(group => group.name !== 'all')
    const files = (source: SourceKind, names: readonly { name: string }[]) =>
      this.foldersOf(source).flatMap(folder => names.map(({ name }) => this.cached(source, folder, name)))
    const layers = [
      ...groups.map(own),
      ...files('group_vars', all),
      ...files('playbook_group_vars', all),
      ...files('group_vars', others),
      ...files('playbook_group_vars', others),
      own(member),
      ...files('host_vars', [member]),
      ...files('playbook_host_vars', [member]),
      this.extra,
    ]
    return layers.filter(layer => layer !== undefined)
  }

  private foldersOf(source: SourceKind): readonly string[] {
    return isOfPlaybook({ source }) ? [''] : this.folders
  }

  private cached(source: SourceKind, folder: string, name: string): VarsLayer | undefined {
    const key = `${source}/${folder}/${name}`
    if (this.cache.has(key)) return this.cache.get(key)
    const layer = (isOfPlaybook({ source }) ? this.playbook : this.inventoryFiles)?.layer(
      folder,
      source,
      name,
    )
    this.cache.set(key, layer)
    return layer
  }
}

function own(owner: Member): VarsLayer | undefined {
  if (owner.variables.size === 0) return undefined
  return { variables: owner.variables, overridden: owner.overridden, opaque: [], vaults: [] }
}

function extraLayer(extraVars: Readonly<Record<string, unknown>>): VarsLayer {
  const place = startOf('extra-vars')
  const variables = new Map<string, Definition>()
  for (const [name, json] of Object.entries(extraVars)) {
    variables.set(name, { name, namePlace: place, value: jsonValue(json, place), source: 'extra-vars' })
  }
  return { variables, overridden: [], opaque: [], vaults: [] }
}

/** Unreadable files count only if no other file of the inventory sets the variable: a plain definition is trusted. */
function lookUp(strongestFirst: readonly VarsLayer[]): (name: string) => Variable {
  const unset = { overridden: [], ...unreadIn(strongestFirst) } as const
  return name => {
    const overridden: Definition[] = []
    let definition: Definition | undefined
    let stronger: readonly VarsLayer[] = []
    for (const [index, layer] of strongestFirst.entries()) {
      const winner = layer.variables.get(name)
      if (!winner) continue
      if (definition) overridden.push(winner)
      else if (isOfPlaybook(winner)) stronger = strongestFirst.slice(0, index)
      definition ??= winner
      if (layer.overridden.length > 0)
        overridden.push(...layer.overridden.filter(each => each.name === name).reverse())
    }
    if (!definition) return { name, state: unset.hiddenIn.length > 0 ? 'unknown' : 'absent', ...unset }
    const { value } = definition
    const state = isOpaque(value) ? (value.kind === 'vault' ? 'vault' : 'unknown') : 'known'
    return { name, state, value, definition, overridden, ...unreadIn(stronger) }
  }
}

function unreadIn(layers: readonly VarsLayer[]): Pick<Variable, 'hiddenIn' | 'vaults'> {
  const hiddenIn = layers.flatMap(({ opaque }) => opaque)
  const vaults = layers.flatMap(layer => layer.vaults)
  return { hiddenIn, ...(vaults.length > 0 && vaults.length === hiddenIn.length && { vaults }) }
}

/**
 * A value from JSON, such as extra vars. All parts have the same place.
 *
 * @param asText What Ansible makes of a text.
 */
export function jsonValue(json: unknown, place: Place, asText = templated): Value {
  return { ...bareOf(json, place, asText), place }
}

function bareOf(json: unknown, place: Place, asText: typeof templated): Bare {
  if (typeof json === 'string') return asText(json)
  if (typeof json === 'boolean') return { kind: 'boolean', value: json }
  if (typeof json === 'number') {
    return Number.isInteger(json) ? { kind: 'integer', value: BigInt(json) } : { kind: 'float', value: json }
  }
  if (Array.isArray(json)) return { kind: 'list', items: json.map(item => jsonValue(item, place, asText)) }
  if (typeof json !== 'object' || json === null) return { kind: 'null' }
  const entries = Object.entries(json).map(([key, value]) => ({
    key,
    keyPlace: place,
    value: jsonValue(value, place, asText),
  }))
  return { kind: 'map', entries }
}
