import { isMap, isScalar, isSeq, visit, type YAMLSeq } from 'yaml'
import { isReference } from './secrets.ts'

/** All comments in a pair or a part of it, in order. */
export function commentsIn(...parts: readonly unknown[]): readonly string[] {
  return parts.flatMap(part => {
    if (isScalar(part)) return texts(part.commentBefore, part.comment)
    if (isSeq(part)) return texts(part.commentBefore, ...commentsIn(...part.items), part.comment)
    if (!isMap(part)) return []
    const inside = part.items.flatMap(({ key, value }) => commentsIn(key, value))
    return texts(part.commentBefore, ...inside, part.comment)
  })
}

/** Those of a collection itself, without those of its parts. */
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

const leftOut = ' (a comment was left out: it may hold a secret)'
const secretWord = /secret|passw|passphrase|token|credential|private|pepper|\bkey\b|[_-]key\b/i

/**
 * Takes every comment line that may hold a secret out of a list that is shown to people. Others are kept.
 *
 * @param source Where the comments come from: what its keys that are named as secrets hold is no part of any comment.
 */
export function removeSecretComments(list: YAMLSeq, source: YAMLSeq): void {
  const secrets = secretsIn(source)
  const cleaned = (comment: string) =>
    comment
      .split('\n')
      .map(line => (mayHoldSecret(line, secrets) ? leftOut : line))
      .filter((line, index, all) => line !== leftOut || all[index - 1] !== leftOut)
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

/** Whether a key is named as those of secrets are. */
export function isSecretName(name: string): boolean {
  return secretWord.test(name)
}

/** A known secret; something given to a key that is named as a secret, or beside such a word; or a long token. */
function mayHoldSecret(line: string, secrets: readonly string[]): boolean {
  if (secrets.some(secret => line.includes(secret))) return true
  if (secretWord.test(line) && namesSecret(line)) return true
  const words = line.split(/\s+/)
  return words.some(word => isMixed(word) || word.split(/[^A-Za-z0-9+=]+/).some(isToken))
}

/** Of a line that speaks of a secret: whether it gives one, too. */
function namesSecret(line: string): boolean {
  const parts = line.split(/[:=]/)
  const givesOne = parts.some((part, index) => {
    const value = parts
      .slice(index + 1)
      .join(':')
      .trim()
    if (value === '' || isReference(value.replace(/^(["'])(.*)\1$/, '$2'))) return false
    const name = part.split(/[^\w-]+/).findLast(Boolean) ?? ''
    return isSecretName(name) || !/\s/.test(value)
  })
  return givesOne || line.split(/[\s"'`]+/).some(word => word.length >= 6 && /\d/.test(word))
}

/** Long, and of digits and letters by turns as no word is, or of digits alone. */
function isToken(text: string): boolean {
  if (/^\d{12,}$/.test(text)) return true
  return text.length >= 12 && count(text, /\d/g) >= 2 && count(text, /[a-z]/gi) >= 2
}

/** The same for a text with signs in it, such as a password, that is no address. */
function isMixed(word: string): boolean {
  return !word.includes('://') && word.length >= 10 && count(word, /\d/g) >= 3 && count(word, /[a-z]/gi) >= 3
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
