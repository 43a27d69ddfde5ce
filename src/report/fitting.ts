/** GitHub refuses a comment and an issue of more than 65,536 characters. */
export const mostCommentBytes = 65_000

/** The first of several texts, from full to short, that is not too long for GitHub. If all are too long, the last one is cut. */
export function fitToLimit(texts: Iterable<string>, mostBytes: number): string {
  let last = ''
  for (const text of texts) {
    if (Buffer.byteLength(text) <= mostBytes) return text
    last = text
  }
  return cut(last, mostBytes)
}

/** Cuts at the end of a line, so that no table row or code span stays open. */
function cut(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text).subarray(0, mostBytes - 200)
  const end = Math.max(0, bytes.lastIndexOf('\n'))
  return `${bytes.subarray(0, end).toString('utf8')}\n\nThe whole report is in the log and the report files of this check.`
}
