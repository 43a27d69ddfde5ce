/** A repository on a server that is a folder, and shallow clones of it, as actions/checkout makes them. */
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

export interface ServerRepository {
  /** For `GITHUB_SERVER_URL`; the repository there is `operator/inventory`. */
  readonly serverUrl: string
  readonly url: string
  /** Commits files (`undefined` removes one) to a branch that follows the default branch, and gives the commit. */
  commit(files: Readonly<Record<string, string | undefined>>, branch?: string): string
  /** Commits a symbolic link to the default branch. */
  commitLink(path: string, target: string): string
  git(...argv: readonly string[]): string
  /** The same commits as another repository, such as `owner/name`. */
  alias(name: string): void
  /** A clone of one commit. */
  checkOut(commit: string): string
  remove(): void
}

export function serverRepository(): ServerRepository {
  const folder = mkdtempSync(join(tmpdir(), 'server-repository-'))
  const bare = join(folder, 'operator/inventory')
  const work = join(folder, 'work')
  const run = (cwd: string, argv: readonly string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv], {
      encoding: 'utf8',
    }).trim()
  mkdirSync(bare, { recursive: true })
  mkdirSync(work)
  run(bare, ['init', '-q', '--bare', '-b', 'main'])
  run(bare, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
  run(work, ['init', '-q', '-b', 'main'])
  const url = `file://${bare}`
  let checkouts = 0
  const git = (...argv: readonly string[]) => run(work, argv)
  return {
    serverUrl: `file://${folder}`,
    url,
    git,
    alias(name) {
      mkdirSync(join(folder, dirname(name)), { recursive: true })
      symlinkSync(bare, join(folder, name))
    },
    commit(files, branch = 'main') {
      git('checkout', '-q', '-B', branch)
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true })
        if (text === undefined) rmSync(join(work, path))
        else writeFileSync(join(work, path), text)
      }
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', 'A change')
      git('push', '-q', '--force', url, `HEAD:refs/heads/${branch}`)
      return git('rev-parse', 'HEAD')
    },
    commitLink(path, target) {
      mkdirSync(dirname(join(work, path)), { recursive: true })
      symlinkSync(target, join(work, path))
      return this.commit({})
    },
    checkOut(commit) {
      checkouts += 1
      const path = join(folder, `checkout-${checkouts}`)
      mkdirSync(path)
      run(path, ['init', '-q'])
      run(path, ['fetch', '-q', '--depth=1', url, commit])
      run(path, ['checkout', '-q', '--detach', commit])
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The files of a folder, links excepted, to commit them below a path. */
export function filesIn(folder: string, path = ''): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    files.map(file => [join(path, relative(folder, file)), readFileSync(file, 'utf8')]),
  )
}
