import type { MigrationReport } from '../domain/reports.ts'
import type { PlanKind } from '../migration/plan/plan.ts'
import { type FailureReason, ToolkitError } from '../support/errors.ts'
import { pageBeside, requireReportFile } from '../support/report-file.ts'
import { type Inputs, type InputTable, readInputs } from './inputs.ts'
import type { Port } from './port.ts'
import { Repository } from './repository.ts'
import { annotate, type InputSource, printLog, setOutput, stepInput } from './runner.ts'
import { runnerPort } from './runner-port.ts'

/** Where an action runs. */
export interface Runtime {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Relative paths in inputs are relative to its root. */
  readonly repository: Repository
  /** Prints untrusted text as lines of the log. */
  readonly log: (text: string) => void
  /** Receives results and outputs. */
  readonly port: Port
}

/** A runtime whose work can be cancelled. */
export interface CancellableRuntime extends Runtime {
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
}

/** GitHub cancels a job by a SIGINT to the step, and a SIGTERM some seconds later. */
export function cancellable(runtime: Runtime): CancellableRuntime {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return { ...runtime, signal: controller.signal }
}

export interface Action<Table extends InputTable, Result> {
  readonly inputs: Table
  /** Whether it writes a page beside the report that `json-path` names. */
  readonly hasPage?: boolean
  /** Throws where inputs do not fit together; before anything is done. */
  readonly check?: (inputs: Inputs<Table>) => void
  readonly run: (inputs: Inputs<Table>, runtime: Runtime, source: InputSource) => Promise<Result>
}

/** What an action that changes servers did. */
export interface Done {
  readonly plan?: PlanKind
  /** For the pull request. */
  readonly sentence?: string
  readonly outcome?: MigrationReport['outcome']
}

/** Infers the table of inputs. */
export function defineAction<const Table extends InputTable, Result>(
  action: Action<Table, Result>,
): Action<Table, Result> {
  return action
}

/** Inputs that name a report. */
const reportFiles = ['json-path', 'sarif-path']

/** @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`. */
export function checkedInputs<Table extends InputTable>(
  { inputs: table, check, hasPage }: Pick<Action<Table, unknown>, 'inputs' | 'check' | 'hasPage'>,
  source: InputSource,
  runtime: Runtime,
): Inputs<Table> {
  const inputs = readInputs(table, source)
  check?.(inputs)
  for (const name of reportFiles) if (name in table) requireReportFile(runtime, source(name) || undefined)
  const jsonPath = hasPage ? source('json-path') : undefined
  if (jsonPath) requireReportFile(runtime, pageBeside(jsonPath), '<')
  return inputs
}

/**
 * Reads an action's inputs, has its secrets masked, and runs it.
 * @throws ToolkitError of reason `input-invalid`, or what the action throws.
 */
export async function perform<Table extends InputTable, Result>(
  action: Action<Table, Result>,
  source: InputSource,
  runtime: Runtime,
): Promise<Result> {
  for (const [name, { isSecret }] of Object.entries(action.inputs))
    if (isSecret) runtime.port.maskSecret(source(name) ?? '')
  return action.run(checkedInputs(action, source, runtime), runtime, source)
}

/** Exit code of a step that failed on a bug, EX_SOFTWARE of sysexits.h. */
const bugExitCode = 70

/**
 * Runs an action as a step. An error becomes an annotation, the output `failure-reason` and a failed step: exit code 1 for
 * a `ToolkitError`, 70 with the stack for a bug.
 */
export async function runAction<Table extends InputTable>(action: Action<Table, unknown>): Promise<void> {
  const environment = process.env
  const repository = new Repository(environment.GITHUB_WORKSPACE ?? process.cwd())
  const runtime = { environment, repository, log: printLog, port: runnerPort(environment) }
  try {
    await perform(action, stepInput, runtime)
    setOutput('failure-reason', '')
  } catch (error) {
    process.exitCode = report(error)
  }
}

function report(error: unknown): number {
  if (error instanceof ToolkitError) {
    fail(error.reason, error.message, error.describe())
    return 1
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  fail('internal', 'matrix-auth-actions failed because of a bug', stack)
  printLog(
    'This is a bug in matrix-auth-actions, not in your repository. Please report it with the lines above.',
  )
  return bugExitCode
}

function fail(reason: FailureReason, title: string, message: string): void {
  annotate({ severity: 'error', title, message })
  setOutput('failure-reason', reason)
}
