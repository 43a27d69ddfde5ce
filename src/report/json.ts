import { type Severity, severities } from '../domain/finding.ts'
import type { Verdict } from '../domain/verdict.ts'

const reportSchema = 'https://matrix-auth-actions.example/schemas/validation.schema.json'

/** The verdict as JSON (`schemas/validation.schema.json`), with a newline at the end. */
export function renderJson({ hosts, findings }: Verdict): string {
  const counts = Object.fromEntries(
    severities.map(severity => [severity, findings.filter(finding => finding.severity === severity).length]),
  ) as Record<Severity, number>
  return `${JSON.stringify({ $schema: reportSchema, version: 1, counts, hosts, findings }, undefined, 2)}\n`
}
