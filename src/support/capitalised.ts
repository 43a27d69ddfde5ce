/** A clause as the beginning of a sentence. */
export function capitalised(text: string): string {
  return text.replace(/^[a-z]/, first => first.toUpperCase())
}
