import { type Cursor, chars, isBlankOrEnd, type Token, YamlError } from './cursor.ts'
import type { Scanned } from './scalars.ts'

/** Characters of anchor names and tag handles. */
const word = /[\w-]+/y
const uri = /(?:[\w\-;/?:@&=+$.!~*'()]|%[0-9a-fA-F]{2})+/y
const uriWithBrackets = /(?:[\w\-;/?:@&=+$.!~*'(),[\]]|%[0-9a-fA-F]{2})+/y
const afterName = new Set([...'?:,]}%@`'].map(char => char.charCodeAt(0)))

/** The name of an anchor or alias. The cursor is at its `&` or `*`. */
export function scanName(cursor: Cursor): Scanned {
  const start = cursor.at
  cursor.at += 1
  cursor.skip(word)
  const text = cursor.text.slice(start + 1, cursor.at)
  if (text === '' || !(isBlankOrEnd(cursor.code()) || afterName.has(cursor.code()))) {
    throw new YamlError('unquoted text cannot begin with `&` or `*`: quote it', start)
  }
  return { text, end: cursor.at }
}

/** A tag in its source form: `!name`, `!handle!name` or `!<uri>`. */
export function scanTag(cursor: Cursor, inFlow: boolean): Scanned {
  const start = cursor.at
  if (cursor.code(1) === chars.less) {
    cursor.at += 2
    matchUri(cursor, uriWithBrackets, start)
    if (cursor.code() !== chars.greater) throw malformed(start)
    cursor.at += 1
  } else {
    cursor.at += 1
    cursor.skip(word)
    if (cursor.code() === chars.bang) {
      cursor.at += 1
      matchUri(cursor, uri, start)
    } else matchUri(cursor, uri)
  }
  const code = cursor.code()
  if (!isBlankOrEnd(code) && !(inFlow && code === chars.comma)) throw malformed(start)
  return { text: cursor.text.slice(start, cursor.at), end: cursor.at }
}

/** @param required Start of the tag that is malformed without a match. */
function matchUri(cursor: Cursor, pattern: RegExp, required?: number): void {
  pattern.lastIndex = cursor.at
  const [match] = pattern.exec(cursor.text) ?? []
  if (match !== undefined) cursor.at += match.length
  else if (required !== undefined) throw malformed(required)
}

function malformed(start: number): YamlError {
  return new YamlError('a tag is malformed: quote a text that begins with `!`', start)
}

const longestDirective = 1000

/** A line that begins with `%`, without a comment. */
export function scanDirective(cursor: Cursor): Scanned {
  const start = cursor.at
  cursor.skipToBreak()
  if (cursor.at - start > longestDirective) throw new YamlError('a directive is malformed', start)
  const text = cursor.text.slice(start, cursor.at).replace(/[ \t]+(?:#.*)?$/, '')
  return { text, end: start + text.length }
}

export const coreTag = 'tag:yaml.org,2002:'

/** The prefix of each tag handle (`!`, `!!`, `!name!`). */
export type Handles = ReadonlyMap<string, string>

/** The full tag, or `!` for the non-specific tag. */
export function resolveTag({ text, start }: Token, handles: Handles): string {
  if (text.startsWith('!<')) return decoded(text.slice(2, -1), start)
  if (text === '!') return '!'
  const handle = /^![\w-]*!/.exec(text)?.[0] ?? '!'
  const prefix = handles.get(handle)
  if (prefix === undefined) throw new YamlError('a tag has an undefined handle', start)
  return prefix + decoded(text.slice(handle.length), start)
}

function decoded(uri: string, start: number): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    throw new YamlError('a tag is malformed', start)
  }
}
