const mostNamed = 3

/** Lists encrypted files in a sentence. */
export function vaultsAsText(files: readonly string[]): string {
  const more = files.length > mostNamed ? ` or ${files.length - mostNamed} more` : ''
  const named = files.slice(0, mostNamed)
  return `the vault ${named.map(file => `\`${file}\``).join(' or ')}${more}`
}
