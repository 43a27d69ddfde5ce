import { bySeverity } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'
import { logText } from '../support/escape.ts'
import { placeText, plural } from './place.ts'

/** The verdict as plain text for a terminal or a job's log. */
export function renderText({ hosts, findings }: Verdict): string {
  const hostLines = hosts.flatMap(({ host, stage, before, reason, outlook }) => [
    `${host}: ${before === undefined || before === stage ? stage : `${before} -> ${stage}`} (${reason})`,
    `  ${outlook.sentence}`,
  ])
  const findingLines = [...findings]
    .sort(bySeverity)
    .flatMap(({ id, severity, message, place, host, remedy }) => [
      `${place ? placeText(place) : (host ?? 'inventory')}: ${severity}: ${message} [${id}]`,
      `  ${remedy}`,
    ])
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const last = `${plural(findings.length, 'finding')}, ${plural(errors, 'error')}`
  return logText([...hostLines, ...findingLines, last].join('\n'))
}
