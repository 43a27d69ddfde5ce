import type { Block, Document, Inline, Text } from './document.ts'

/** Puts a sentence into the words of the place where it is read. */
export type Reword = (text: string) => string

/** Fields with text for people. Places, names and identifiers stay. */
const texts: ReadonlySet<string> = new Set([
  'message',
  'why',
  'remedy',
  'failure',
  'sentence',
  'otherwise',
  'detail',
  'next',
  'warnings',
])

/** The same data with each text changed. */
export function mapTexts<T>(value: T, change: (text: string, isForPeople: boolean) => string): T {
  const json = JSON.stringify(value, function (this: unknown, key: string, item: unknown) {
    return typeof item === 'string' ? change(item, texts.has(key) || Array.isArray(this)) : item
  })
  return JSON.parse(json) as T
}

export function rewordData<T>(value: T, reword: Reword | undefined): T {
  return reword ? mapTexts(value, (text, isForPeople) => (isForPeople ? reword(text) : text)) : value
}

/** Code stays, and what is to be copied. */
export function rewordDocument(document: Document, reword: Reword | undefined): Document {
  return reword ? document.map(block => rewordBlock(block, reword)) : document
}

function rewordBlock(block: Block, reword: Reword): Block {
  const inText = (text: Text) => text.map(part => rewordInline(part, reword))
  switch (block.kind) {
    case 'heading':
    case 'note':
      return { ...block, text: inText(block.text) }
    case 'paragraph':
      return { ...block, lines: block.lines.map(inText) }
    case 'list':
      return { ...block, items: block.items.map(item => rewordDocument(item, reword)) }
    case 'table':
      return { ...block, rows: block.rows.map(row => row.map(inText)) }
    case 'folded':
      return { ...block, blocks: rewordDocument(block.blocks, reword) }
    case 'block':
    case 'timeline':
    case 'marker':
      return block
  }
}

function rewordInline(part: Inline, reword: Reword): Inline {
  if (typeof part === 'string') return reword(part)
  switch (part.kind) {
    case 'code':
      return part
    case 'strong':
      return { ...part, text: reword(part.text) }
    case 'link':
      return typeof part.label === 'string' ? { ...part, label: reword(part.label) } : part
  }
}
