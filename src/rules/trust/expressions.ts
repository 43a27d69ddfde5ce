import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { type Written, written } from '../written.ts'
import type { FindRisks, Risk } from './additions.ts'

/** A text of Jinja; every quote is followed to its end, or to the end of all, so that this is linear. */
const texts = /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g

/** A piece of Jinja that Ansible would evaluate, as it is written and with its texts emptied. */
export interface Expression {
  readonly source: string
  readonly code: string
}

/**
 * Risks in what is written as Jinja.
 *
 * @param clauses What is wrong with an expression, each once, as the end of a sentence that begins with the variable.
 */
export function findInJinja(clauses: (expression: Expression) => Iterable<string>): FindRisks {
  return (_, hosts) => {
    const risks: Risk[] = []
    for (const found of written(hosts)) {
      for (const value of jinjaIn(found.definition.value)) risks.push(...risksIn(found, value, clauses))
    }
    return risks
  }
}

function risksIn(
  { definition: { name }, about }: Written,
  { source, place }: Jinja,
  clauses: (expression: Expression) => Iterable<string>,
): readonly Risk[] {
  const found = new Set<string>()
  for (const expression of expressionsIn(source)) {
    const code = expression.replace(texts, text => (text.startsWith("'") ? "''" : '""'))
    for (const clause of clauses({ source: expression, code })) found.add(clause)
  }
  return [...found].map(clause => ({
    key: `${about.host ?? ''} ${name} ${clause} ${source}`,
    message: `\`${name}\` ${clause}`,
    place,
    ...about,
  }))
}

type Jinja = Value & { readonly source: string }

function* jinjaIn(value: Value): Generator<Jinja> {
  if (value.kind === 'unknown') {
    if (isJinja(value)) yield value
  } else if (value.kind === 'list') for (const item of value.items) yield* jinjaIn(item)
  else if (value.kind === 'map') for (const entry of value.entries) yield* jinjaIn(entry.value)
}

function isJinja(value: Value): value is Jinja {
  return value.kind === 'unknown' && value.source !== undefined
}
