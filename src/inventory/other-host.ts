/** Whether a file or folder has only vars of another host. */
export function isOfOtherHost(path: string, host: string): boolean {
  const owner = /(?:^|\/)host_vars\/([^/]+)/.exec(path)?.[1]
  return owner !== undefined && owner !== host && withoutExtension(owner) !== host
}

function withoutExtension(file: string): string {
  return file.replace(/\.(?:ya?ml|json)$/, '')
}
