/** Whether a file or folder has only vars of another host. A folder `host_vars` inside `group_vars` has vars of a group. */
export function isOfOtherHost(path: string, host: string): boolean {
  const [, kind, owner = ''] = /(?:^|\/)(host|group)_vars\/([^/]+)/.exec(path) ?? []
  return kind === 'host' && owner !== host && withoutExtension(owner) !== host
}

function withoutExtension(file: string): string {
  return file.replace(/\.(?:ya?ml|json)$/, '')
}
