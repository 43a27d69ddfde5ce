/** The client secrets of Synapse's providers, which MAS still needs when the migration removes these. Pure. */
import { oidcProvidersVariable } from '../../domain/variables.ts'
import type { Definition } from '../../inventory/definition.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import { textAt, type Value, valueAt } from '../../inventory/value.ts'
import { isReference } from '../../mas/providers/secrets.ts'
import { replacePart } from '../../rules/kit/fix.ts'
import { type FileReader, textIn } from '../../support/files/files.ts'
import { definitionsOf, isSame } from './definitions.ts'

/** A secret that becomes a variable of its own. */
export interface MovedSecret {
  readonly name: string
  readonly definition: Definition
  readonly value: Value
  /** YAML on one line. */
  readonly source: string
}

export interface ClientSecrets {
  readonly moved: readonly MovedSecret[]
  /** Those that must be moved, but not by this program. */
  readonly left: readonly { readonly provider: string; readonly reason: string }[]
}

/** @param hosts The hosts of the change. */
export function clientSecrets(
  files: FileReader,
  inventory: Inventory,
  hosts: readonly Host[],
): readonly ClientSecrets[] {
  const lists: Definition[] = []
  for (const host of hosts) {
    const { definition } = host.variable(oidcProvidersVariable)
    if (definition && !lists.some(isSame(definition))) lists.push(definition)
  }
  return lists.map(list => secretsOf(files, inventory, hosts, list))
}

function secretsOf(
  files: FileReader,
  inventory: Inventory,
  hosts: readonly Host[],
  definition: Definition,
): ClientSecrets {
  const owners = inventory.hosts.filter(host =>
    definitionsOf(host, oidcProvidersVariable).some(isSame(definition)),
  )
  const other = owners.find(host => !hosts.includes(host))
  const taken = new Set(owners.flatMap(host => [...host.variableNames()]))
  const [moved, left]: [MovedSecret[], { provider: string; reason: string }[]] = [[], []]
  const providers = definition.value.kind === 'list' ? definition.value.items : []
  for (const [index, provider] of providers.entries()) {
    const value = valueAt(provider, 'client_secret')
    const text = value && sourceOf(files, value)
    if (!value || text === undefined || isFine(value, text.inside)) continue
    const id = textAt(provider, 'idp_id')
    const reason = other ? `${other.name} also uses it` : obstacle(definition, value, text)
    if (reason === undefined) {
      const usual = `${/^[A-Za-z]\w*$/.test(id ?? '') ? id : `provider_${index + 1}`}_client_secret`
      const name = taken.has(usual) ? `${usual}_${index + 1}` : usual
      taken.add(name)
      moved.push({ name, definition, value, source: asString(value, text.inside) })
    } else left.push({ provider: id ?? `provider ${index + 1}`, reason })
  }
  return { moved, left }
}

/** MAS can use the same text. */
function isFine(value: Value, text: string): boolean {
  if (value.kind === 'vault') return !isOfSops(text)
  return value.kind === 'null' || (value.kind === 'unknown' && isReference(value.source))
}

const isOfSops = (text: string) => /^["']?ENC\[/.test(text)

function obstacle(definition: Definition, value: Value, { before, inside }: Source): string | undefined {
  if (isOfSops(inside)) return 'SOPS encrypts it'
  const { file, line } = value.place
  const isList = value.kind === 'list' || value.kind === 'map'
  if (isList || !before.endsWith(':') || inside.startsWith('*') || value.place.endLine !== line)
    return `it is not plain text on one line (${file}:${line})`
  if (!replacePart(definition, value, ''))
    return `it is not in a YAML file of host_vars or group_vars (${file})`
  return undefined
}

interface Source {
  /** What stands before the value in its line. */
  readonly before: string
  readonly inside: string
}

function sourceOf(files: FileReader, { place }: Value): Source {
  const line = textIn(files, place.file).split(/\r?\n/)[place.line - 1] ?? ''
  const end = place.endLine === place.line ? (place.endColumn ?? line.length + 1) : line.length + 1
  return { before: line.slice(0, place.column - 1).trimEnd(), inside: line.slice(place.column - 1, end - 1) }
}

/** Keeps how a text is quoted. A number without quotes becomes a text with the same digits. */
function asString({ kind }: Value, text: string): string {
  return kind === 'string' || kind === 'unknown' ? text : `"${text}"`
}
