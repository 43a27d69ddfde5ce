import packageFile from '../../package.json' with { type: 'json' }

/** The repository that the actions are released from, `owner/name`. The field `repository` of package.json is the only place that decides it. */
export const toolkitRepository = packageFile.repository.url.replace(
  /^git\+https:\/\/github\.com\/|\.git$/g,
  '',
)

/** What the templates use. */
export const toolkitRelease = `${toolkitRepository}@v1`

/** The address of a file or folder of the toolkit on GitHub, on its default branch. */
export function blobAddress(path: string): string {
  return `https://github.com/${toolkitRepository}/blob/main/${path}`
}
