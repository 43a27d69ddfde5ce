import type { Finding, Severity } from '../../domain/finding.ts'

/** How one message of a tool is explained. The parts hold names, never a value of a secret. */
export interface ToolMessage {
  /** Id without the family: `syn2mas/…`, `doctor/…`. */
  readonly name: string
  readonly severity: Severity
  /** Short words that only this message has. Named groups are handed to `message`. */
  readonly match: RegExp
  /** One sentence in our own words. `n` is how often the tool said it, or the number in the message. */
  readonly message: (found: Readonly<Record<string, string>>, n: number) => string
  readonly why: string
  /** Names the playbook's variable to change, where there is one. */
  readonly remedy: string
  /** False where a group in the message makes each one a finding of its own (a provider's name); true where they are added up. */
  readonly together?: boolean
}

/** A finding from a tool's output, with how many accounts, rows or messages it stands for. */
export interface ToolFinding extends Finding {
  readonly count: number
}

interface Hit {
  readonly row: ToolMessage
  readonly groups: Readonly<Record<string, string>>
  count: number
}

/**
 * Explains texts by the first row of the table that matches; `severityOf` may override a row's severity (the block that
 * the tool itself put a text in). Texts that no row matches come back as `unknown`.
 */
export function explain(
  family: string,
  table: readonly ToolMessage[],
  texts: readonly { readonly text: string; readonly severity?: Severity }[],
): { findings: ToolFinding[]; unknown: { readonly text: string; readonly severity?: Severity }[] } {
  const hits = new Map<string, Hit & { severity: Severity }>()
  const unknown: { readonly text: string; readonly severity?: Severity }[] = []
  for (const item of texts) {
    const hit = findRow(table, item.text)
    if (hit === undefined) {
      unknown.push(item)
      continue
    }
    const { n, ...named } = hit.groups
    const severity = item.severity ?? hit.row.severity
    const key = `${hit.row.name} ${severity} ${hit.row.together ? '' : JSON.stringify(named)}`
    const count = n === undefined ? 1 : Number(n)
    const known = hits.get(key)
    if (known) known.count += count
    else hits.set(key, { ...hit, severity, count })
  }
  const findings = [...hits.values()].map(({ row, groups, count, severity }) => ({
    id: `${family}/${row.name}`,
    severity,
    message: row.message(groups, count),
    why: row.why,
    remedy: row.remedy,
    count,
  }))
  return { findings, unknown }
}

function findRow(table: readonly ToolMessage[], text: string): Hit | undefined {
  for (const row of table) {
    const match = row.match.exec(text)
    if (match) return { row, groups: { ...match.groups }, count: 1 }
  }
  return undefined
}

/** `1 account`, `2 accounts`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
