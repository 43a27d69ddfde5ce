import type { Finding, Severity } from '../../domain/finding.ts'
import { causeOf } from './cause.ts'

/** Explains one message of a tool. No part contains a secret. */
export interface ToolMessage {
  /** Id without its prefix (`syn2mas/` or `doctor/`). */
  readonly name: string
  /** `error` by default. */
  readonly severity?: Severity
  /** A phrase that only this message contains, on one line: wrapped texts are joined. Named groups are passed to `message`. */
  readonly match: RegExp
  /** One sentence. `n` is the number in the tool's message, or how often the tool printed it. */
  readonly message: (groups: Readonly<Record<string, string>>, n: number) => string
  readonly why: string
  /** Names the playbook variable to change, if there is one, and the exact value where it is known. */
  readonly remedy: string | ((groups: Readonly<Record<string, string>>) => string)
  /** Path of the page that explains it. */
  readonly page?: string
  /** Counts all matches as one finding. If false, matches with different groups (such as provider names) are separate. */
  readonly merged?: boolean
  /** Adds the cause that the text gives to the message. */
  readonly showsCause?: boolean
}

/** A finding from a tool's output. `count` is the number of accounts, rows or messages it covers. */
export interface ToolFinding extends Finding {
  readonly count: number
}

export interface ToolText {
  readonly text: string
  /** Overrides that of the row. */
  readonly severity?: Severity
  /** The cause, where it is not in the text. */
  readonly cause?: string
}

interface Hit {
  readonly row: ToolMessage
  readonly groups: Readonly<Record<string, string>>
  readonly cause: string
  count: number
}

/**
 * Explains each text by the first matching row of the table. A text's own `severity` overrides that of the row. Texts
 * without a matching row are returned as `unknown`.
 */
export function explain(
  family: string,
  table: readonly ToolMessage[],
  texts: readonly ToolText[],
): { findings: ToolFinding[]; unknown: ToolText[] } {
  const hits = new Map<string, Hit & { severity: Severity }>()
  const unknown: ToolText[] = []
  for (const item of texts) {
    const hit = findRow(table, item)
    if (hit === undefined) {
      unknown.push(item)
      continue
    }
    const { n, ...named } = hit.groups
    const severity = item.severity ?? hit.row.severity ?? 'error'
    const key = `${hit.row.name} ${severity} ${hit.row.merged ? '' : JSON.stringify(named)}`
    const count = n === undefined ? 1 : Number(n)
    const known = hits.get(key)
    if (known) known.count += count
    else hits.set(key, { ...hit, severity, count })
  }
  const findings = [...hits.values()].map(({ row, groups, cause, count, severity }) => ({
    id: `${family}/${row.name}`,
    severity,
    message: withCause(row.message(groups, count), cause),
    why: row.why,
    remedy: typeof row.remedy === 'string' ? row.remedy : row.remedy(groups),
    ...(row.page === undefined ? {} : { page: row.page }),
    count,
  }))
  return { findings, unknown }
}

function findRow(table: readonly ToolMessage[], { text, cause }: ToolText): Hit | undefined {
  const line = text.replace(/\s*\n\s*/g, ' ')
  for (const row of table) {
    const match = row.match.exec(line)
    if (match)
      return {
        row,
        groups: { ...match.groups },
        cause: cause ?? (row.showsCause ? causeOf(text) : ''),
        count: 1,
      }
  }
  return undefined
}

/** The cause as a sentence of its own. */
export function withCause(message: string, cause: string): string {
  return cause === '' ? message : `${message} Cause: ${cause.replace(/\.$/, '')}.`
}
