import { closest, distance } from 'fastest-levenshtein'

/** The name that differs by the fewest letters, if by no more than `furthest`. */
export function nearestByLetters(
  name: string,
  names: readonly string[],
  furthest: number,
): string | undefined {
  if (name.length < 12 || names.length === 0) return undefined
  const found = closest(name, names)
  return distance(name, found) <= furthest ? found : undefined
}

/** The nearest in length that has the same words in the same order, and some more or fewer between. */
export function nearestByWords(name: string, names: readonly string[]): string | undefined {
  const words = name.split('_')
  const alike = names.filter(other => {
    const others = other.split('_')
    if (Math.min(words.length, others.length) < 4 || others.at(-1) !== words.at(-1)) return false
    return isWithin(words, others) || isWithin(others, words)
  })
  const difference = (other: string) => Math.abs(other.length - name.length)
  return alike.toSorted((a, b) => difference(a) - difference(b))[0]
}

/** Whether the words stand among the others in the same order. */
function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let next = 0
  for (const other of others) if (other === words[next]) next += 1
  return next === words.length
}
