import { pageOfRule } from '../src/domain/finding.ts'
import { doctorMessages } from '../src/mas/output/doctor-messages.ts'
import type { ToolMessage } from '../src/mas/output/finding-table.ts'
import { masCliMessages } from '../src/mas/output/mas-cli-messages.ts'
import { nodeToolMessages } from '../src/mas/output/node-tool-messages.ts'
import { rules } from '../src/rules/registry.ts'
import { askAbout } from './rule-examples.ts'

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

type Row = readonly string[]

function table(head: Row, rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.map(cell).join(' | ')} |`
  const sorted = rows.toSorted(([a = ''], [b = '']) => a.localeCompare(b, 'en'))
  return [line(head), `|${'---|'.repeat(head.length)}`, ...new Set(sorted.map(line))].join('\n')
}

/** The messages of a rule are those of its examples. */
function ruleRows(): readonly Row[] {
  return rules.flatMap(rule =>
    rule.examples.wrong
      .flatMap(example => askAbout(rule, example).violations)
      .map(({ message }) => [`${message}.`, `[${rule.id}](${pageOfRule(rule.id).replace('docs/', '')})`]),
  )
}

/** What the message repeats from the tool's output, such as the name of a provider, is in capitals. */
const names: Readonly<Record<string, string>> = new Proxy(
  {},
  { get: (_, name) => (typeof name === 'string' ? name.toUpperCase() : undefined) },
)

function toolRows(family: string, messages: readonly ToolMessage[]): readonly Row[] {
  return messages.map(({ name, message, remedy }) => [
    message(names, 2),
    family === 'doctor' ? `[doctor/${name}](checks/${name}.md)` : `\`${family}/${name}\``,
    typeof remedy === 'string' ? remedy : remedy(names),
  ])
}

/** Every message that people meet, so that a search of the page finds it. */
export function troubleshootingPage(): string {
  return `# Troubleshooting by message

Search this page for the words of your message. Names, numbers and files differ. If users are affected now, read the [night page](night.md) first.

- **A step failed**: the end of its log names a \`failure-reason\`. [Failure reasons](reference/failure-reasons.md) lists all of them, with what to do first.
- **A message of the actions names a stage of the server**: [stages](stages.md) says who can log in, and how to continue.
- **The doctor opened an issue**: each finding has a page in [checks of the doctor](checks/README.md). What it says of \`mas-cli doctor\` is also below.

## The check of the vars

${table(['message', 'page with the reason and the fix'], ruleRows())}

What can be wrong with the files themselves, and with \`accepted-findings.yml\`, is in the [list of rules](rules/README.md#problems-of-reading-an-inventory).

## The rehearsal and the migration, dialect \`mas-cli\`

${table(['message', 'finding', 'what to do'], toolRows('syn2mas', masCliMessages))}

## The rehearsal and the migration, dialect \`syn2mas-tool\`

${table(['message', 'finding', 'what to do'], toolRows('syn2mas', nodeToolMessages))}

## \`mas-cli doctor\`

${table(['message', 'finding', 'what to do'], toolRows('doctor', doctorMessages))}
`
}
