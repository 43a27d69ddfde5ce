import { openFindings, type Severity, severities } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'
import { jsonText } from '../support/escape.ts'

const reportSchema = 'https://matrix-auth-actions.example/schemas/validation.schema.json'

/** The verdict as JSON (`schemas/validation.schema.json`), with a newline at the end. */
export function renderJson({ hosts, findings, appliedByHand }: Verdict): string {
  const open = openFindings(findings)
  const bySeverity = Object.fromEntries(
    severities.map(severity => [severity, open.filter(finding => finding.severity === severity).length]),
  ) as Record<Severity, number>
  const counts = { ...bySeverity, accepted: findings.length - open.length }
  return jsonText({ $schema: reportSchema, version: 1, counts, hosts, findings, appliedByHand })
}
