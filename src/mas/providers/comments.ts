import { isMap, isScalar, isSeq, visit, type YAMLSeq } from 'yaml'
import { isReference } from './secrets.ts'

/** All comments of the given nodes and their children, in order. */
export function commentsIn(...parts: readonly unknown[]): readonly string[] {
  return parts.flatMap(part => {
    if (isScalar(part)) return texts(part.commentBefore, part.comment)
    if (isSeq(part)) return texts(part.commentBefore, ...commentsIn(...part.items), part.comment)
    if (!isMap(part)) return []
    const inside = part.items.flatMap(({ key, value }) => commentsIn(key, value))
    return texts(part.commentBefore, ...inside, part.comment)
  })
}

/** The comments of a node itself, without those of its children. */
export function ownComments(part: unknown): readonly string[] {
  return isScalar(part) || isMap(part) || isSeq(part) ? texts(part.commentBefore, part.comment) : []
}

function texts(...comments: readonly (string | null | undefined)[]): readonly string[] {
  return comments.filter(comment => typeof comment === 'string' && comment !== '') as string[]
}

export function joined(...comments: readonly (string | null | undefined)[]): string | undefined {
  const all = texts(...comments)
  return all.length > 0 ? all.join('\n') : undefined
}

const omitted = ' (comment omitted: it may contain a secret)'
const secretWord = /secret|passw|passphrase|token|credential|private|pepper|\bkey\b|[_-]key\b/i

/**
 * Removes every comment line that may contain a secret from a list that is shown to people.
 *
 * @param source Where the comments come from. A comment line that repeats one of its secret values is removed.
 */
export function removeSecretComments(list: YAMLSeq, source: YAMLSeq): void {
  const secrets = secretsIn(source)
  const cleaned = (comment: string) =>
    comment
      .split('\n')
      .map(line => (mayHoldSecret(line, secrets) ? omitted : line))
      .filter((line, index, all) => line !== omitted || all[index - 1] !== omitted)
      .join('\n')
  visit(list, {
    Node: (_, node) => {
      if (node.commentBefore) node.commentBefore = cleaned(node.commentBefore)
      if (node.comment) node.comment = cleaned(node.comment)
    },
  })
}

function secretsIn(source: YAMLSeq): readonly string[] {
  const secrets: string[] = []
  visit(source, {
    Pair: (_, { key, value }) => {
      const isNamed = isScalar(key) && isSecretName(String(key.value))
      if (isNamed && isScalar(value) && !isReference(value.value) && String(value.value).length >= 4) {
        secrets.push(String(value.value))
      }
    },
  })
  return secrets
}

export function isSecretName(name: string): boolean {
  return secretWord.test(name)
}

/** Matches a known secret, a value next to a word such as `password`, or a long token. */
function mayHoldSecret(line: string, secrets: readonly string[]): boolean {
  if (secrets.some(secret => line.includes(secret))) return true
  if (secretWord.test(line) && givesSecret(line)) return true
  const words = line.split(/\s+/)
  return words.some(word => isMixed(word) || word.split(/[^A-Za-z0-9+=]+/).some(isToken))
}

/** Whether a line with a word such as `password` also contains a value for it. */
function givesSecret(line: string): boolean {
  const parts = line.split(/[:=]/)
  const hasValue = parts.some((part, index) => {
    const value = parts
      .slice(index + 1)
      .join(':')
      .trim()
    if (value === '' || isReference(value.replace(/^(["'])(.*)\1$/, '$2'))) return false
    const name = part.split(/[^\w-]+/).findLast(Boolean) ?? ''
    return isSecretName(name) || !/\s/.test(value)
  })
  return hasValue || line.split(/[\s"'`]+/).some(word => word.length >= 6 && /\d/.test(word))
}

/** Long, with digits and letters mixed as in no word, or digits only. */
function isToken(text: string): boolean {
  if (/^\d{12,}$/.test(text)) return true
  return text.length >= 12 && count(text, /\d/g) >= 2 && count(text, /[a-z]/gi) >= 2
}

/** The same for text with punctuation, such as a password, unless it is an address. */
function isMixed(word: string): boolean {
  return !word.includes('://') && word.length >= 10 && count(word, /\d/g) >= 3 && count(word, /[a-z]/gi) >= 3
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
