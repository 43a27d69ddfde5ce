import {
  joinMarkdown,
  markdownBlock,
  markdownCode,
  markdownHtml,
  markdownSentence,
  markdownText,
} from '../support/escape.ts'
import { indented } from '../support/indented.ts'
import {
  type Block,
  type Document,
  type Inline,
  isAddress,
  type Text,
  type TimelineSection,
} from './document.ts'

/** A document as GitHub's Markdown. Its lines do not depend on whether GitHub reads a newline as a break. */
export function renderMarkdown(document: Document): string {
  return document.map(markdownOf).filter(Boolean).join('\n\n')
}

/** The first line of a text that is found again. Escaped text never contains it. */
export function markerLine(name: string): string {
  if (!/^(?!.*--)[\w.:;,/~ -]*$/.test(name)) throw new Error('a marker has no character that could end it')
  return `<!-- ${name} -->`
}

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`
    case 'paragraph':
      return block.lines.map(inline).filter(Boolean).join('<br>\n')
    case 'list':
      return block.items.map(item => `- ${indented(renderMarkdown(item))}`).join('\n')
    case 'table':
      return tableOf(block.head, block.rows)
    case 'block':
      return markdownBlock(block.text, block.language)
    case 'folded':
      return `<details><summary>${markdownHtml(block.summary)}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`
    case 'timeline':
      return gantt(block.sections)
    case 'note':
      return `<sub>${inline(block.text) || ' '}</sub>`
    case 'marker':
      return markerLine(block.name)
  }
}

/** On one line, without blanks at its ends: four of them would begin a block of code. */
function inline(text: Text): string {
  return joinMarkdown(text.map(inlineOf)).trim()
}

function inlineOf(part: Inline): string {
  if (typeof part === 'string') return markdownSentence(part)
  switch (part.kind) {
    case 'code':
      return markdownCode(part.text)
    case 'strong':
      return part.text.trim() === '' ? '' : `**${markdownText(part.text.trim())}**`
    case 'link': {
      const label = inlineOf(part.label)
      return isAddress(part.address) ? `[${label}](${part.address})` : label
    }
  }
}

function tableOf(head: readonly Text[], rows: readonly (readonly Text[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(head.map(inline)),
    line(head.map(() => '---')),
    ...rows.map(row => line(row.map(inline))),
  ].join('\n')
}

/**
 * A Gantt chart of Mermaid, in milliseconds from the start. `crit` makes a bar red. Mermaid reads `:`, `;`, `#` and `%%` in a name as
 * its own, so only plain characters stay (https://mermaid.js.org/syntax/gantt.html).
 */
function gantt(sections: readonly TimelineSection[]): string {
  const plain = (name: string) =>
    name
      .replace(/[^A-Za-z0-9.' -]+/g, ' ')
      .trim()
      .slice(0, 80) || 'step'
  const rows: string[] = []
  let start = 0
  for (const { name, isDown, bars } of sections) {
    rows.push(`section ${plain(name)}`)
    for (const { name: bar, seconds } of bars) {
      const duration = Math.max(1, Math.round(seconds * 1000))
      rows.push(`${plain(bar)} ${seconds.toFixed(1)} s :${isDown ? 'crit, ' : ''}${start}, ${duration}ms`)
      start += duration
    }
  }
  return ['```mermaid', 'gantt', 'dateFormat x', 'axisFormat %M:%S', ...rows, '```'].join('\n')
}
