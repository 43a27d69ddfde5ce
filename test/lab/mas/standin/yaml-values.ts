import { readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import { Failure } from './failure.ts'

export type Mapping = Readonly<Record<string, unknown>>

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A YAML file as a mapping; a file that is not there counts as empty, as in MAS (figment). */
export function readYaml(file: string): Mapping {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
  try {
    const value: unknown = parse(text, { merge: true })
    return isMapping(value) ? value : {}
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new Failure(`${error.message.split('\n')[0]} in ${file} YAML file`)
    throw error
  }
}

/** Later files win; mappings are merged, and lists joined where `lists` says so. */
export function mergeMappings(first: Mapping, second: Mapping, lists: 'join' | 'replace'): Mapping {
  const merged: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(second)) {
    const before = merged[key]
    if (isMapping(before) && isMapping(value)) merged[key] = mergeMappings(before, value, lists)
    else if (lists === 'join' && Array.isArray(before) && Array.isArray(value))
      merged[key] = [...before, ...value]
    else merged[key] = value
  }
  return merged
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `found string ${JSON.stringify(value)}`
  if (typeof value === 'boolean') return `found bool ${value}`
  if (typeof value === 'number')
    return Number.isInteger(value) ? `found signed int \`${value}\`` : `found float ${value}`
  if (value === null) return 'found unit'
  return Array.isArray(value) ? 'found sequence' : 'found map'
}

/** Typed reading of one section, with the sentences that MAS uses for what does not fit. */
export class Section {
  readonly #values: Mapping
  readonly #path: string
  readonly #suffix: string
  readonly #file: string

  /** `path` is where the section lies; `suffix` is the part that MAS names last (`secrets`, `upstream_oauth2`). */
  constructor(values: Mapping, path: string, suffix: string, file: string) {
    this.#values = values
    this.#path = path
    this.#suffix = suffix
    this.#file = file
  }

  /** The sentence's end: ` for key "default.passwords.enabled" in config.yaml YAML file`. */
  keyed(sentence: string, key: string): string {
    const name = ['default', this.#path, key, this.#suffix].filter(part => part !== '').join('.')
    return `${sentence} for key "${name}" in ${this.#file} YAML file`
  }

  has(key: string): boolean {
    const value = this.#values[key]
    return value !== undefined && value !== null
  }

  raw(key: string): unknown {
    return this.#values[key]
  }

  section(key: string): Section {
    const value = this.#values[key]
    if (value !== undefined && value !== null && !isMapping(value)) throw this.#wrong(key, value, 'a mapping')
    return new Section(isMapping(value) ? value : {}, this.#below(key), this.#suffix, this.#file)
  }

  list(key: string): Section[] {
    const value = this.#values[key]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw this.#wrong(key, value, 'a sequence')
    return value.map((item: unknown, index) => {
      if (!isMapping(item)) throw this.#wrong(`${key}.${index}`, item, 'a mapping')
      return new Section(item, this.#below(`${key}.${index}`), this.#suffix, this.#file)
    })
  }

  text(key: string): string | undefined {
    const value = this.#values[key]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') throw this.#wrong(key, value, 'a string')
    return value
  }

  requiredText(key: string): string {
    const value = this.text(key)
    if (value === undefined) throw new Failure(`missing field \`${key}\``)
    return value
  }

  flag(key: string, byDefault: boolean): boolean {
    const value = this.#values[key]
    if (value === undefined || value === null) return byDefault
    if (typeof value !== 'boolean') throw this.#wrong(key, value, 'a boolean')
    return value
  }

  number(key: string): number | undefined {
    const value = this.#values[key]
    if (value === undefined || value === null) return undefined
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof number !== 'number') throw this.#wrong(key, value, 'u16')
    return number
  }

  #below(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`
  }

  #wrong(key: string, value: unknown, expected: string): Failure {
    return new Failure(this.keyed(`invalid type: ${describe(value)}, expected ${expected}`, key))
  }
}
