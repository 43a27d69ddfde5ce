import { expressionsIn } from '../../inventory/jinja.ts'
import type { Value } from '../../inventory/value.ts'
import { oncePer } from '../kit/once-per.ts'
import type { Repository } from '../kit/rule.ts'
import type { FindRisks, Risk } from './trust-additions.ts'
import { type Written, written } from './written.ts'

/** A string in Jinja. An unclosed quote matches to the end of the text, so matching takes linear time. */
const texts = /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)/g

/** A Jinja expression: as written, and with the content of its strings removed. */
export interface Expression {
  readonly source: string
  readonly code: string
}

/**
 * Finds risks in Jinja, for all hosts of a repository.
 *
 * @param clauses Returns the problems of an expression. Each one completes a sentence that starts with the variable.
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

/** Cached, because several rules need it. */
const templatedIn = oncePer(({ inventory }: Repository): readonly Templated[] => {
  const templated: Templated[] = []
  for (const each of written(inventory.hosts.map(host => ({ host })))) {
    for (const value of jinjaIn(each.definition.value)) {
      templated.push({ written: each, value, expressions: expressionsIn(value.source).map(expressionOf) })
    }
  }
  return templated
})

function expressionOf(source: string): Expression {
  const code = /['"]/.test(source) ? source.replace(texts, text => text.charAt(0).repeat(2)) : source
  return { source, code }
}

function risksOf(
  { written: { definition, about }, value: { source, place }, expressions }: Templated,
  clauses: (expression: Expression) => Iterable<string>,
): readonly Risk[] {
  const problems = new Set(expressions.flatMap(expression => [...clauses(expression)]))
  return [...problems].map(clause => ({
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
