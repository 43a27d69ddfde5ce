/** The address of the rules' pages. */
export interface Pages {
  /** The address of the toolkit's repository at the release that runs, with a slash at its end. */
  readonly root: string
}

/**
 * The pages of the release that runs. The runner tells an action its own repository and ref. Outside a runner there are none.
 */
export function pagesOf(environment: Readonly<Record<string, string | undefined>>): Pages | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_ACTION_REPOSITORY: repository,
    GITHUB_ACTION_REF: ref,
  } = environment
  if (!server || !repository || !ref) return undefined
  if (!/^https:\/\/[\w.-]+(?::\d+)?$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined
  return { root: `${server}/${repository}/blob/${ref.split('/').map(encodeURIComponent).join('/')}/` }
}

/** The address of a page of this repository, such as `docs/rules/mas-stage-unknown.md`. */
export function pageAddress(pages: Pages | undefined, page: string | undefined): string | undefined {
  return pages && page !== undefined ? pages.root + page : undefined
}
