/** The kinds that are punctuation are named by it; `block-…` are what indentation stands for. */
export type TokenKind =
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  /** Offsets into the text; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** A scalar's text, an anchor's or alias's name, a tag's or directive's whole text. */
  readonly text: string
  /** Of a scalar. `jinja`: an unquoted `{{`, which YAML would take for mappings and Ansible refuse. */
  readonly style?: 'plain' | 'quoted' | 'jinja'
}
