/** Pull requests as GitHub keeps them, in the repository of the engine, and the workflows that they start. */
import { type Engine, type Run, type RunOptions, repositoryFields } from './engine.ts'

export type Files = Readonly<Record<string, string | undefined>>

export interface Pull {
  readonly number: number
  readonly branch: string
  /** The fields that GitHub's events and API have. */
  readonly fields: {
    readonly number: number
    readonly draft: boolean
    readonly head: { sha: string; readonly repo: { readonly full_name: string } }
    readonly base: { readonly sha: string; readonly ref: 'main' }
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
  /** Runs the review of its newest commit. */
  review(pull: Pull, options?: RunOptions): Promise<Run>
  /** Merges it with a merge commit, and runs what applies it. */
  merge(pull: Pull, options?: RunOptions): Promise<Merged>
  /** The comments on it. */
  comments(pull: Pull): string
}

export function pullsOf({ repository: { git, commit, url }, github, run }: Engine): Pulls {
  const mergeOf = (branch: string) => {
    git('merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch)
    return git('rev-parse', 'HEAD')
  }
  return {
    open(files, fullName = 'operator/inventory') {
      const number = github.issues.length + github.pulls.length + 1
      const branch = `change-${number}`
      git('checkout', '-q', 'main')
      const base = git('rev-parse', 'main')
      const head = commit(files, branch)
      git('checkout', '-q', '--detach', 'main')
      const merged = mergeOf(branch)
      git('push', '-q', url, `HEAD:refs/pull/${number}/merge`)
      git('checkout', '-q', 'main')
      const fields = {
        ...{ number, draft: false, state: 'open' as const, merged_at: null, merge_commit_sha: merged },
        head: { sha: head, repo: { full_name: fullName } },
        base: { sha: base, ref: 'main' as const },
      }
      github.pulls.push(fields)
      return { number, branch, fields }
    },
    review({ number, fields }, options) {
      // GitHub checks out the commit that merges the pull request into its base.
      const event = { number, action: 'opened', pull_request: fields }
      return run('review', 'pull_request', fields.merge_commit_sha, event, options)
    },
    async merge({ branch, fields }, options) {
      git('checkout', '-q', 'main')
      const before = git('rev-parse', 'main')
      const merged = mergeOf(branch)
      git('push', '-q', url, 'main')
      Object.assign(fields, {
        ...{ state: 'closed', merged_at: '2026-11-28T12:00:00Z', merge_commit_sha: merged },
      })
      const pushed_at = Math.floor(Date.now() / 1000)
      const event = { before, repository: { ...repositoryFields, pushed_at } }
      return { commit: merged, event, ...(await run('apply', 'push', merged, event, options)) }
    },
    comments: ({ number }) =>
      github.comments
        .filter(({ issue }) => issue === number)
        .map(({ body }) => body)
        .join('\n'),
  }
}
