import { join, resolve } from 'node:path'
import { optional, text } from './inputs.ts'
import type { Runtime } from './run-action.ts'

export const reportInputs = { 'report-path': optional(text()) }

/**
 * The folder with the reports of the job. By default it is outside the checkout, because a pull request could contain files there that
 * look like reports, and because the checkout of an earlier job can still be there.
 */
export function reportFolder(
  { reportPath }: { readonly reportPath: string | undefined },
  { environment, repository: { root } }: Pick<Runtime, 'environment' | 'repository'>,
): string {
  return resolve(root, reportPath ?? join(environment.RUNNER_TEMP ?? '', 'report'))
}
