import type { Place } from '../domain/finding.ts'

/** `file:line:column`, the form that terminals and editors link. */
export function placeText(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
