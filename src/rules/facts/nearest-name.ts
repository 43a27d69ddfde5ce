import { closest, distance } from 'fastest-levenshtein'
import { oncePer } from '../kit/once-per.ts'

/** The name with the smallest edit distance, up to `furthest`. */
export function nearestByLetters(
  name: string,
  names: readonly string[],
  furthest: number,
): string | undefined {
  if (name.length < 12) return undefined
  const letters = lettersOf(name)
  const near = lettersOfAll(names).filter(
    other => Math.abs(other.length - name.length) <= furthest && fewestEdits(letters, other) <= furthest,
  )
  if (near.length === 0) return undefined
  const nearest = closest(
    name,
    near.map(other => other.name),
  )
  return distance(name, nearest) <= furthest ? nearest : undefined
}

interface Letters {
  readonly name: string
  readonly length: number
  /** How often each letter occurs, by its code modulo 32. */
  readonly counts: Uint8Array
}

const lettersOfAll = oncePer((names: readonly string[]) => names.map(lettersOf))

function lettersOf(name: string): Letters {
  const counts = new Uint8Array(32)
  for (let at = 0; at < name.length; at += 1) {
    const letter = name.charCodeAt(at) % 32
    counts[letter] = (counts[letter] ?? 0) + 1
  }
  return { name, length: name.length, counts }
}

/** A cheap lower bound of the edit distance: one edit adds a letter, removes a letter, or both. */
function fewestEdits(left: Letters, right: Letters): number {
  let added = 0
  let removed = 0
  for (let letter = 0; letter < 32; letter += 1) {
    const difference = (left.counts[letter] ?? 0) - (right.counts[letter] ?? 0)
    if (difference > 0) removed += difference
    else added -= difference
  }
  return Math.max(added, removed)
}

/** The name closest in length that has the same words in the same order, with some words added or removed. */
export function nearestByWords(name: string, names: readonly string[]): string | undefined {
  const words = name.split('_')
  if (words.length < 4) return undefined
  const end = `_${words.at(-1)}`
  const alike = names.filter(other => {
    if (!other.endsWith(end)) return false
    const others = other.split('_')
    return others.length >= 4 && (isWithin(words, others) || isWithin(others, words))
  })
  const difference = (other: string) => Math.abs(other.length - name.length)
  return alike.toSorted((a, b) => difference(a) - difference(b))[0]
}

/** Whether the others contain the words in the same order. */
function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let next = 0
  for (const other of others) if (other === words[next]) next += 1
  return next === words.length
}
