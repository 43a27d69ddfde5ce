import {
  type CheckName,
  checkId,
  type HealthCheck,
  healthChecks,
  pageOfCheck,
} from '../src/domain/health-checks.ts'

const froms: Readonly<Record<HealthCheck['from'], string>> = {
  public: 'Seen from the runner, as everyone on the internet sees the server.',
  server: 'Seen on the server.',
  'mas-cli': 'A line of `mas-cli doctor`, which runs on the server.',
  doctor: 'About the health check itself.',
}

const entries = Object.entries(healthChecks) as readonly [CheckName, HealthCheck][]

/** Angle brackets would be HTML. */
function plain(text: string): string {
  return text.replaceAll('*', '\\*')
}

function checkPage(name: CheckName, { subject, from, severity, users, first }: HealthCheck): string {
  return `# ${checkId(name)}

Checks ${plain(subject)}. ${froms[from]} Usual severity: ${severity}.

**What users notice.** ${plain(users)}

**What to do first.** ${linked(plain(first))}
`
}

function indexPage(): string {
  const rows = entries.map(
    ([name, { subject, users }]) =>
      `| [${checkId(name)}](${name}.md) | ${plain(subject)} | ${plain(users)} |`,
  )
  return `# Checks of the doctor

The [doctor](../../doctor/README.md) runs all checks at the same time, each with its own time limit. In its report, a check passes, fails, could not run (\`unknown\`), or does not apply to the server (\`skipped\`). A check that could not run is not a pass: [doctor/not-checked](not-checked.md) names it.

| id | what it checks | what users notice if it fails |
|---|---|---|
${rows.join('\n')}
`
}

/** Paths and texts of the pages of the doctor's checks. */
export function checkPages(): [string, string][] {
  return [
    ['docs/checks/README.md', indexPage()],
    ...entries.map(([name, check]): [string, string] => [pageOfCheck(name), checkPage(name, check)]),
  ]
}

/** What a page can link, for readers who do not know the words. */
function linked(text: string): string {
  return text
    .replace('`operation: status`', '[`status`](../reference/cli.md#status)')
    .replace('docs/stages.md lists', '[the page about stages](../stages.md#causes-of-inconsistent) lists')
}
