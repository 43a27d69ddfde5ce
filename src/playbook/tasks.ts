import { isRecord, type JsonRecord } from '../support/json.ts'

/** A task of a playbook file, including the tags and conditions of its blocks. */
export interface Task {
  readonly fields: JsonRecord
  /** The tags of the task and its blocks. */
  readonly tags: readonly string[]
  /** The joined conditions of the task and its blocks. */
  readonly when: string
}

/** The tasks of a parsed task file, with blocks resolved. Returns none for other content. */
export function flattenTasks(parsed: unknown, tags: readonly string[] = [], when = ''): Task[] {
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return []
    const own = {
      tags: [...tags, ...[entry.tags ?? []].flat().map(String)],
      when: [when, ...[entry.when ?? []].flat().map(String)].filter(Boolean).join(' and '),
    }
    if (Array.isArray(entry.block)) return flattenTasks(entry.block, own.tags, own.when)
    return [{ fields: entry, ...own }]
  })
}
