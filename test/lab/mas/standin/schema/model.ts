/** A table of MAS's database, in the shorthand of this folder. */
export interface Table {
  readonly name: string
  /** `name type`, comma-separated. `!` after a type: not null. `moment`, `flag`: see `columnType`. */
  readonly columns: string
  readonly primaryKey: string
  /** Constraint name → columns. */
  readonly unique?: Readonly<Record<string, string>>
  /** Index name → what follows `ON table`. */
  readonly indexes?: Readonly<Record<string, string>>
  /** Constraint name → `column → table.column`, and what happens on delete. */
  readonly references?: Readonly<Record<string, string>>
}

const shorthand: Readonly<Record<string, string>> = {
  moment: 'timestamp with time zone',
  flag: 'boolean NOT NULL DEFAULT false',
}

function columnType(type: string): string {
  const required = type.endsWith('!')
  const name = required ? type.slice(0, -1) : type
  return `${shorthand[name] ?? name}${required ? ' NOT NULL' : ''}`
}

function createTable(table: Table): string {
  const columns = table.columns.split(/,\s+/).map(column => {
    const [name = '', ...type] = column.trim().split(' ')
    return `${name} ${columnType(type.join(' '))}`
  })
  const key = `CONSTRAINT ${table.name}_pkey PRIMARY KEY (${table.primaryKey})`
  const unique = Object.entries(table.unique ?? {}).map(([name, on]) => `CONSTRAINT ${name} UNIQUE (${on})`)
  return `CREATE TABLE ${table.name} (${[...columns, key, ...unique].join(', ')})`
}

function addReference(table: Table, name: string, text: string): string {
  const [, column, target, targetColumn, action] = /^(\w+) → (\w+)\.(\w+)(?: (.*))?$/.exec(text) ?? []
  if (column === undefined || target === undefined || targetColumn === undefined) {
    throw new Error(`not a reference: ${table.name} ${text}`)
  }
  const onDelete = action === undefined ? '' : ` ON DELETE ${action}`
  const foreign = `FOREIGN KEY (${column}) REFERENCES ${target}(${targetColumn})${onDelete}`
  return `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} ${foreign}`
}

/** The statements that make the tables, then what ties them together, then their indexes. */
export function statements(tables: readonly Table[]): string[] {
  const references = tables.flatMap(table =>
    Object.entries(table.references ?? {}).map(([name, text]) => addReference(table, name, text)),
  )
  const indexes = tables.flatMap(table =>
    Object.entries(table.indexes ?? {}).map(([name, on]) => `CREATE INDEX ${name} ON ${table.name} ${on}`),
  )
  return [...tables.map(createTable), ...references, ...indexes]
}
