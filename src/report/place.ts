import type { Place } from '../domain/finding.ts'

/** `file:line:column`, the form that terminals and editors link. */
export function placeText(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`
}
