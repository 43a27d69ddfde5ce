import { type Finding, pageOfRule, type Suggestion } from '../src/domain/finding.ts'
import { applySuggestion } from '../src/domain/suggestion.ts'
import { problemTexts } from '../src/inventory/read/problem.ts'
import { acceptanceTexts } from '../src/rules/acceptance/texts.ts'
import {
  type Example,
  type ExampleCheckout,
  type ExampleRepository,
  findingOf,
  type Rule,
} from '../src/rules/kit/rule.ts'
import { rules } from '../src/rules/registry.ts'
import { askAbout, exampleVarsFile, filesOf, situationOf } from './rule-examples.ts'

const needsText: Readonly<Record<NonNullable<Rule['needs']>, string>> = {
  checkout: 'Needs a checkout of the playbook (`playbook-path`).',
  base: 'Needs a base to compare with (`base-ref` or `base-path`).',
}

const acceptedFile = '[`accepted-findings.yml`](../../validate-config/README.md#accepting-a-finding)'
const linked = (word: string) => `[${word}](README.md#stages-and-dialects)`

function rulePage(rule: Rule): string {
  const { id, severity, stages, dialects, needs, why, remedy, examples } = rule
  const where = [
    `Severity: ${severity}.`,
    `${linked('Stages')}${needs === 'base' ? ' after the change' : ''}: ${stages.join(', ')}.`,
    `${linked('Dialects')}: ${dialects?.join(', ') ?? 'both'}.`,
    ...(needs === undefined ? [] : [needsText[needs]]),
  ].join(' ')
  const checkouts = checkoutsOf([...examples.wrong, ...examples.right])
  return page(
    `# ${id}`,
    where,
    why,
    `**What to do.** ${withFormat(remedy)}`,
    '## Reported',
    ...examples.wrong.flatMap(example => [...exampleText(example, checkouts), ...outcomeText(rule, example)]),
    '## Not reported by this rule',
    ...examples.right.flatMap(example => exampleText(example, checkouts)),
    ...checkouts.flatMap(({ dialect, files = {} }, index) => [
      `## ${checkoutName(index, checkouts)}`,
      `Dialect \`${dialect}\`.`,
      ...Object.entries(files).flatMap(([path, text]) => fileText(path, text)),
    ]),
  )
}

/** Most examples of a page share one checkout, so each checkout is shown once. */
function checkoutsOf(examples: readonly Example[]): readonly ExampleCheckout[] {
  const all = examples.flatMap(example => situationOf(example).checkout ?? [])
  return [...new Set(all.filter(({ files }) => Object.keys(files ?? {}).length > 0))]
}

function checkoutName(index: number, { length }: readonly ExampleCheckout[]): string {
  return length === 1 ? 'The checkout' : `Checkout ${index + 1}`
}

/** A problem found while reading the inventory or the file of accepted findings. It has no examples. */
function problemPage(
  id: string,
  { severity, why, remedy }: Pick<Rule, 'severity' | 'why' | 'remedy'>,
): string {
  const subject = id.startsWith('accepted/') ? acceptedFile : 'the inventory'
  return page(
    `# ${id}`,
    `Severity: ${severity}. Reported while reading ${subject}, at every stage.`,
    why,
    `**What to do.** ${withFormat(remedy)}`,
  )
}

function exampleText(example: Example, checkouts: readonly ExampleCheckout[]): string[] {
  const { base, checkout, visibility, ...after } = situationOf(example)
  return [
    ...(visibility ? [`In a ${visibility} repository:`] : []),
    ...(checkout ? [checkoutText(checkout, checkouts)] : []),
    ...(base === undefined ? [] : ['Before:', ...repositoryText(base), 'After:']),
    ...repositoryText(after),
  ]
}

function checkoutText(checkout: ExampleCheckout, checkouts: readonly ExampleCheckout[]): string {
  const index = checkouts.indexOf(checkout)
  const which = index === -1 ? '' : ` (${checkoutName(index, checkouts).toLowerCase()} below)`
  const defaults =
    checkout.traps?.length === 0 ? ', whose defaults offer no login through MAS before the migration' : ''
  return `With a checkout of the playbook${which}, dialect \`${checkout.dialect}\`${defaults}:`
}

function repositoryText(repository: string | ExampleRepository): string[] {
  const { vars, files = {} } = typeof repository === 'string' ? { vars: repository } : repository
  return [
    ...(vars === undefined ? [] : [fenced('yaml', vars)]),
    ...Object.entries(files).flatMap(([path, text]) => fileText(path, text)),
  ]
}

function fileText(path: string, text: string): string[] {
  return [`\`${path}\`:`, fenced(/\.ya?ml$|_vars\//.test(path) ? 'yaml' : 'text', text)]
}

/** The findings of the rule for an example, as they are reported, each with its suggested fix. */
function outcomeText(rule: Rule, example: Example): string[] {
  const { violations } = askAbout(rule, example)
  const files = filesOf(situationOf(example))
  return violations.map(violation => {
    const finding = findingOf(rule, violation, undefined)
    const fix = finding.suggestion && fixText(finding.suggestion, files)
    return [
      `> ${capital(heading(rule, finding))}${finding.message}.`,
      ...(fix ? ['>', '> Suggested:', '>', ...fix] : []),
    ].join('\n')
  })
}

/** The place, after the severity where it is not that of the rule. */
function heading(rule: Rule, { severity, place }: Finding): string {
  const parts = [
    ...(severity === rule.severity ? [] : [severity]),
    ...(place && place.file !== exampleVarsFile ? [`\`${place.file}\``] : []),
    ...(place ? [`line ${place.line}`] : []),
  ]
  return parts.length === 0 ? '' : `${parts.join(', ')}: `
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function fixText(suggestion: Suggestion, files: Readonly<Record<string, string>>): string[] {
  const before = files[suggestion.place.file] ?? ''
  const after = applySuggestion(before, suggestion)
  return fenced('diff', difference(before.trimEnd(), after.trimEnd()))
    .split('\n')
    .map(line => `> ${line}`)
}

/** A suggestion changes one place, so the common lines before and after it are left out. */
function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const commonLength = (a: readonly string[], b: readonly string[]) => {
    const index = a.findIndex((line, at) => line !== b[at])
    return index === -1 ? Math.min(a.length, b.length) : index
  }
  const head = commonLength(old, now)
  const tail = Math.min(
    commonLength(old.toReversed(), now.toReversed()),
    Math.min(old.length, now.length) - head,
  )
  const changed = (lines: readonly string[], mark: string) =>
    lines.slice(head, lines.length - tail).map(line => `${mark} ${line}`)
  return [...changed(old, '-'), ...changed(now, '+')].join('\n')
}

function fenced(language: string, text: string): string {
  return [`\`\`\`${language}`, text.trim() === '' ? '# nothing is set' : text.trimEnd(), '```'].join('\n')
}

function page(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}

const stagesAndDialects = `## Stages and dialects

The stage of a host is what its vars ask for:

| stage | meaning |
|---|---|
| \`off\` | There is no MAS. |
| \`prepared\` | MAS runs beside Synapse, which keeps its built-in login (the *prepare* pull request). |
| \`live\` | Users log in through MAS (the *migrate* pull request). |
| \`unknown\` | A variable that decides the stage is not a plain \`true\` or \`false\`, such as a template or a value in a vault. |

A server has [stages of its own](../stages.md), such as \`installed\`.

The files of the playbook decide its dialect:

| dialect | meaning |
|---|---|
| \`syn2mas-tool\` | The playbook runs syn2mas as a Node program (October 2024 to May 2025). |
| \`mas-cli\` | The playbook runs \`mas-cli syn2mas\` (since May 2025). |`

function indexPage(): string {
  const row = (id: string, severity: string, why: string) =>
    `| [${id}](${pageOfRule(id).split('/').at(-1)}) | ${severity} | ${why} |`
  const head = ['| rule | severity | why it matters |', '|---|---|---|']
  return page(
    '# Rules',
    stagesAndDialects,
    '## Rules for the vars',
    [...head, ...rules.map(({ id, severity, why }) => row(id, severity, why))].join('\n'),
    '## Problems of reading an inventory',
    [...head, ...Object.entries(problemTexts).map(([id, text]) => row(id, text.severity, text.why))].join(
      '\n',
    ),
    '## Problems of the file of accepted findings',
    [...head, ...Object.entries(acceptanceTexts).map(([id, text]) => row(id, text.severity, text.why))].join(
      '\n',
    ),
  )
}

/** Paths and texts of the rule pages. The examples on them are also the tests of the rules. */
export function rulePages(): [string, string][] {
  return [
    ['docs/rules/README.md', indexPage()],
    ...rules.map((rule): [string, string] => [pageOfRule(rule.id), rulePage(rule)]),
    ...Object.entries({ ...problemTexts, ...acceptanceTexts }).map(([id, text]): [string, string] => [
      pageOfRule(id),
      problemPage(id, text),
    ]),
  ]
}

/** With a link to the format of the file. */
function withFormat(remedy: string): string {
  return remedy.replace('`accepted-findings.yml`', acceptedFile)
}
