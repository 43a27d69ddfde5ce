import type { Finding, Place } from '../../domain/finding.ts'
import { type FileReader, joinPath } from '../../support/files/files.ts'
import type { Definition, SourceKind } from '../definition.ts'
import { type MapEntry, type Value, valueAt } from '../value.ts'
import type { Budget } from './budget.ts'
import { limits } from './limits.ts'
import { addProblems, problem, ReadingProblem, startOf } from './problem.ts'
import { readText } from './source-text.ts'
import { overlaps } from './submodules.ts'
import { walk } from './walk.ts'
import { parseYaml } from './yaml-file.ts'

const endings = ['.yml', '.yaml', '.json'] as const

/** The variables of one host or group from one folder. */
export interface VarsLayer {
  readonly variables: ReadonlyMap<string, Definition>
  readonly overridden: readonly Definition[]
  /** Encrypted or broken files, whose content is unknown. */
  readonly opaque: readonly string[]
  /** The opaque files that Ansible Vault encrypted. */
  readonly vaults: readonly string[]
}

interface GrowingLayer extends VarsLayer {
  readonly variables: Map<string, Definition>
  readonly overridden: Definition[]
  readonly opaque: string[]
  readonly vaults: string[]
}

/** Reads `host_vars` and `group_vars` and collects their errors in `problems`. */
export class VarsFiles {
  readonly problems: Finding[] = []
  readonly read: string[] = []
  readonly nonAscii: string[] = []
  private readonly files: FileReader
  private readonly budget: Budget
  private readonly missing: readonly string[]
  /** Prefix of paths in findings, for a playbook outside the repository. */
  private readonly label: string
  /** The names in each folder of `host_vars` or `group_vars`. */
  private readonly names = new Map<string, ReadonlySet<string> | undefined>()

  /** @param missing Folders of submodules that are not checked out. */
  constructor(files: FileReader, budget: Budget, missing: readonly string[], label = '') {
    this.files = files
    this.missing = missing
    this.budget = budget
    this.label = label
  }

  /** @param folder The folder that holds `host_vars` and `group_vars`. */
  layer(folder: string, source: SourceKind, entity: string): VarsLayer | undefined {
    const kind = source.endsWith('host_vars') ? 'host_vars' : 'group_vars'
    if (entity.includes('/')) return undefined
    const base = joinPath(folder, kind)
    if (base === undefined) return undefined
    const own = `${base}/${entity}`
    const missing = this.missing.filter(path => overlaps(path, own))
    const found = this.files.entry(base).kind === 'absent' ? [] : this.find(base, entity)
    if (found.length === 0 && missing.length === 0) return undefined
    const opaque = missing.map(path => this.label + path)
    const layer: GrowingLayer = { variables: new Map(), overridden: [], opaque, vaults: [] }
    for (const path of found) this.add(layer, path, source, kind === 'group_vars' ? entity : undefined)
    return layer
  }

  /** Like Ansible, reads the first of `NAME` (file or folder), `NAME.yml`, `NAME.yaml`, `NAME.json` and ignores the others. */
  private find(base: string, entity: string): string[] {
    const [first, ...hidden] = ['', ...endings]
      .filter(ending => this.exists(base, entity + ending))
      .map(ending => `${base}/${entity}${ending}`)
    if (first === undefined) return []
    for (const other of hidden) {
      const message = `${other} is ignored because ${first} exists`
      addProblems(this.problems, problem('inventory/shadowed-file', message, this.placed(other)))
    }
    return this.files.entry(first).kind === 'directory' ? this.inFolder(first) : [first]
  }

  private exists(folder: string, name: string): boolean {
    const names = this.namesIn(folder)
    // A group may have the name `.` or `..`, which no list contains.
    if (names && !/^\.{0,2}$/.test(name)) return names.has(name)
    return this.files.entry(`${folder}/${name}`).kind !== 'absent'
  }

  /** Lists each folder once, instead of a look at every possible file of every host. A link to outside has no list. */
  private namesIn(folder: string): ReadonlySet<string> | undefined {
    if (!this.names.has(folder)) {
      const isOutside = this.files.entry(folder).kind === 'outside'
      this.names.set(folder, isOutside ? undefined : new Set(this.files.list(folder)))
    }
    return this.names.get(folder)
  }

  private inFolder(folder: string): string[] {
    const found: string[] = []
    const isVarsFile = (name: string, isFolder: boolean): boolean => {
      if (name.startsWith('.') || name.endsWith('~')) return false
      const ending = /.(\.[^.]*)$/.exec(name)?.[1] ?? ''
      return ending === '' || (!isFolder && endings.some(known => known === ending))
    }
    walk(this.files, folder, isVarsFile, (path, refusal) => {
      if (refusal) addProblems(this.problems, refusal.finding)
      else found.push(path)
    })
    return found
  }

  private add(layer: GrowingLayer, path: string, source: SourceKind, group: string | undefined): void {
    const label = this.label + path
    const isRead = this.budget.attempt(this.problems, () => {
      const definitions = this.definitions(path, label, source, group)
      if (definitions === 'vault') {
        layer.opaque.push(label)
        layer.vaults.push(label)
        return
      }
      for (const definition of definitions) {
        const earlier = layer.variables.get(definition.name)
        if (earlier) layer.overridden.push(earlier)
        layer.variables.set(definition.name, definition)
      }
    })
    if (!isRead) layer.opaque.push(label)
  }

  private definitions(
    path: string,
    label: string,
    source: SourceKind,
    group: string | undefined,
  ): Definition[] | 'vault' {
    if (this.read.length >= limits.files) {
      throw new ReadingProblem('inventory/limit', `there are more than ${limits.files} files`, startOf(label))
    }
    this.read.push(label)
    this.budget.spendBytes(this.files.entry(path).size, startOf(label))
    const text = readText(this.files, path, label)
    if (text.kind === 'vault') return 'vault'
    if (!text.isAscii) this.nonAscii.push(label)
    const { value, problems, parts } = parseYaml(label, text.text)
    this.budget.spendParts(parts, startOf(label))
    addProblems(this.problems, ...problems)
    if (!value || value.kind === 'null') return []
    if (value.kind === 'vault') return 'vault'
    if (value.kind !== 'map') {
      throw new ReadingProblem('inventory/not-a-mapping', `${label} is not a mapping`, value.place)
    }
    const isSealed = valueAt(value, 'sops', 'mac') !== undefined
    return value.entries.map(entry => new EntryDefinition(entry, source, group, isSealed))
  }

  private placed(path: string) {
    return startOf(this.label + path)
  }
}

/** Computes its place on demand, like `LocatedEntry`. */
class EntryDefinition implements Definition {
  readonly name: string
  readonly value: Value
  readonly source: SourceKind
  readonly group: string | undefined
  readonly isSealed: boolean
  private readonly entry: MapEntry

  constructor(entry: MapEntry, source: SourceKind, group: string | undefined, isSealed: boolean) {
    this.name = entry.key
    this.value = entry.value
    this.source = source
    this.group = group
    this.isSealed = isSealed
    this.entry = entry
  }

  get namePlace(): Place {
    return this.entry.keyPlace
  }
}
