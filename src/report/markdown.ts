import { bySeverity, type Finding, type Severity, severities } from '../domain/finding.ts'
import type { HostVerdict } from '../domain/verdict.ts'
import { markdownCode, markdownSentence } from '../support/escape.ts'
import { placeText, plural } from './place.ts'

const marks: Readonly<Record<Severity, string>> = {
  error: '❌ error',
  warning: '⚠️ warning',
  notice: 'ℹ️ notice',
}

/** One line: how many findings of which kind. */
export function headline(findings: readonly Finding[]): string {
  const counts = severities
    .map(severity => ({ severity, count: findings.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
  return counts.length === 0
    ? '✅ Nothing found'
    : `${findings.some(isError) ? '❌' : '⚠️'} ${counts.join(', ')}`
}

function isError({ severity }: Finding): boolean {
  return severity === 'error'
}

/** A table of hosts: the stage that the vars ask for, before and after, and what merging does. */
export function hostsTable(hosts: readonly HostVerdict[]): string {
  if (hosts.length === 0) return 'The inventory names no host.'
  const rows = hosts.map(({ host, before, stage, reason, outlook }) => [
    markdownCode(host),
    before === undefined || before === stage ? `**${stage}**` : `${before} → **${stage}**`,
    `${markdownSentence(outlook.sentence)} <br>Stage: ${markdownSentence(reason)}.`,
  ])
  return table(['Host', 'Stage', 'What merging does'], rows)
}

/** A table of findings, the most severe first; what does not fit into `most` is counted. */
export function findingsTable(findings: readonly Finding[], most: number): string {
  if (findings.length === 0) return ''
  const rows = [...findings]
    .sort(bySeverity)
    .slice(0, most)
    .map(({ id, severity, message, place, host, remedy }) => [
      marks[severity],
      place ? markdownCode(placeText(place)) : host === undefined ? '' : markdownCode(host),
      `${markdownSentence(message)} (${markdownCode(id)})`,
      markdownSentence(remedy),
    ])
  const left = findings.length - rows.length
  const more = left > 0 ? `\n\n${plural(left, 'more finding')} not shown here.` : ''
  return table(['', 'Where', 'What', 'What to do'], rows) + more
}

/** Cells are Markdown on one line each, pipes escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** The reasons behind the rules that were broken, folded away. */
export function reasons(findings: readonly Finding[]): string {
  const byId = new Map(findings.map(finding => [finding.id, finding.why]))
  if (byId.size === 0) return ''
  const items = [...byId].map(([id, why]) => `- ${markdownCode(id)}: ${markdownSentence(why)}`)
  return `<details><summary>Why these matter</summary>\n\n${items.join('\n')}\n\n</details>`
}
