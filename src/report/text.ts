import { type Finding, openFindings } from '../domain/finding.ts'
import type { HostVerdict, Verdict } from '../domain/verdict.ts'
import { logText } from '../support/escape.ts'
import { plural } from '../support/plural.ts'
import { uncertainty } from './findings.ts'
import { placeText } from './place.ts'

/** The verdict as plain text, for a terminal or a job's log. */
export function renderText({ hosts, findings }: Verdict): string {
  return logText([...hostLines(hosts), ...findingLines(findings), headlineText(findings)].join('\n'))
}

export function hostLines(hosts: readonly HostVerdict[]): readonly string[] {
  return hosts.flatMap(({ host, stage, before, reason, outlook }) => [
    `${host}: stage ${before === undefined || before === stage ? stage : `${before} -> ${stage}`} (${reason})`,
    `  ${[outlook.sentence, outlook.otherwise].filter(Boolean).join(' ')}`,
  ])
}

export function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ id, severity, message, place, host, remedy, accepted }) => [
    `${place ? placeText(place) : (host ?? 'inventory')}: ${accepted ? 'accepted' : severity}: ${message} [${id}]`,
    accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`,
  ])
}

/** How many findings there are, such as `2 findings, 1 error`. */
export function headlineText(findings: readonly Finding[]): string {
  const open = openFindings(findings)
  const errors = open.filter(({ severity }) => severity === 'error').length
  const accepted = findings.length - open.length
  const aside = accepted > 0 ? `, ${accepted} accepted` : ''
  return `${plural(open.length, 'finding')}, ${plural(errors, 'error')}${aside}${uncertainty(open)}`
}
