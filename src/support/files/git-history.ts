import { git } from './git.ts'

const day = 24 * 60 * 60

/** So many files are asked about, of each so many commits; the oldest of them is then the earliest that can be told. */
const mostFiles = 50
const mostCommits = 100
/** A large repository must not hold a check up. */
const mostMilliseconds = 5000

interface Version {
  /** When it was committed, in seconds since 1970. */
  readonly committed: number
  /** `undefined` where the file was not there. */
  readonly text: string | undefined
}

/**
 * Since when a file of a work tree has said something without a break, by the commits that changed it along the first
 * parents: of a branch that was merged the merge counts, for that is when it took effect. Says nothing (`undefined`) where
 * the last commit does not say it, of files beyond the first 50 asked about, and where there is no repository.
 *
 * @param now Seconds since 1970.
 */
export function gitHistory(root: string, now: number) {
  const known = new Map<string, readonly Version[]>()
  let isShallow: boolean | undefined
  const newestFirst = (file: string): readonly Version[] => {
    const found = known.get(file) ?? (known.size < mostFiles ? versionsOf(root, file) : [])
    if (known.size < mostFiles) known.set(file, found)
    return found
  }
  return {
    /** Whole days; `untold` where the clone ends before the commit that began it. */
    daysSince(file: string, says: (text: string) => boolean): number | 'untold' | undefined {
      const versions = newestFirst(file)
      const end = versions.findIndex(({ text }) => text === undefined || !says(text))
      const first = versions[(end < 0 ? versions.length : end) - 1]
      if (!first) return undefined
      isShallow ??= tryGit(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true'
      if (end < 0 && isShallow) return 'untold'
      return Math.max(0, Math.floor((now - first.committed) / day))
    },
  }
}

function versionsOf(root: string, file: string): readonly Version[] {
  if (file.includes('\n')) return []
  const log = tryGit(root, ['log', '--first-parent', '--format=%H %ct', `-${mostCommits}`, '--', file])
  const commits = (log ?? '').split('\n').flatMap(line => {
    const [, commit, time] = /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? []
    return commit === undefined ? [] : [{ commit, committed: Number(time) }]
  })
  if (commits.length === 0) return []
  const wanted = commits.map(({ commit }) => `${commit}:./${file}\n`).join('')
  const texts = parseBatch(tryGit(root, ['cat-file', '--batch'], wanted) ?? '')
  return commits.map(({ committed }, index) => ({ committed, text: texts[index] }))
}

/** What git prints for each object: a line with its kind and size, and then it; or a line that it is missing. */
function parseBatch(output: string): readonly (string | undefined)[] {
  const bytes = Buffer.from(output, 'latin1')
  const texts: (string | undefined)[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at)
    if (end < 0) return texts
    const [, size] = / blob (\d+)$/.exec(bytes.toString('latin1', at, end)) ?? []
    at = end + 1
    if (size === undefined) texts.push(undefined)
    else {
      texts.push(bytes.toString('utf8', at, at + Number(size)))
      at += Number(size) + 1
    }
  }
  return texts
}

/** What git prints, a character for each byte; `undefined` where it fails. */
function tryGit(root: string, argv: readonly string[], input?: string): string | undefined {
  try {
    return git(root, argv, { timeout: mostMilliseconds, ...(input !== undefined && { input }) }).toString(
      'latin1',
    )
  } catch {
    return undefined
  }
}
