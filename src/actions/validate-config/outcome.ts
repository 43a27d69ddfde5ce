import { type Finding, openFindings, type Severity, severityNouns } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { ToolkitError } from '../../support/errors.ts'
import { plural } from '../../support/plural.ts'
import type { ValidationInputs } from './inputs.ts'

const failing: Readonly<Record<ValidationInputs['failOn'], readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
}

/** The value that all hosts have in common; `mixed` if they differ, empty if there are none. */
export function commonValue(values: readonly string[]): string {
  const [first = '', ...others] = new Set(values)
  return others.length > 0 ? 'mixed' : first
}

/** For `strategy.matrix` over hosts. */
export function hostsMatrix({ hosts }: Verdict): string {
  return JSON.stringify(
    hosts.map(({ host, stage, before, outlook }) => ({
      host,
      stage,
      before: before ?? '',
      plan: outlook.expected,
    })),
  )
}

/** What to do about findings that are listed above. `where`: if other findings stand there, too. */
function fixRemedy(blocking: readonly Finding[], where: string): string {
  const fix = blocking.some(({ suggestion }) => suggestion)
    ? ' `npx matrix-auth-actions validate --fix` writes the proposed lines.'
    : ''
  return `Fix the ${severityNouns(blocking)} ${where}.${fix}`
}

/** @throws ToolkitError of reason `findings` if a finding fails the step. */
export function requireClean(
  verdict: Pick<Verdict, 'findings'>,
  failOn: ValidationInputs['failOn'],
  where?: string,
): void {
  const error = blockedBy(verdict, failOn, where)
  if (error) throw error
}

/** Why findings fail the step; undefined where they do not. */
export function blockedBy(
  { findings }: Pick<Verdict, 'findings'>,
  failOn: ValidationInputs['failOn'],
  where = 'above',
): ToolkitError | undefined {
  const blocking = openFindings(findings).filter(({ severity }) => failing[failOn].includes(severity))
  if (blocking.length === 0) return undefined
  return new ToolkitError({
    reason: 'findings',
    what: `${plural(blocking.length, 'finding')} must be fixed first.`,
    remedy: fixRemedy(blocking, where),
  })
}
