import { bySeverity, type Finding, openFindings, type Severity, severities } from '../domain/finding.ts'
import type { HostVerdict } from '../domain/verdict.ts'
import { markdownBlock, markdownCode, markdownSentence } from '../support/escape.ts'
import { plural } from '../support/plural.ts'
import { type Pages, pageAddress } from './pages.ts'
import { placeText } from './place.ts'

const signs: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', notice: 'ℹ️' }

function mark(severity: Severity): string {
  return `${signs[severity]} ${severity}`
}

/** One line: the number of findings by severity, and of accepted ones. */
export function headline(findings: readonly Finding[]): string {
  const open = openFindings(findings)
  const counts = severities
    .map(severity => ({ severity, count: open.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
  const accepted = findings.length - open.length
  const aside = accepted > 0 ? ` (${accepted} accepted)` : ''
  if (counts.length === 0) return `✅ No findings${aside}`
  const worst = severities.find(severity => open.some(finding => finding.severity === severity)) ?? 'notice'
  return `${signs[worst]} ${counts.join(', ')}${aside}${uncertainty(open)}`
}

/** Ends the line with the counts: what they depend on. */
export function uncertainty(findings: readonly Finding[]): string {
  const count = findings.filter(({ isUncertain }) => isUncertain).length
  return count > 0
    ? `; not certain: ${plural(count, 'finding')} about what an encrypted file may contain`
    : ''
}

/** A table of hosts: the stage that the vars ask for, before and after the change, and what merging does. */
export function hostsTable(hosts: readonly HostVerdict[], most = Number.POSITIVE_INFINITY): string {
  if (hosts.length === 0) return 'The inventory has no hosts.'
  const rows = hosts
    .slice(0, most)
    .map(({ host, before, stage, reason, outlook }) => [
      markdownCode(host),
      before === undefined || before === stage ? `**${stage}**` : `${before} → **${stage}**`,
      `${markdownSentence(outlook.sentence)} <br>Stage: ${markdownSentence(reason)}.`,
    ])
  return (
    table(['Host', 'Stage of the vars', 'What merging does'], rows) +
    notShown(hosts.length - rows.length, 'host')
  )
}

/** A table of the open findings, the most severe first. Findings beyond `most` are only counted. */
export function findingsTable(findings: readonly Finding[], most: number, pages?: Pages): string {
  const open = openFindings(findings)
  if (open.length === 0) return ''
  const rows = open
    .toSorted(bySeverity)
    .slice(0, most)
    .map(finding => [
      mark(finding.severity),
      where(finding),
      `${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
      markdownSentence(finding.remedy),
    ])
  return (
    table(['Severity', 'Where', 'Finding', 'What to do'], rows) +
    notShown(open.length - rows.length, 'finding')
  )
}

/** A table of the accepted findings, with their reasons. */
export function acceptedTable(findings: readonly Finding[], most: number, pages?: Pages): string {
  const accepted = findings.flatMap(finding =>
    finding.accepted ? [{ finding, accepted: finding.accepted }] : [],
  )
  if (accepted.length === 0) return ''
  const rows = accepted
    .slice(0, most)
    .map(({ finding, accepted: { reason, until } }) => [
      mark(finding.severity),
      where(finding),
      `${markdownSentence(finding.message)} (${ruleLink(finding, pages)})`,
      `${markdownSentence(reason)}${until === undefined ? '' : ` (until ${markdownSentence(until)})`}`,
    ])
  return (
    table(['Accepted', 'Where', 'Finding', 'Reason'], rows) +
    notShown(accepted.length - rows.length, 'accepted finding')
  )
}

function where({ place, host }: Finding): string {
  if (place) return markdownCode(placeText(place))
  return host === undefined ? '' : markdownCode(host)
}

/** The heading of a column with stages of servers, with a link to the page that explains them. */
export function stageHeading(pages: Pages | undefined): string {
  const address = pageAddress(pages, 'docs/stages.md')
  return address === undefined ? 'Stage of the server' : `[Stage of the server](${address})`
}

function ruleLink({ id, page }: Finding, pages: Pages | undefined): string {
  const address = pageAddress(pages, page)
  return address === undefined ? markdownCode(id) : `[${markdownCode(id)}](${address})`
}

function notShown(count: number, what: string): string {
  return count > 0 ? `\n\n${plural(count, `more ${what}`)}, not shown here.` : ''
}

/** Proposed lines, folded: suggestions of more than one line, in full. */
export function proposals(findings: readonly Finding[], most: number): string {
  const parts = openFindings(findings)
    .filter(({ suggestion }) => suggestion?.text.includes('\n'))
    .slice(0, most)
    .map(({ id, suggestion }) =>
      suggestion
        ? `At ${markdownCode(placeText(suggestion.place))}, for ${markdownCode(id)}:\n\n${markdownBlock(suggestion.text.replace(/^\n/, ''))}`
        : '',
    )
  if (parts.length === 0) return ''
  return `<details><summary>Proposed lines</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}

/** Joins the parts of a text that are not empty, with an empty line between them. */
export function sections(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n\n')
}

/** Cells are Markdown on one line each, pipes escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Why the findings matter, by rule, folded. */
export function reasons(findings: readonly Finding[]): string {
  const byId = new Map(openFindings(findings).map(finding => [finding.id, finding.why]))
  if (byId.size === 0) return ''
  const items = [...byId].map(([id, why]) => `- ${markdownCode(id)}: ${markdownSentence(why)}`)
  return `<details><summary>Why these matter</summary>\n\n${items.join('\n')}\n\n</details>`
}
