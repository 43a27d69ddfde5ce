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
}
