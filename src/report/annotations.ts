import { bySeverity, type Finding, openFindings, type Severity, severities } from '../domain/finding.ts'
import { plural } from '../support/plural.ts'
import { placeText } from './place.ts'

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

/**
 * Open findings as annotations, as many as GitHub shows, those with the gravest consequence first. Findings of one rule are one
 * annotation, on the line of the first.
 */
export function annotations(findings: readonly Finding[]): Annotations {
  const sorted = openFindings(findings).toSorted(bySeverity)
  const kinds = Map.groupBy(sorted, ({ id, severity }) => `${severity} ${id}`)
  const shown = severities.flatMap(severity =>
    [...kinds.values()].filter(([first]) => first?.severity === severity).slice(0, annotationsPerSeverity),
  )
  return {
    shown: shown.flatMap(([first, ...others]) => (first ? [annotation(first, others)] : [])),
    left: sorted.length - shown.flat().length,
  }
}

const mostPlaces = 10

function othersText(others: readonly Finding[]): string {
  const named = others
    .slice(0, mostPlaces)
    .flatMap(({ place, host }) => (place ? placeText(place) : (host ?? [])))
  const rest = named.length < others.length ? ' …' : ''
  return `${plural(others.length, 'more finding')} of this kind: ${[...new Set(named)].join(', ')}${rest}. The summary of this step lists all.`
}

function annotation(
  { id, severity, message, place, host, why, remedy }: Finding,
  others: readonly Finding[],
): Annotation {
  const text = [
    `${message}${host === undefined ? '' : ` (host ${host})`}`,
    ...(others.length > 0 ? [othersText(others)] : []),
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
