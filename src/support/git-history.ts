import { git } from './git.ts'

interface Line {
  /** Seconds since 1970; `untold` where the history ends before the commit that wrote the line. */
  readonly committed: number | 'untold'
}

const day = 24 * 60 * 60

/** So many files are asked about; each costs a run of git. */
const mostFiles = 50

/**
 * When lines of a work tree's files were committed, by `git blame`. Says nothing (`undefined`) of lines that are not
 * committed, of files beyond the first 50 asked about, and where there is no repository.
 *
 * @param now Seconds since 1970.
 */
export function gitHistory(root: string, now: number) {
  const files = new Map<string, ReadonlyMap<number, Line>>()
  let isShallow: boolean | undefined
  const linesOf = (file: string): ReadonlyMap<number, Line> => {
    const known = files.get(file)
    if (known) return known
    isShallow ??= tryGit(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true'
    const isBeyond = files.size >= mostFiles
    const output = isBeyond ? undefined : tryGit(root, ['blame', '--porcelain', '--', file])
    const lines = output === undefined ? new Map<number, Line>() : parseBlame(output, isShallow)
    if (!isBeyond) files.set(file, lines)
    return lines
  }
  return {
    daysAt({ file, line }: { readonly file: string; readonly line: number }): number | 'untold' | undefined {
      const committed = linesOf(file).get(line)?.committed
      if (typeof committed !== 'number') return committed
      return Math.max(0, Math.floor((now - committed) / day))
    },
  }
}

function tryGit(root: string, argv: readonly string[]): string | undefined {
  try {
    return git(root, argv).toString('utf8')
  } catch {
    return undefined
  }
}

/** What git prints for each line: a hash and numbers; what is known of a commit follows its first line only. */
function parseBlame(output: string, isShallow: boolean): Map<number, Line> {
  const hashes = new Map<number, string>()
  const times = new Map<string, number>()
  const boundaries = new Set<string>()
  let hash = ''
  for (const line of output.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line)
    if (head) {
      hash = head[1] ?? ''
      hashes.set(Number(head[2]), hash)
    } else if (line.startsWith('committer-time '))
      times.set(hash, Number(line.slice('committer-time '.length)))
    else if (line === 'boundary') boundaries.add(hash)
  }
  const lines = new Map<number, Line>()
  for (const [number, commit] of hashes) {
    const time = times.get(commit)
    if (time === undefined || /^0+$/.test(commit)) continue
    lines.set(number, { committed: isShallow && boundaries.has(commit) ? 'untold' : time })
  }
  return lines
}
