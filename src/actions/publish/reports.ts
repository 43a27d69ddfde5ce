import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { HealthReports, HostOutcome, RehearsalReport } from '../../domain/reports.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { validate as isDoctor } from '../../generated/doctor.ts'
import { validate as isOutcome } from '../../generated/outcome.ts'
import { validate as isRehearsal } from '../../generated/rehearsal.ts'
import { validate as isValidation } from '../../generated/validation.ts'
import { ToolkitError } from '../../support/errors.ts'

/** The reports of earlier jobs that exist. */
export interface Reports {
  readonly validation?: Verdict
  readonly rehearsal?: readonly RehearsalReport[]
  readonly doctor?: HealthReports
  readonly outcomes?: readonly HostOutcome[]
}

/** Bytes of a report: some 30,000 hosts. */
const largest = 50_000_000

/**
 * The artifacts in which a job keeps each kind of report. A job that ran the vars of a pull request could write a report of another kind.
 */
const artifacts = {
  validate: /^matrix-auth-(?:check|plan)$/,
  rehearsal: /^matrix-auth-rehearsal-/,
  doctor: /^matrix-auth-doctor$/,
  outcome: /^matrix-auth-(?:plan$|apply-)/,
}

/**
 * Reads `validate.json`, and `rehearsal.json`, `doctor.json` and `outcome.json` of one or more hosts (`rehearsal-HOST.json`) of a folder
 * and of the artifacts in it. They come from jobs that ran the vars of a pull request, so each is validated against its schema first.
 * @throws ToolkitError `input-invalid` if a file is too large, not JSON, or does not match its schema.
 */
export function readReports(folder: string): Reports {
  const [validation] = readAll<Verdict>(folder, 'validate', isValidation)
  const rehearsals = readAll<{ hosts: readonly RehearsalReport[] }>(folder, 'rehearsal', isRehearsal)
  const healths = readAll<HealthReports>(folder, 'doctor', isDoctor)
  const outcomes = readAll<{ outcomes: readonly HostOutcome[] }>(folder, 'outcome', isOutcome)
  return {
    ...(validation && { validation }),
    ...(rehearsals.length > 0 && { rehearsal: rehearsals.flatMap(({ hosts }) => hosts) }),
    ...(healths.length > 0 && { doctor: together(healths) }),
    ...(outcomes.length > 0 && { outcomes: outcomes.flatMap(each => each.outcomes) }),
  }
}

function together(healths: readonly HealthReports[]): HealthReports {
  const inventories = healths.map(({ inventory }) => inventory)
  return {
    hosts: healths.flatMap(({ hosts }) => hosts),
    ...(inventories.every(names => names !== undefined) && { inventory: inventories.flat() }),
  }
}

function readAll<T>(
  folder: string,
  name: keyof typeof artifacts,
  fits: (value: unknown) => boolean,
): readonly T[] {
  const inside = namesIn(folder).filter(each => artifacts[name].test(each))
  const folders = [folder, ...inside.map(each => join(folder, each))]
  return folders.flatMap(each =>
    namesIn(each)
      .filter(file => file === `${name}.json` || (file.startsWith(`${name}-`) && file.endsWith('.json')))
      .map(file => readReport<T>(join(each, file), fits)),
  )
}

/** Sorted; empty if it is no folder. */
function namesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : []
}

function readReport<T>(path: string, fits: (value: unknown) => boolean): T {
  if (statSync(path).size > largest) throw tooLarge(path)
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (fits(value)) return value as T
  } catch {
    // Reported below. The parser's message would quote the file.
  }
  throw new ToolkitError({
    reason: 'input-invalid',
    what: `The report ${basename(path)} does not match its schema.`,
    where: path,
    remedy:
      'Use the same release of matrix-auth-actions in all jobs. Read the log of the job that wrote the file.',
  })
}

function tooLarge(path: string): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The report ${basename(path)} is larger than ${largest / 1_000_000} MB.`,
    where: path,
    remedy:
      'Read the log of the job that wrote the file. If it is about that many hosts, split the inventory into several repositories.',
  })
}
