/** A count with its noun: `1 account`, `2 accounts`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Nouns by the name that a report has for what is counted. */
export type Nouns = Readonly<Record<string, readonly [one: string, many?: string]>>

/** Reports can count what is not in `nouns`; its name is then shown as it is. */
export function counted(nouns: Nouns, name: string, count: number): string {
  return plural(count, ...(nouns[name] ?? ([name, name] as const)))
}
