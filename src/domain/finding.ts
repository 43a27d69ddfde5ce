import { byCodeUnit } from '../support/files/files.ts'

export const severities = ['error', 'warning', 'notice'] as const
export type Severity = (typeof severities)[number]

/** A place in a file. `line` and `column` count from 1; `endColumn` is exclusive. */
export interface Place {
  /** Relative to the root of the repository, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

/** A safe fix that replaces the text at `place`. */
export interface Suggestion {
  readonly place: Place
  readonly text: string
}

/** An entry in the repository's file of accepted findings. */
interface Accepted {
  readonly reason: string
  /** `YYYY-MM-DD`, the last day on which it applies. */
  readonly until?: string
  /** The place of the entry. */
  readonly place: Place
}

/** A problem and its fix, for people. Texts may contain untrusted input, which renderers escape, but never a secret. */
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
  /** Path of the rule's page in the repository of this toolkit. */
  readonly page?: string
  /** An encrypted file could contain what is missing. */
  readonly isUncertain?: boolean
  /** An accepted finding is still shown but never fails a check. */
  readonly accepted?: Accepted
}

/** The findings that are not accepted. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ accepted }) => !accepted)
}

/** Path of a rule's page in the repository of this toolkit. */
export function pageOfRule(id: string): string {
  return `docs/rules/${id.replace('/', '-')}.md`
}

/** Sorts by severity, then by place. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    byCodeUnit(a.place?.file ?? '', b.place?.file ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0)
  )
}
