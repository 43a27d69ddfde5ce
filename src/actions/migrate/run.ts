import { restoresBuiltInLogin, type VarsToRestore } from '../../domain/reports.ts'
import type { DesiredStage } from '../../domain/stage.ts'
import { isAsDeployed, readDeployment, varsDigest } from '../../migration/deployment-record.ts'
import { actualStage } from '../../migration/plan/actual-stage.ts'
import { firstStep, nextStep } from '../../migration/plan/next-step.ts'
import { serverOptions } from '../../migration/plan/plan.ts'
import { doubtAbout } from '../../migration/plan/since-last-run.ts'
import { type Receipt, storedReceipts } from '../../migration/rehearsal/receipt.ts'
import type { BackupOptions, Deps, Options } from '../../migration/run/context.ts'
import { type OperationResult, operate } from '../../migration/run/operate.ts'
import { rehearsalDeps } from '../../migration/run/rehearsal-deps.ts'
import { serverDeps } from '../../migration/run/server.ts'
import type { ServerStatus } from '../../report/report.ts'
import type { Server } from '../../server/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import { pushTime } from '../../support/event.ts'
import { decisions } from '../evaluated-findings.ts'
import type { CancellableRuntime } from '../run-action.ts'
import { resolveTargets } from '../targets.ts'
import { varsToRestore } from '../vars-to-restore.ts'
import { type ConnectedServer, withServer } from '../with-server.ts'
import type { MigrateInputs } from './inputs.ts'
import {
  lastPreparedVars,
  presentStage,
  presentVars,
  type Selection,
  withPresentInventory,
} from './present-vars.ts'

export interface MigrateResult extends OperationResult {
  /** The result of `operation: status`. */
  readonly status?: ServerStatus
  /** Present where Synapse uses its built-in login again: lines that make the repository match the server again. */
  readonly varsToRestore?: VarsToRestore
}

/**
 * Runs the requested operation on the one host that the inputs select.
 * @throws ToolkitError where an input, the inventory or the checkout is wrong, the server cannot be reached, or the plan refuses.
 */
export async function migrateServer(
  given: MigrateInputs,
  runtime: CancellableRuntime,
): Promise<MigrateResult> {
  const backup = backupOf(given)
  const inputs = await withPresentInventory(given, runtime)
  const targets = await resolveTargets(inputs, runtime)
  const [target, ...others] = targets.targets
  if (target === undefined || others.length > 0) throw tooManyHosts(targets.targets.length)
  return withServer(targets, target, runtime, async connected => {
    const { operation } = inputs
    if (operation === 'status') return statusOf(connected.server, target.desired.stage)
    const selection = { inputs, targets, target }
    const before = presentStage(selection, runtime.repository.files)
    const mergedAt = pushTime(runtime.environment)
    const result = await operate(
      await depsOf(connected, selection, runtime),
      optionsOf(selection, backup, runtime),
      {
        operation,
        after: target.desired.stage,
        ...(before === undefined ? {} : { before }),
        ...(inputs.expectedPlan && { expected: inputs.expectedPlan }),
        ...(mergedAt && { mergedAt }),
      },
      runtime.signal,
    )
    // After a rollback or a failed migration, vars that ask for a live MAS no longer match the server.
    const differs = result.report && restoresBuiltInLogin(result.report) && target.desired.stage === 'live'
    return {
      ...result,
      ...(differs && {
        varsToRestore: varsToRestore(targets.checkout, target.host, runtime.repository.files),
      }),
    }
  })
}

async function depsOf(
  { server, playbook, print }: ConnectedServer,
  selection: Selection,
  runtime: CancellableRuntime,
): Promise<Deps> {
  const { inputs, targets, target } = selection
  const { repository, port, signal: abort } = runtime
  const log = {
    info: print,
    warning: (text: string) => print(`Warning: ${text}`),
    ...(port.step && { step: port.step }),
  }
  const vars = {
    present: () => presentVars(selection, repository, log),
    lastPrepared: () => lastPreparedVars(selection, runtime),
  }
  const deployed = await readDeployment(server)
  const digest = () =>
    varsDigest(
      repository.files,
      inputs.presentInventory ?? [],
      targets.checkout,
      inputs.extraVars,
      target.host.name,
    )
  const common = serverDeps(server, playbook, vars, log, deployed?.tasks)
  return {
    ...common,
    isAsDeployed: files => isAsDeployed(server, deployed, digest(), files),
    ...rehearsalDeps(
      { ...common, playbook, abort, ...decisions(targets, target, playbook) },
      { host: target.host, receiptMaxAgeHours: inputs.receiptMaxAgeHours },
    ),
  }
}

function optionsOf(
  { inputs, targets: { checkout } }: Selection,
  backup: BackupOptions,
  { environment }: CancellableRuntime,
): Options {
  const { requireReceipt, keepBackups, presentInventory, maxDowntime, confirmLostSessions } = inputs
  return {
    dialect: checkout.dialect,
    owner: ownerOf(environment),
    requireReceipt,
    backup,
    keepBackups,
    proveNoDrift: presentInventory !== undefined,
    ...(maxDowntime === undefined ? {} : { maxDowntime }),
    confirmLostSessions,
  }
}

/** `error`: why the stage is unknown. */
export async function statusOf(server: Server, vars: DesiredStage): Promise<MigrateResult> {
  const text = await server.window.status()
  const [newest] = await storedReceipts(server.session)
  const { error, ...stage } = await stageOf(server, vars)
  const status = {
    host: server.session.host,
    vars,
    text,
    ...(newest && { rehearsal: rehearsalOf(newest) }),
    ...stage,
  }
  return {
    plan: { kind: 'nothing', why: 'Only the status was requested.' },
    status,
    ...(error && { error }),
  }
}

function rehearsalOf({ at, passes, expectedWindowSeconds }: Receipt): NonNullable<ServerStatus['rehearsal']> {
  return { at, passes, expectedWindowSeconds }
}

/** Without PostgreSQL the stage is unknown, and the rest of the status is still worth something. */
async function stageOf(
  server: Server,
  vars: DesiredStage,
): Promise<Pick<ServerStatus, 'stage' | 'why' | 'next'> & Pick<MigrateResult, 'error'>> {
  try {
    const facts = await server.probe()
    const { stage, why } = actualStage(facts)
    const doubt = doubtAbout(facts.ours.last, facts)
    return {
      stage,
      why: doubt === undefined ? why : `${why} ${doubt}`,
      next: firstStep(facts) ?? nextStep(vars, stage, serverOptions(facts)),
    }
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.reason !== 'server-state-unreadable') throw error
    return { stage: 'unknown', why: error.message, next: error.remedy, error }
  }
}

/** The run that holds the lock, for the lock and the journal. No character needs quoting. */
function ownerOf(environment: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_REPOSITORY = 'terminal', GITHUB_RUN_ID = '0', GITHUB_RUN_ATTEMPT = '1' } = environment
  return `${GITHUB_REPOSITORY}-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}`
    .replace(/[^A-Za-z0-9._/-]/g, '_')
    .slice(0, 100)
}

/** @throws ToolkitError of reason `input-invalid`. */
export function backupOf({
  operation,
  backup,
  backupPath,
  backupMaxAgeHours,
}: Pick<MigrateInputs, 'operation' | 'backup' | 'backupPath' | 'backupMaxAgeHours'>): BackupOptions {
  // They take no backup, and at night nothing else may stop them.
  if (operation === 'resume' || operation === 'status') return { kind: 'auth' }
  if (backup !== 'external' && backupPath === undefined) return { kind: backup }
  if (backup !== 'external')
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `\`backup-path\` is set, but \`backup\` is \`${backup}\`, which does not use it.`,
      remedy: 'Set `backup` to `external`, or remove `backup-path`.',
    })
  if (backupPath !== undefined) return { kind: 'external', path: backupPath, maxAgeHours: backupMaxAgeHours }
  throw new ToolkitError({
    reason: 'input-invalid',
    what: '`backup` is `external`, but `backup-path` is not set.',
    remedy: 'Set `backup-path` to the path of your own backup file on the server.',
  })
}

function tooManyHosts(count: number): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `\`limit\` matches ${count} hosts, and this works on one host at a time.`,
    remedy: 'Set `limit` to one host. When that run has ended, start it for the next host.',
  })
}
