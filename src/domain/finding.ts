export const severities = ['error', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]

/** A place in a file of the inventory; `line` and `column` count from 1, `endColumn` is exclusive. */
export interface Place {
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

/** A certain fix: what stands in `place` is replaced by `text`. */
export interface Suggestion {
  readonly place: Place
  readonly text: string
}

/** What a person wrote to accept a finding, in the repository's file of accepted findings. */
interface Accepted {
  readonly reason: string
  /** `YYYY-MM-DD`, the last day on which it counts. */
  readonly until?: string
  /** Where it is accepted. */
  readonly place: Place
}

/** Everything that is said to a person. Texts may hold untrusted input: renderers escape; no text holds a secret. */
export interface Finding {
  /** `family/name`, such as `mas/encryption-secret-format`. */
  readonly id: string
  readonly severity: Severity
  /** One sentence. */
  readonly message: string
  readonly place?: Place
  readonly host?: string
  /** Why it matters. */
  readonly why: string
  /** What to do. */
  readonly remedy: string
  readonly suggestion?: Suggestion
  /** The page about the rule, as a path in the repository of this toolkit. */
  readonly page?: string
  /** An accepted finding stays visible, and neither counts nor fails a check. */
  readonly accepted?: Accepted
}

/** The findings that count: those that nobody accepted. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ accepted }) => !accepted)
}

/** The page about a rule, from the root of this toolkit's repository. */
export function pageOfRule(id: string): string {
  return `docs/rules/${id.replace('/', '-')}.md`
}

/** The most severe first, then by place. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.place?.file ?? '', b.place?.file ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
