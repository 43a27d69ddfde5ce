import { YamlError } from './cursor.ts'
import type { Token } from './token.ts'

export const coreTag = 'tag:yaml.org,2002:'

/** What the handles of tags (`!`, `!!`, `!name!`) stand for. */
export type Handles = ReadonlyMap<string, string>

/** A tag in full; `!` where it says nothing. */
export function resolveTag({ text, start }: Token, handles: Handles): string {
  if (text.startsWith('!<')) return decoded(text.slice(2, -1), start)
  if (text === '!') return '!'
  const handle = /^![\w-]*!/.exec(text)?.[0] ?? '!'
  const prefix = handles.get(handle)
  if (prefix === undefined) throw new YamlError('a tag begins with a handle that is nowhere set', start)
  return prefix + decoded(text.slice(handle.length), start)
}

function decoded(uri: string, start: number): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    throw new YamlError('a tag is malformed', start)
  }
}
