import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HealthReport, RehearsalReport } from '../../domain/reports.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { validate as isDoctor } from '../../generated/doctor.ts'
import { validate as isRehearsal } from '../../generated/rehearsal.ts'
import { validate as isValidation } from '../../generated/validation.ts'
import { ToolkitError } from '../../support/errors.ts'

/** What earlier jobs found, as far as their files are there. */
export interface Reports {
  readonly validation?: Verdict
  readonly rehearsal?: readonly RehearsalReport[]
  readonly doctor?: readonly HealthReport[]
}

const largest = 5_000_000

/**
 * Reads `validate.json`, `rehearsal.json` and `doctor.json` of a folder. They come from jobs that ran a pull request's vars,
 * so each is held against its schema before anything of it is used.
 * @throws ToolkitError `input-invalid` where a file is too large, no JSON, or not what the schema says.
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
    // Said below; the parser's message would show text of the file.
  }
  throw new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: `The report ${name} is not what this toolkit writes.`,
    where: path,
    remedy:
      'Use the same release of this toolkit in all jobs, and read the log of the job that wrote the file.',
  })
}
