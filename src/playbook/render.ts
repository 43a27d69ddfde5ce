import type { FileDiff, ModuleResult, TaskResult } from './events.ts'

/** A file that an install would change, whole. `before` or `after` is missing where there is none. Contents hold secrets. */
export interface RenderedFile {
  readonly path: string
  readonly before?: string
  readonly after?: string
  /** Octal, such as `0640`. */
  readonly mode?: string
  /** `USER:GROUP`, names or numbers. */
  readonly owner?: string
  /** The install deletes the file; Ansible does not show what is in it, so `before` is to be read from the disk. */
  readonly deleted?: true
}

export interface Rendering {
  readonly files: readonly RenderedFile[]
  /** Files of which Ansible withholds a side: too large, or binary. With one of them the set is not whole. */
  readonly unreadable: readonly string[]
  /** Names of tasks that would change something else: modes, folders, networks, commands. */
  readonly others: readonly string[]
}

/** Modules whose change in check mode says nothing: pulling an image reports one, always. */
const noiseActions = /(^|\.)(docker_image|docker_image_pull|docker_image_build|set_fact|include_tasks|debug)$/
/** Its blocks change their order at every run unless Python's hash seed is fixed, and whichever is first is indented more. */
const reordered = /[/-]reverse-proxy-companion\.conf$/

/**
 * The file set of a `--check --diff` run: what `copy`, `template` and `file` would write on one host, with both sides as
 * Ansible shows them. Noise is left out: image pulls, and files whose lines only change their order.
 */
export function renderedFiles(results: readonly TaskResult[], host: string): Rendering {
  const files = new Map<string, RenderedFile>()
  const unreadable = new Set<string>()
  const others: string[] = []
  for (const result of results) {
    if (result.host !== host || result.status !== 'changed' || noiseActions.test(result.action)) continue
    const taken = changedAnswers(result).flatMap(answer =>
      answer.diffs.map(diff => take(files, unreadable, answer, diff)),
    )
    if (!taken.includes(true)) others.push(result.task.name)
  }
  return {
    files: [...files.values()].filter(
      file => file.deleted || (file.before !== file.after && !onlyReordered(file)),
    ),
    unreadable: [...unreadable],
    others,
  }
}

/** Fills in what is on the disk of each file that the install deletes. */
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

function changedAnswers({ result }: TaskResult): readonly ModuleResult[] {
  return result.items.length > 0 ? result.items.filter(item => item.status === 'changed') : [result]
}

/** Whether the diff is one of a file's content. */
function take(
  files: Map<string, RenderedFile>,
  unreadable: Set<string>,
  answer: ModuleResult,
  diff: FileDiff,
): boolean {
  const path = diff.path ?? answer.path
  if (!path?.startsWith('/')) return false
  if (diff.withheld) {
    unreadable.add(path)
    return true
  }
  if (diff.afterState === 'absent' && diff.beforeState === 'file') {
    files.set(path, { path, deleted: true })
    return true
  }
  if (diff.after === undefined) return false
  // A second task that writes the same file has the same disk before it: nothing was written.
  const before = files.get(path)?.before ?? diff.before
  files.set(path, {
    path,
    ...(before === undefined ? {} : { before }),
    after: diff.after,
    ...(answer.mode === undefined ? {} : { mode: answer.mode }),
    ...ownerOf(answer),
  })
  return true
}

function ownerOf(answer: ModuleResult): Pick<RenderedFile, 'owner'> {
  const [user, group] = [answer.owner ?? answer.uid, answer.group ?? answer.gid]
  return user === undefined || group === undefined ? {} : { owner: `${user}:${group}` }
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
