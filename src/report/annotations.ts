import { bySeverity, type Finding, openFindings, severities } from '../domain/finding.ts'
import { annotation } from '../support/runner.ts'

/** GitHub shows so many annotations of each kind from one step, and drops the rest without a word. */
const annotationsPerKind = 10

export interface Annotations {
  /** Workflow commands, a line each. */
  readonly lines: readonly string[]
  /** How many findings got no annotation, those that are accepted aside. */
  readonly left: number
}

/** Findings that count as annotations on the lines that they are about, as many as GitHub shows. */
export function annotations(findings: readonly Finding[]): Annotations {
  const sorted = openFindings(findings).toSorted(bySeverity)
  const shown = severities.flatMap(severity =>
    sorted.filter(finding => finding.severity === severity).slice(0, annotationsPerKind),
  )
  return { lines: shown.map(line), left: sorted.length - shown.length }
}

function line({ id, severity, message, place, host, why, remedy }: Finding): string {
  const text = [
    `${message}${host === undefined ? '' : ` (host ${host})`}`,
    `Why: ${why}`,
    `What to do: ${remedy}`,
  ]
  const where = place && {
    file: place.file,
    line: place.line,
    ...(place.endLine !== undefined && { endLine: place.endLine }),
    // GitHub takes columns only where the place is on one line.
    ...(place.endLine === place.line && { col: place.column, endColumn: place.endColumn ?? place.column }),
  }
  return annotation(severity, { title: id, ...where }, text.join('\n'))
}
