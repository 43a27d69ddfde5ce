/**
 * What is said to a person, as data. The renderers (`markdown.ts`, `html.ts`, `../cli/document.ts`) escape every text in it, so no string can become markup:
 * there is no raw block.
 */

/** A string is untrusted. Text between backticks becomes code; nothing else in it is markup. */
export type Inline = string | Code | Strong | Link

interface Code {
  readonly kind: 'code'
  readonly text: string
}

interface Strong {
  readonly kind: 'strong'
  readonly text: string
}

interface Link {
  readonly kind: 'link'
  /** Not a link unless it is a plain `https:` or `http:` address. */
  readonly address: string
  readonly label: string | Code
}

export type Text = readonly Inline[]

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: Text }
  /** Each text is on a line of its own. */
  | { readonly kind: 'paragraph'; readonly lines: readonly Text[] }
  | { readonly kind: 'list'; readonly items: readonly Document[] }
  | { readonly kind: 'table'; readonly head: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly kind: 'block'; readonly language: 'text' | 'diff'; readonly text: string }
  | { readonly kind: 'folded'; readonly summary: string; readonly blocks: Document }
  | { readonly kind: 'timeline'; readonly sections: readonly TimelineSection[] }
  | { readonly kind: 'note'; readonly text: Text }
  /** Not visible: an HTML comment in Markdown, by which a text is found again. */
  | { readonly kind: 'marker'; readonly name: string }

export type Document = readonly Block[]

export interface TimelineSection {
  readonly name: string
  /** Users have no homeserver meanwhile. */
  readonly isDown: boolean
  readonly bars: readonly { readonly name: string; readonly seconds: number }[]
}

export function code(text: string): Code {
  return { kind: 'code', text }
}

export function strong(text: string): Strong {
  return { kind: 'strong', text }
}

/** A link; the label alone where there is no address. */
export function link(label: string | Code, address: string | undefined): Inline {
  return address === undefined ? label : { kind: 'link', address, label }
}

export function heading(level: 2 | 3, ...text: Text): Block {
  return { kind: 'heading', level, text }
}

export function paragraph(...text: Text): Block {
  return { kind: 'paragraph', lines: [text] }
}

export function lines(...texts: readonly Text[]): Block {
  return { kind: 'paragraph', lines: texts }
}

/** Nothing where there are no items. */
export function list(items: readonly Document[]): Document {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

/** Nothing where there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly Text[])[]): Document {
  return rows.length === 0 ? [] : [{ kind: 'table', head: head.map(text => [text]), rows }]
}

export function block(text: string, language: 'text' | 'diff' = 'text'): Block {
  return { kind: 'block', language, text }
}

/** Nothing where there is nothing to fold. */
export function folded(summary: string, blocks: Document): Document {
  return blocks.length === 0 ? [] : [{ kind: 'folded', summary, blocks }]
}

export function note(...text: Text): Block {
  return { kind: 'note', text }
}

/**
 * @param name The renderer of Markdown throws a plain Error for a name that could end the HTML comment.
 */
export function marker(name: string): Block {
  return { kind: 'marker', name }
}

/** An address that a renderer makes a link: no character of it can end the link in Markdown or HTML. */
export function isAddress(address: string): boolean {
  return /^https?:\/\/[\w.:-]+(?:\/[\w.~:/?#@+,=%-]*)?$/.test(address)
}
