/** A clause as the beginning of a sentence. A path stays as it is. */
export function capitalised(text: string): string {
  return text.replace(/^[a-z](?!\S*[/.]\S)/, first => first.toUpperCase())
}
