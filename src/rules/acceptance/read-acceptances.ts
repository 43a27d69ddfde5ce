import type { Finding, Place } from '../../domain/finding.ts'
import { validate } from '../../generated/accepted-findings.ts'
import { ReadingProblem, startOf } from '../../inventory/read/problem.ts'
import { readText } from '../../inventory/read/source-text.ts'
import { parseYaml } from '../../inventory/read/yaml-file.ts'
import { entryOf, partAt, toJson, type Value } from '../../inventory/value.ts'
import type { FileReader } from '../../support/files/files.ts'
import { acceptanceFinding } from './texts.ts'

/** One entry of the file of accepted findings. */
export interface Acceptance {
  readonly id: string
  readonly reason: string
  /** `YYYY-MM-DD`, the last day. */
  readonly until?: string
  readonly host?: string
  readonly file?: string
  readonly atMost?: number
  readonly place: Place
}

export interface Acceptances {
  readonly entries: readonly Acceptance[]
  readonly problems: readonly Finding[]
}

type Entry = Omit<Acceptance, 'place' | 'atMost'> & { readonly 'at-most'?: number }

interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

const validateSchema: { (data: unknown): boolean; errors?: readonly SchemaError[] | null } = validate

/**
 * Reads the file of accepted findings (`schemas/accepted-findings.schema.json`). A malformed file accepts nothing,
 * and is reported in `problems`.
 */
export function readAcceptances(files: FileReader, path: string): Acceptances {
  if (files.entry(path).kind === 'absent') return { entries: [], problems: [] }
  try {
    const text = readText(files, path)
    if (text.kind === 'vault') return malformed(`${path} is encrypted`, startOf(path))
    const { value, problems } = parseYaml(path, text.text)
    if (problems[0]) return malformed(problems[0].message, problems[0].place ?? startOf(path))
    return value && value.kind !== 'null' ? entriesOf(value) : { entries: [], problems: [] }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return malformed(error.finding.message, error.finding.place ?? startOf(path))
  }
}

function entriesOf(document: Value): Acceptances {
  const { json, opaque } = toJson(document)
  if (opaque[0] !== undefined) {
    return malformed('this value is Jinja or encrypted', partAt(document, opaque[0]).place)
  }
  if (!validateSchema(json)) {
    const problems = (validateSchema.errors ?? []).flatMap(
      error => malformed(describeError(error), partAt(document, error.instancePath).place).problems,
    )
    return { entries: [], problems }
  }
  const items = (json as { readonly accepted: readonly Entry[] | null }).accepted ?? []
  const entries = items.map((entry, index): Acceptance => {
    const { 'at-most': atMost, ...rest } = entry
    const whole = partAt(document, `/accepted/${index}`)
    const place = entryOf(whole, 'id')?.value.place ?? whole.place
    return { ...rest, ...(atMost !== undefined && { atMost }), place }
  })
  const invalidDate = entries.find(({ until }) => until !== undefined && !isDate(until))
  return invalidDate ? malformed('`until` is not a valid date', invalidDate.place) : { entries, problems: [] }
}

function describeError({ instancePath, keyword, params }: SchemaError): string {
  const [, , index, key] = instancePath.split('/')
  const subject = index === undefined ? 'the file' : `entry ${Number(index) + 1}`
  if (keyword === 'required') return `${subject} has no \`${String(params.missingProperty)}\``
  if (keyword === 'additionalProperties') {
    return `${subject} has the unknown key \`${String(params.additionalProperty)}\``
  }
  if (key === 'until') return `\`until\` of ${subject} must be a date, such as \`2027-01-31\``
  if (key === 'id') return `\`id\` of ${subject} must be a rule id, such as \`mas/stage-unknown\``
  if (key === 'at-most') return `\`at-most\` of ${subject} must be a whole number above 0`
  return key === undefined
    ? `${subject} is not a list of entries`
    : `\`${key}\` of ${subject} must be a string`
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function malformed(message: string, place: Place): Acceptances {
  return { entries: [], problems: [acceptanceFinding('accepted/malformed', message, place)] }
}
