import type { Block, Document, Inline, Text, TimelineSection } from '../report/document.ts'
import { plainSeconds } from '../report/times.ts'
import { logText } from '../support/escape.ts'
import { indented } from '../support/indented.ts'
import { type Screen, wrapped } from './screen.ts'

/** A document for a terminal. What is folded elsewhere is not shown: the end of a result has to stay on the screen. */
export function renderDocument(document: Document, screen: Screen): string {
  const { paint, isTerminal } = screen

  function blocks(all: Document, width: number, separator: string): string {
    return all
      .map(block => textOf(block, width))
      .filter(Boolean)
      .join(separator)
  }

  function textOf(block: Block, width: number): string {
    switch (block.kind) {
      case 'heading':
        return wrapped(paint('bold', inline(block.text)), width)
      case 'paragraph':
        return wrapped(block.lines.map(inline).filter(Boolean).join('\n'), width)
      case 'list':
        return block.items.map(item => `- ${indented(blocks(item, width - 2, '\n'))}`).join('\n')
      case 'table':
        return block.rows.map(row => wrapped(row.map(inline).join('  '), width)).join('\n')
      case 'block':
        return `  ${indented(logText(block.text))}`
      case 'timeline':
        return block.sections.flatMap(sectionLines).join('\n')
      case 'note':
        return wrapped(paint('dim', inline(block.text)), width)
      case 'folded':
      case 'marker':
        return ''
    }
  }

  /** On one line. */
  function inline(text: Text): string {
    return text.map(inlineOf).join('').trim()
  }

  function inlineOf(part: Inline): string {
    if (typeof part === 'string') return oneLine(part)
    switch (part.kind) {
      case 'code':
        return oneLine(part.text)
      case 'strong':
        return paint('bold', oneLine(part.text))
      case 'link':
        return inlineOf(part.label)
    }
  }

  function sectionLines({ name, isDown, bars }: TimelineSection): readonly string[] {
    const seconds = plainSeconds(bars.reduce((sum, bar) => sum + bar.seconds, 0))
    const head = oneLine(`${name}: ${seconds}`)
    return [
      isDown ? paint('red', head) : head,
      ...bars.map(bar => `  ${plainSeconds(bar.seconds).padStart(8)}  ${oneLine(bar.name)}`),
    ]
  }

  return blocks(document, isTerminal ? screen.width : Number.POSITIVE_INFINITY, '\n\n')
}

function oneLine(text: string): string {
  return logText(text).replaceAll('\n', ' ')
}
