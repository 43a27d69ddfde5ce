import { YamlError } from './cursor.ts'
import type { Token } from './token.ts'

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
