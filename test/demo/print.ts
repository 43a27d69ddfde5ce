import { progress } from '../../scripts/progress.ts'

const started = Date.now()

/** A line of the demo itself, with the seconds since its start. */
export function say(text: string): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4)
  print(`${seconds} s  ${text}`)
}

/** Prints on standard output, without disturbing the live line. */
export function print(text: string): void {
  progress.around(() => console.log(text))
}

/** The most columns that a terminal is expected to have. */
export const pageWidth = 100

const gap = '  '

/**
 * Cells in columns that fit the page. Where they do not, the widest column becomes narrower, and its longer cells end in `…`:
 * the whole text is in the reports.
 */
export function table(rows: readonly (readonly string[])[], width = pageWidth): string {
  const columns = Math.max(0, ...rows.map(row => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map(row => (row[column] ?? '').length)),
  )
  let excess = widths.reduce((sum, each) => sum + each, 0) + gap.length * (columns - 1) - width
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = (widths[widest] ?? 0) - 1
    excess -= 1
  }
  return rows
    .map(row =>
      widths
        .map((each, column) => fitted(row[column] ?? '', each))
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}

function fitted(text: string, width: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ').trimEnd()
  return line.length <= width ? line.padEnd(width) : `${line.slice(0, width - 1)}…`
}
