import { openFindings, type Severity } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { ValidationInputs } from './inputs.ts'

const failing: Readonly<Record<ValidationInputs['failOn'], readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
}

/** The value that all hosts share, `mixed` where they differ, empty where there are none. */
export function shared(values: readonly string[]): string {
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

/** @throws ToolkitError of reason `findings` where there are such that are to fail the step. */
export function requireClean({ findings }: Verdict, failOn: ValidationInputs['failOn']): void {
  const blocking = openFindings(findings).filter(({ severity }) => failing[failOn].includes(severity))
  if (blocking.length === 0) return
  throw new ToolkitError({
    kind: 'input',
    reason: 'findings',
    what: `The inventory has ${blocking.length} finding${blocking.length === 1 ? '' : 's'} that must be mended first.`,
    remedy: 'Read the annotations or the summary of this check: each says what to do.',
  })
}
