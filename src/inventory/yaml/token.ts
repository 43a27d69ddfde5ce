/** Punctuation is its own kind. `block-…` kinds result from indentation. */
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
  /** The text of a scalar, tag or directive, or the name of an anchor or alias. */
  readonly text: string
  /** Of a scalar. `jinja`: an unquoted `{{`, which YAML parses as mappings and Ansible rejects. */
  readonly style?: 'plain' | 'quoted' | 'jinja'
}
