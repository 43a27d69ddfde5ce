import { openFindings } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'
import { logText } from '../support/escape.ts'
import { plural } from '../support/plural.ts'
import { uncertainty } from './markdown.ts'
import { placeText } from './place.ts'

/** The verdict as plain text, for a terminal or a job's log. */
export function renderText({ hosts, findings }: Verdict): string {
  const hostLines = hosts.flatMap(({ host, stage, before, reason, outlook }) => [
    `${host}: ${before === undefined || before === stage ? stage : `${before} -> ${stage}`} (${reason})`,
    `  ${outlook.sentence}`,
  ])
  const findingLines = findings.flatMap(({ id, severity, message, place, host, remedy, accepted }) => [
    `${place ? placeText(place) : (host ?? 'inventory')}: ${accepted ? 'accepted' : severity}: ${message} [${id}]`,
    accepted ? `  Accepted: ${accepted.reason}` : `  ${remedy}`,
  ])
  const open = openFindings(findings)
  const errors = open.filter(({ severity }) => severity === 'error').length
  const accepted = findings.length - open.length
  const aside = accepted > 0 ? `, ${accepted} accepted` : ''
  const last = `${plural(open.length, 'finding')}, ${plural(errors, 'error')}${aside}${uncertainty(open)}`
  return logText([...hostLines, ...findingLines, last].join('\n'))
}
