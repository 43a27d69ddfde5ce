import { bySeverity, type Finding, openFindings, type Severity, severities } from '../domain/finding.ts'

/** GitHub shows this many annotations of each severity from one step, and drops the rest silently. */
const annotationsPerSeverity = 10

export interface Annotation {
  readonly severity: Severity
  readonly title: string
  readonly message: string
  readonly place?: AnnotationPlace
}

/** Lines and columns count from 1. */
export interface AnnotationPlace {
  readonly file: string
  readonly startLine: number
  readonly endLine?: number
  readonly startColumn?: number
  readonly endColumn?: number
}

export interface Annotations {
  readonly shown: readonly Annotation[]
  /** How many open findings have no annotation. */
  readonly left: number
}

/** Open findings as annotations on their lines, as many as GitHub shows. */
export function annotations(findings: readonly Finding[]): Annotations {
  const sorted = openFindings(findings).toSorted(bySeverity)
  const shown = severities.flatMap(severity =>
    sorted.filter(finding => finding.severity === severity).slice(0, annotationsPerSeverity),
  )
  return { shown: shown.map(annotation), left: sorted.length - shown.length }
}

function annotation({ id, severity, message, place, host, why, remedy }: Finding): Annotation {
  const text = [
    `${message}${host === undefined ? '' : ` (host ${host})`}`,
    `Why: ${why}`,
    `What to do: ${remedy}`,
  ]
  const where = place && {
    file: place.file,
    startLine: place.line,
    ...(place.endLine !== undefined && { endLine: place.endLine }),
    // GitHub accepts columns only for a place on one line.
    ...(place.endLine === place.line && {
      startColumn: place.column,
      endColumn: place.endColumn ?? place.column,
    }),
  }
  return { severity, title: id, message: text.join('\n'), ...(where && { place: where }) }
}
