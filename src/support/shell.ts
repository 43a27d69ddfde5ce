/** One word for a POSIX shell, which expands nothing in it. */
function shellWord(word: string): string {
  if (word.includes('\0')) throw new Error('a word for the shell cannot hold a NUL byte')
  return /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}
