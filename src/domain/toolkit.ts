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

const ownPage =
  /(?<![\w/.-])(?:docs\/(?:stages|many-servers|rules\/[\w-]+)\.md|docs\/reference\b|(?:deploy|migrate)\/README\.md)/g

/** With the addresses of the toolkit's pages that a message names: its reader is in another repository. */
export function withPageAddresses(message: string): string {
  return message.replace(ownPage, page => blobAddress(page))
}
