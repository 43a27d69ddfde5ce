/** A repository on a server that is a folder, and shallow clones of it, as actions/checkout makes them. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
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
  /** Another repository there, such as `owner/name`: the files of a folder, links followed, as one commit, which it gives. */
  add(name: string, files: string): string
  /** A clone of one commit. */
  checkOut(commit: string): string
  remove(): void
}

/** @param folder Where it is kept; one that is there is used again. */
export function serverRepository(
  folder = mkdtempSync(join(tmpdir(), 'server-repository-')),
): ServerRepository {
  const bare = join(folder, 'operator/inventory')
  const work = join(folder, 'work')
  const run = (cwd: string, argv: readonly string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=a', '-c', 'user.email=a@example.test', ...argv], {
      encoding: 'utf8',
    }).trim()
  if (!existsSync(bare)) {
    mkdirSync(bare, { recursive: true })
    mkdirSync(work)
    run(bare, ['init', '-q', '--bare', '-b', 'main'])
    run(bare, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
    run(work, ['init', '-q', '-b', 'main'])
  }
  const url = `file://${bare}`
  const git = (...argv: readonly string[]) => run(work, argv)
  return {
    serverUrl: `file://${folder}`,
    url,
    git,
    add(name, files) {
      const other = join(folder, name)
      mkdirSync(dirname(other), { recursive: true })
      execFileSync('cp', ['-rL', files, other])
      rmSync(join(other, '.git'), { recursive: true, force: true })
      for (const argv of [
        ['init', '-q', '-b', 'main'],
        ['add', '-A'],
        ['commit', '-q', '-m', name],
      ])
        run(other, argv)
      return run(other, ['rev-parse', 'HEAD'])
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
      const path = mkdtempSync(join(folder, 'checkout-'))
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
