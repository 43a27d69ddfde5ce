import { rules } from '../src/rules/registry.ts'
import type { Example, Rule } from '../src/rules/rule.ts'

function exampleText(example: Example): string {
  if (typeof example === 'string') return fenced(example)
  const files = Object.entries(example.files ?? {}).map(([path, text]) => `\`${path}\`:\n\n${fenced(text)}`)
  return [...(example.vars === '' ? [] : [fenced(example.vars)]), ...files].join('\n\n')
}

function fenced(text: string): string {
  return ['```yaml', text.trim() === '' ? '# nothing is set' : text.trimEnd(), '```'].join('\n')
}

function rulePage({ id, severity, stages, dialects, why, remedy, examples }: Rule): string {
  const where = `Severity: ${severity}. Stages: ${stages.join(', ')}. Dialects: ${dialects?.join(', ') ?? 'both'}.`
  const wrong = examples.wrong.map(exampleText).join('\n\n')
  const right = examples.right.map(exampleText).join('\n\n')
  return `${[`# ${id}`, where, why, `**What to do.** ${remedy}`, '## Wrong', wrong, '## Right', right].join('\n\n')}\n`
}

function indexPage(): string {
  const rows = rules.map(
    ({ id, severity, why }) => `| [${id}](${id.replace('/', '-')}.md) | ${severity} | ${why} |`,
  )
  return `${['# Rules', '', '| rule | severity | why it matters |', '|---|---|---|', ...rows].join('\n')}\n`
}

/** Paths and texts of the rules' pages, from the data that is their tests too. */
export function rulePages(): [string, string][] {
  const pages = rules.map((rule): [string, string] => [
    `docs/rules/${rule.id.replace('/', '-')}.md`,
    rulePage(rule),
  ])
  return [['docs/rules/README.md', indexPage()], ...pages]
}
