import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { oncePer } from '../kit/once-per.ts'
import type { Repository } from '../kit/rule.ts'
import type { FindRisks, Risk } from './trust-additions.ts'
import { type Written, written } from './written.ts'

/** A text of Jinja; every quote is followed to its end, or to the end of all, so that this is linear. */
const texts = /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g

/** A piece of Jinja that Ansible would evaluate, as it is written and with its texts emptied. */
export interface Expression {
  readonly source: string
  readonly code: string
}

/**
 * Risks in what is written as Jinja, for any host of a repository.
 *
 * @param clauses What is wrong with an expression, as the end of a sentence that begins with the variable.
 */
export function findInJinja(clauses: (expression: Expression) => Iterable<string>): FindRisks {
  return repository => {
    const risks: Risk[] = []
    for (const templated of templatedIn(repository)) risks.push(...risksOf(templated, clauses))
    return risks
  }
}

interface Templated {
  readonly written: Written
  readonly value: Jinja
  readonly expressions: readonly Expression[]
}

/** Several rules ask for the same. */
const templatedIn = oncePer(({ inventory }: Repository): readonly Templated[] => {
  const found: Templated[] = []
  for (const each of written(inventory.hosts.map(host => ({ host })))) {
    for (const value of jinjaIn(each.definition.value)) {
      found.push({ written: each, value, expressions: expressionsIn(value.source).map(expressionOf) })
    }
  }
  return found
})

function expressionOf(source: string): Expression {
  const code = /['"]/.test(source) ? source.replace(texts, text => text.charAt(0).repeat(2)) : source
  return { source, code }
}

function risksOf(
  { written: { definition, about }, value: { source, place }, expressions }: Templated,
  clauses: (expression: Expression) => Iterable<string>,
): readonly Risk[] {
  const found = new Set(expressions.flatMap(expression => [...clauses(expression)]))
  return [...found].map(clause => ({
    key: `${about.host ?? ''} ${definition.name} ${clause} ${source}`,
    message: `\`${definition.name}\` ${clause}`,
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
