/** Indents every line but the first by two blanks, as the text of an item of a list. */
export function indented(text: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, '\n  ')
}
