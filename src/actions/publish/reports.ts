import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HealthReport, RehearsalReport } from '../../domain/reports.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { validate as isDoctor } from '../../generated/doctor.ts'
import { validate as isRehearsal } from '../../generated/rehearsal.ts'
import { validate as isValidation } from '../../generated/validation.ts'
import { ToolkitError } from '../../support/errors.ts'

/** The reports of earlier jobs that exist. */
export interface Reports {
  readonly validation?: Verdict
  readonly rehearsal?: readonly RehearsalReport[]
  readonly doctor?: readonly HealthReport[]
}

const largest = 5_000_000

/**
 * Reads `validate.json`, `rehearsal.json` and `doctor.json` of a folder. They come from jobs that ran the vars of a pull request,
 * so each is validated against its schema first.
 * @throws ToolkitError `input-invalid` if a file is too large, not JSON, or does not match its schema.
 */
export function readReports(folder: string): Reports {
  const validation = readReport<Verdict>(folder, 'validate.json', isValidation)
  const rehearsal = readReport<{ hosts: readonly RehearsalReport[] }>(folder, 'rehearsal.json', isRehearsal)
  const doctor = readReport<{ hosts: readonly HealthReport[] }>(folder, 'doctor.json', isDoctor)
  return {
    ...(validation && { validation }),
    ...(rehearsal && { rehearsal: rehearsal.hosts }),
    ...(doctor && { doctor: doctor.hosts }),
  }
}

function readReport<T>(folder: string, name: string, fits: (value: unknown) => boolean): T | undefined {
  const path = join(folder, name)
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) return undefined
  try {
    const value: unknown = size > largest ? undefined : JSON.parse(readFileSync(path, 'utf8'))
    if (fits(value)) return value as T
  } catch {
    // Reported below. The parser's message would quote the file.
  }
  throw new ToolkitError({
    reason: 'input-invalid',
    what: `The report ${name} does not match its schema.`,
    where: path,
    remedy:
      'Use the same release of matrix-auth-actions in all jobs. Read the log of the job that wrote the file.',
  })
}
