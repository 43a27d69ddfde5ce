/** Pull requests as GitHub keeps them, in the repository of the engine, and the workflows that they start. */
import { member } from '../../src/support/json.ts'
import { type Engine, type Run, type RunOptions, repositoryFields } from './engine.ts'

export type Files = Readonly<Record<string, string | undefined>>

export interface Pull {
  readonly number: number
  readonly branch: string
  /** The fields that GitHub's events and API have. */
  readonly fields: {
    readonly number: number
    readonly draft: boolean
    head: { readonly sha: string; readonly ref: string; readonly repo: { readonly full_name: string } }
    base: { readonly sha: string; readonly ref: 'main' }
    state: 'open' | 'closed'
    merged_at: string | null
    merge_commit_sha: string
  }
}

export interface Merged extends Run {
  readonly commit: string
  /** Of the push, which a run that is repeated has again. */
  readonly event: object
}

export interface Pulls {
  open(files: Files, fullName?: string): Pull
  /**
   * Opens one of a branch that was pushed, or brings the open one up to date.
   * @throws Error if there is no such branch, if it has nothing that main does not have, or if it conflicts with main.
   */
  propose(branch: string, fullName?: string): Pull
  /** The open one of a branch. */
  find(branch: string): Pull | undefined
  isMerged(branch: string): boolean
  /** Runs the review of its newest commit. */
  review(pull: Pull, options?: RunOptions): Promise<Run>
  /** Merges it with a merge commit, and runs what applies it. */
  merge(pull: Pull, options?: RunOptions): Promise<Merged>
  /** The newest commit of main on the server. */
  tip(): string
  /** The comments on it. */
  comments(pull: Pull): string
}

export function pullsOf({ repository: { git, commit, url }, github, run }: Engine): Pulls {
  const mergeOf = (branch: string) => {
    try {
      git('merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch)
    } catch {
      git('reset', '-q', '--hard')
      git('checkout', '-q', 'main')
      throw new Error(
        `${branch} conflicts with main. Merge main into it and push it: git pull --no-rebase origin main`,
      )
    }
    return git('rev-parse', 'HEAD')
  }
  /** People push to the server, too. */
  const fetchBranches = () => {
    git('checkout', '-q', '--detach')
    git('fetch', '-q', '--force', url, '+refs/heads/*:refs/heads/*')
    git('checkout', '-q', 'main')
  }
  const pullOf = (fields: Pull['fields']): Pull => ({
    number: fields.number,
    branch: fields.head.ref,
    fields,
  })
  const nextNumber = () => github.issues.length + github.pulls.length + 1
  return {
    open(files, fullName) {
      const branch = `change-${nextNumber()}`
      git('checkout', '-q', 'main')
      commit(files, branch)
      return this.propose(branch, fullName)
    },
    propose(branch, fullName = 'operator/inventory') {
      fetchBranches()
      if (git('for-each-ref', `refs/heads/${branch}`) === '')
        throw new Error(`The branch ${branch} was not pushed. Push it: git push origin ${branch}`)
      if (git('rev-list', `main..${branch}`) === '')
        throw new Error(`${branch} has no commit that main does not have. Commit your change, and push it.`)
      const known = this.find(branch)
      const number = known?.number ?? nextNumber()
      git('checkout', '-q', '--detach', 'main')
      const fields = {
        ...{ number, draft: false, state: 'open' as const, merged_at: null },
        merge_commit_sha: mergeOf(branch),
        head: { sha: git('rev-parse', branch), ref: branch, repo: { full_name: fullName } },
        base: { sha: git('rev-parse', 'main'), ref: 'main' as const },
      }
      git('push', '-q', '--force', url, `HEAD:refs/pull/${number}/merge`)
      git('checkout', '-q', 'main')
      if (known) return pullOf(Object.assign(known.fields, fields))
      github.pulls.push(fields)
      return pullOf(fields)
    },
    isMerged(branch) {
      return github.pulls.some(
        pull => member(pull, 'state') === 'closed' && member(pull, 'head', 'ref') === branch,
      )
    },
    find(branch) {
      const isOpen = (pull: object) =>
        member(pull, 'state') === 'open' && member(pull, 'head', 'ref') === branch
      // Each of those with such a head was put there by `propose`.
      const found = github.pulls.find(isOpen) as Pull['fields'] | undefined
      return found && pullOf(found)
    },
    review({ number, fields }, options) {
      // GitHub checks out the commit that merges the pull request into its base.
      const event = { number, action: 'opened', pull_request: fields }
      return run('review', 'pull_request', fields.merge_commit_sha, event, options)
    },
    async merge({ branch, fields }, options) {
      fetchBranches()
      const before = git('rev-parse', 'main')
      const merged = mergeOf(branch)
      git('push', '-q', url, 'main')
      Object.assign(fields, {
        ...{ state: 'closed', merged_at: new Date().toISOString(), merge_commit_sha: merged },
      })
      const pushed_at = Math.floor(Date.now() / 1000)
      const event = { before, repository: { ...repositoryFields, pushed_at } }
      return { commit: merged, event, ...(await run('apply', 'push', merged, event, options)) }
    },
    tip() {
      fetchBranches()
      return git('rev-parse', 'main')
    },
    comments: ({ number }) =>
      github.comments
        .filter(({ issue }) => issue === number)
        .map(({ body }) => body)
        .join('\n'),
  }
}
