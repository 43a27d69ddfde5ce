import { ToolkitError } from '../support/errors.ts'
import { visible } from '../support/escape.ts'
import { type JsonRecord, parseRecord } from '../support/json.ts'

/** How to read one input. `read` receives trimmed text that is not empty, and throws a `BadInput` that says what is valid. */
export interface InputReader<T> {
  readonly read: (text: string) => T
  /** The text that an empty input stands for; the default in action.yml. */
  readonly fallback?: string | undefined
  /** The value of an empty input without a fallback. An input with neither is required. */
  readonly absent?: { readonly value: T }
  /** The runner masks its text in the log. */
  readonly isSecret?: boolean
}

/** An invalid value. The message says what is valid, and repeats the value only where it is `shown`. */
export class BadInput extends Error {
  override readonly name = 'BadInput'
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name

/** Readers by the names of their inputs in kebab-case. */
export type InputTable = Readonly<Record<string, InputReader<unknown>>>

/** The values of a table of readers, by their names in camelCase. */
export type Inputs<Table extends InputTable> = {
  readonly [Name in keyof Table & string as CamelCase<Name>]: Table[Name] extends InputReader<infer T>
    ? T
    : never
}

export function text(fallback?: string): InputReader<string> {
  return { read: value => value, fallback }
}

export function secret(): InputReader<string> {
  return { ...text(), isSecret: true }
}

/** Paths, separated by commas or newlines. */
export function paths(fallback?: string): InputReader<readonly string[]> {
  return {
    read: value => {
      const found = value
        .split(/[,\n]/)
        .map(path => path.trim())
        .filter(path => path !== '')
      if (found.length === 0) throw new BadInput('must be a path, or several separated by commas')
      return found
    },
    fallback,
  }
}

/** Makes an input optional: `undefined` if it is empty. */
export function optional<T>(reader: InputReader<T>): InputReader<T | undefined> {
  const { read, isSecret = false } = reader
  return { read, isSecret, absent: { value: undefined } }
}

export function flag(fallback?: boolean): InputReader<boolean> {
  return {
    read: value => {
      if (value === 'true' || value === 'false') return value === 'true'
      throw new BadInput(`must be \`true\` or \`false\`${shown(value)}`)
    },
    fallback: fallback?.toString(),
  }
}

export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  fallback?: Choice,
): InputReader<Choice> {
  return {
    read: value => {
      const choice = choices.find(candidate => candidate === value)
      if (choice === undefined)
        throw new BadInput(`must be one of ${choices.map(name => `\`${name}\``).join(', ')}${shown(value)}`)
      return choice
    },
    fallback,
  }
}

export function wholeNumber(
  limits: { min?: number; max?: number; fallback?: number } = {},
): InputReader<number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, fallback } = limits
  const range = max < Number.MAX_SAFE_INTEGER ? ` from ${min} to ${max}` : min > 0 ? ` from ${min}` : ''
  return { read: value => wholeNumberIn(value, min, max, range), fallback: fallback?.toString() }
}

function wholeNumberIn(value: string, min: number, max: number, range: string): number {
  const parsed = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (parsed >= min && parsed <= max) return parsed
  throw new BadInput(`must be a whole number${range}${shown(value)}`)
}

/** The most characters that are shown of a word or a number that was meant for an input. Keys, tokens and good passwords are longer. */
const longestShown = 15

/** The rest of a sentence, on one line. Empty where the value may be a secret that was given to the wrong input. */
export function shown(value: string): string {
  return value.length > longestShown ? '' : `, but is ${visible(JSON.stringify(value))}`
}

/** A whole number, or a word that stands for all of them. Default 0. */
export function wholeNumberOr<const Word extends string>(word: Word): InputReader<number | Word> {
  return {
    read: value =>
      value === word ? word : wholeNumberIn(value, 0, Number.MAX_SAFE_INTEGER, ` or \`${word}\``),
    fallback: '0',
  }
}

/** A JSON object, such as `extra-vars`; `{}` if it is empty. */
export function jsonObject(): InputReader<JsonRecord> {
  return {
    read: value => {
      const parsed = parseRecord(value)
      if (parsed !== undefined) return parsed
      throw new BadInput('must be a JSON object, such as {"name": true}')
    },
    absent: { value: {} },
  }
}

/**
 * Reads every input of a table. `givenText` returns an input's text by its name in kebab-case.
 *
 * @throws ToolkitError of reason `input-invalid` that lists all invalid inputs.
 */
export function readInputs<const Table extends InputTable>(
  table: Table,
  givenText: (name: string) => string | undefined,
): Inputs<Table> {
  const values: Record<string, unknown> = {}
  const bad: string[] = []
  for (const [name, reader] of Object.entries(table)) {
    try {
      values[camelCase(name)] = readOne(reader, givenText(name)?.trim() ?? '')
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      bad.push(`\`${name}\` ${error.message}`)
    }
  }
  if (bad.length > 0) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `${bad.length === 1 ? 'An input is' : `${bad.length} inputs are`} invalid: ${bad.join('; ')}.`,
      where: '`with:` of the step, or the options of the command',
      remedy: `Fix ${bad.length === 1 ? 'it' : 'them'}. docs/reference describes every input.`,
    })
  }
  return values as Inputs<Table>
}

function readOne<T>(reader: InputReader<T>, given: string): T {
  const value = given === '' ? (reader.fallback ?? '') : given
  if (value !== '') return reader.read(value)
  if (reader.absent) return reader.absent.value
  if (reader.fallback !== undefined) return reader.read('')
  throw new BadInput('is required')
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
