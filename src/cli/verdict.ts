import { canBeAccepted, type Finding, openFindings, type Place, type Severity } from '../domain/finding.ts'
import { blobAddress } from '../domain/toolkit.ts'
import type { HostVerdict, Verdict } from '../domain/verdict.ts'
import { placeText } from '../report/place.ts'
import { findingLines, headlineText, hostLines } from '../report/text.ts'
import { type Screen, wrapped } from './screen.ts'

const colours = { error: 'red', warning: 'yellow', notice: 'cyan' } as const satisfies Record<
  Severity,
  string
>

/** The verdict on an inventory for a terminal. Its texts are escaped already. No newline at the end. */
export function renderVerdict({ hosts, findings }: Verdict, screen: Screen): string {
  return [hostsBlock(hosts, screen), findingsBlock(findings, screen), closing(findings, screen)]
    .filter(Boolean)
    .join('\n\n')
}

function hostsBlock(hosts: readonly HostVerdict[], screen: Screen): string {
  if (!screen.isTerminal) return hostLines(hosts).join('\n')
  return hosts
    .map(host => {
      const [head = '', ...rest] = hostLines([host])
      return `${screen.paint('bold', wrapped(head, screen.width))}\n${wrapped(rest.join(' ').trim(), screen.width, '  ')}`
    })
    .join('\n')
}

/** On a terminal grouped by file; elsewhere a line that editors link, and one that says what to do. */
export function findingsBlock(findings: readonly Finding[], screen: Screen): string {
  if (!screen.isTerminal)
    return findings.flatMap(each => [...findingLines([each]), ...proposed(each, placeText, '  ')]).join('\n')
  const byFile = Map.groupBy(findings, ({ place, host }) => place?.file ?? host ?? 'inventory')
  return [...byFile]
    .map(([file, own]) =>
      [screen.paint('underline', file), ...own.map(each => findingText(each, screen))].join('\n'),
    )
    .join('\n\n')
}

const indentation = '    '

function findingText(finding: Finding, { paint, width }: Screen): string {
  const { id, severity, message, place, remedy, accepted } = finding
  const where = place ? `${place.line}:${place.column}  ` : ''
  const mark = accepted ? paint('dim', 'accepted') : paint(colours[severity], severity)
  // The file is in the heading.
  const placeIn = (at: Place) => (at.file === place?.file ? `${at.line}:${at.column}` : placeText(at))
  const [head, ...lines] = proposed(finding, placeIn, indentation)
  return [
    `  ${where}${mark}  ${paint('dim', id)}`,
    wrapped(message, width, indentation),
    wrapped(accepted ? `Accepted: ${accepted.reason}` : `What to do: ${remedy}`, width, indentation),
    ...(head === undefined ? [] : [head, ...lines.map(line => paint('green', line))]),
  ].join('\n')
}

/** The lines that fix it, at the left margin so that they can be pasted, after one that says where. None where no fix is certain. */
function proposed(
  { suggestion }: Finding,
  placeIn: (place: Place) => string,
  indentation: string,
): readonly string[] {
  if (suggestion === undefined || suggestion.text.trim() === '') return []
  const { place, text } = suggestion
  const { line, column, endLine = line, endColumn = column } = place
  const isInserted = line === endLine && column === endColumn
  const head = isInserted ? `Insert at ${placeIn(place)}:` : `Replace the text at ${placeIn(place)} with:`
  return [`${indentation}${head}`, ...text.replace(/^\n+/, '').trimEnd().split('\n')]
}

const howToAccept = `The format of accepted-findings.yml: ${blobAddress('validate-config/README.md#accepting-a-finding')}`

function closing(findings: readonly Finding[], { isTerminal }: Screen): string {
  const open = openFindings(findings)
  const isFixable = open.some(({ suggestion }) => suggestion)
  // The error that follows says it of errors.
  const isSaid = open.some(({ severity }) => severity === 'error')
  const fix = isTerminal && isFixable && !isSaid ? '. --fix writes the proposed lines' : ''
  return [`${headlineText(findings)}${fix}`, ...(canBeAccepted(open) ? [howToAccept] : [])].join('\n')
}
