import type { FileDiff, ModuleResult, TaskResult } from './events.ts'

/** A file that a deployment would change. `before` or `after` is absent if there is no file. Contents contain secrets. */
export interface RenderedFile {
  readonly path: string
  readonly before?: string | undefined
  readonly after?: string | undefined
  /** Octal, such as `0640`. */
  readonly mode?: string | undefined
  /** `USER:GROUP`, names or numbers. */
  readonly owner?: string | undefined
  /** The deployment deletes the file. Ansible does not show its content: read `before` from the disk. */
  readonly deleted?: true
}

export interface Rendering {
  readonly files: readonly RenderedFile[]
  /** Files that Ansible does not show because they are too large or binary. With any of them, `files` is incomplete. */
  readonly unreadable: readonly string[]
}

/** Its blocks change their order in every run unless Python's hash seed is fixed. The first block has more indentation. */
const reordered = /[/-]reverse-proxy-companion\.conf$/

/**
 * The files that `copy`, `template` and `file` would write on one host in a `--check --diff` run, with both sides as Ansible
 * shows them. Files whose lines only change their order are ignored.
 */
export function renderedFiles(results: readonly TaskResult[], host: string): Rendering {
  const files = new Map<string, RenderedFile>()
  const unreadable = new Set<string>()
  for (const result of results) {
    if (result.host !== host || result.status !== 'changed') continue
    for (const item of changedItems(result)) {
      for (const diff of item.diffs) addFile(files, unreadable, item, diff)
    }
  }
  return {
    files: [...files.values()].filter(
      file => file.deleted || (file.before !== file.after && !onlyReordered(file)),
    ),
    unreadable: [...unreadable],
  }
}

/** Adds the current content of each file that the deployment deletes. */
export async function readDeleted(
  files: readonly RenderedFile[],
  read: (path: string) => Promise<string | undefined>,
): Promise<RenderedFile[]> {
  return Promise.all(
    files.map(async file => {
      const before = file.deleted ? await read(file.path) : undefined
      return before === undefined ? file : { ...file, before }
    }),
  )
}

function changedItems({ result }: TaskResult): readonly ModuleResult[] {
  return result.items.length > 0 ? result.items.filter(item => item.status === 'changed') : [result]
}

function addFile(
  files: Map<string, RenderedFile>,
  unreadable: Set<string>,
  answer: ModuleResult,
  diff: FileDiff,
): void {
  const path = diff.path ?? answer.path
  if (!path?.startsWith('/')) return
  if (diff.withheld) {
    unreadable.add(path)
  } else if (diff.afterState === 'absent' && diff.beforeState === 'file') {
    files.set(path, { path, deleted: true })
  } else if (diff.after !== undefined) {
    // A check run writes nothing, so the first task that changes a file shows its content on disk.
    const before = files.get(path)?.before ?? diff.before
    files.set(path, { path, before, after: diff.after, mode: answer.mode, owner: ownerOf(answer) })
  }
}

function ownerOf(answer: ModuleResult): string | undefined {
  const [user, group] = [answer.owner ?? answer.uid, answer.group ?? answer.gid]
  return user === undefined || group === undefined ? undefined : `${user}:${group}`
}

function onlyReordered({ path, before, after }: RenderedFile): boolean {
  if (!reordered.test(path) || before === undefined || after === undefined) return false
  const sorted = (text: string) =>
    text
      .split('\n')
      .map(line => line.trim())
      .sort()
      .join('\n')
  return sorted(before) === sorted(after)
}
