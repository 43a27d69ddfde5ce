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

/** Whether a person can accept one of them in the file of accepted findings. */
export function canBeAccepted(findings: readonly Finding[]): boolean {
  return findings.some(({ remedy }) => remedy.includes('accepted-findings.yml'))
}

/** What findings are, such as `errors and warning`. */
export function severityNouns(findings: readonly Finding[]): string {
  return severities
    .flatMap(kind => {
      const count = findings.filter(({ severity }) => severity === kind).length
      return count === 0 ? [] : [count === 1 ? kind : `${kind}s`]
    })
    .join(' and ')
}

/** Path of a rule's page in the repository of this toolkit. */
export function pageOfRule(id: string): string {
  return `docs/rules/${id.replace('/', '-')}.md`
}

/**
 * Families and rules in the order of what a finding means: a lockout or a migration that stops, code on the runner, a service that does
 * not work, vars that a deployment refuses or ignores, and last mere names, of which a report can have many.
 */
const consequences: readonly RegExp[] = [
  /^(?:mas|providers|synapse|change|syn2mas|doctor|inventory)\//,
  /^trust\//,
  /^(?!playbook\/)/,
  /^playbook\/(?!renamed-|removed-|unknown-|unused-|wrong-type|not-compared)/,
]

/** By id: a report can have a finding for each of thousands of hosts. */
const ranks = new Map<string, number>()

/** 0 for the gravest consequence. */
export function consequenceOf({ id }: Pick<Finding, 'id'>): number {
  const known = ranks.get(id)
  if (known !== undefined) return known
  const index = consequences.findIndex(pattern => pattern.test(id))
  const rank = index === -1 ? consequences.length : index
  ranks.set(id, rank)
  return rank
}

/** Sorts by severity, then by consequence, then by place. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    consequenceOf(a) - consequenceOf(b) ||
    byCodeUnit(a.place?.file ?? '', b.place?.file ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0)
  )
}
