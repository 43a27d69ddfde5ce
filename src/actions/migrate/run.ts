import { resolve } from 'node:path'
import type { DesiredStage } from '../../domain/stage.ts'
import { desiredStage } from '../../inventory/desired-stage.ts'
import { readInventory } from '../../inventory/read-inventory.ts'
import { rehearsalDeps } from '../../migration/rehearsal/for-migration.ts'
import type { BackupOptions } from '../../migration/run/backup.ts'
import { defaultOptions, type Log, type Options } from '../../migration/run/context.ts'
import { type Operation, type OperationResult, operate } from '../../migration/run/operate.ts'
import { preparedVariables, serverDeps } from '../../migration/run/server.ts'
import type { OtherVars } from '../../playbook/playbook.ts'
import type { VarsToPutBack } from '../../report/migration.ts'
import { ToolkitError } from '../../support/errors.ts'
import { diskFiles } from '../../support/files/disk-files.ts'
import { resolveTargets, type ServerInputs, type Target, type Targets } from '../targets.ts'
import { withServer } from '../with-server.ts'

export interface MigrateInputs extends ServerInputs {
  readonly operation: Operation
  readonly presentInventory: readonly string[] | undefined
  readonly requireReceipt: boolean
  readonly receiptMaxAgeHours: number
  readonly allowInPlace: boolean
  readonly backup: BackupOptions['kind']
  readonly backupPath: string | undefined
  readonly backupMaxAgeHours: number
}

export interface MigrateSurroundings {
  /** The repository. */
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  /** Gets masked lines of untrusted text; whoever prints them escapes them. */
  readonly log: (line: string) => void
}

export interface MigrateResult extends OperationResult {
  /** Present where the repository should ask for the prepared stage again, for it to say what the server is. */
  readonly varsToPutBack?: VarsToPutBack
}

/**
 * Does what was asked for on the one host that the inputs name.
 * @throws ToolkitError where an input, the inventory or the checkout is wrong, the server cannot be reached, or the plan refuses.
 */
export async function migrateServer(
  inputs: MigrateInputs,
  around: MigrateSurroundings,
): Promise<MigrateResult> {
  const backup = backupOf(inputs)
  const targets = await resolveTargets(inputs, around.root, around.environment)
  const [target, ...others] = targets.targets
  if (target === undefined || others.length > 0) throw oneHostOnly(targets.targets.length)
  return withServer(inputs, targets, target, around.log, async ({ server, playbook, print }) => {
    const log = { info: print, warning: (text: string) => print(`Warning: ${text}`) }
    const before = presentStage(inputs, target, around.root)
    const present = presentVars(inputs, targets, target, before, around.root, log)
    const common = serverDeps(server, playbook, present, log)
    const deps = {
      ...common,
      ...rehearsalDeps(
        { ...common, playbook, abort: around.signal },
        {
          host: target.host,
          allowInPlace: inputs.allowInPlace,
          receiptMaxAgeHours: inputs.receiptMaxAgeHours,
          fence: () => common.guard.fence,
        },
      ),
    }
    const options: Options = {
      ...defaultOptions,
      dialect: targets.checkout.dialect,
      owner: ownerOf(around.environment),
      requireReceipt: inputs.requireReceipt,
      backup,
      proveNoDrift: inputs.presentInventory !== undefined,
    }
    const result = await operate(
      deps,
      options,
      {
        operation: inputs.operation,
        after: target.desired.stage,
        ...(before === undefined ? {} : { before }),
      },
      around.signal,
    )
    return { ...result, ...putBack(result, targets, target) }
  })
}

/** After a way back the vars that ask for a live MAS no longer say what the server is. */
function putBack(
  { report }: OperationResult,
  { checkout }: Targets,
  { desired }: Target,
): Pick<MigrateResult, 'varsToPutBack'> {
  if (report?.outcome !== 'rolled-back' || desired.stage !== 'live') return {}
  const lines = Object.entries(preparedVariables(checkout)).map(([name, value]) => `${name}: ${value}`)
  return { varsToPutBack: { lines, ...(desired.place && { file: desired.place.file }) } }
}

/**
 * The vars of the login that Synapse has of its own: what is deployed now, or where a rollback leads. Where the repository
 * says prepared they are its own; else the lines that say so are added, and named in the log.
 */
function presentVars(
  { operation, presentInventory }: MigrateInputs,
  { checkout }: Targets,
  target: Target,
  before: DesiredStage | undefined,
  root: string,
  log: Log,
): OtherVars {
  if (operation === 'rollback' && target.desired.stage === 'prepared') return {}
  const isWanted = operation !== 'rollback' || before === 'prepared'
  if (presentInventory !== undefined && isWanted)
    return { inventory: presentInventory.map(path => resolve(root, path)) }
  const extraVars = preparedVariables(checkout)
  if (operation === 'rollback') {
    log.info(`Added for the own login of Synapse, as the vars do not have them: ${JSON.stringify(extraVars)}`)
  }
  return { extraVars }
}

function presentStage(inputs: MigrateInputs, target: Target, root: string): DesiredStage | undefined {
  if (inputs.presentInventory === undefined) return target.before
  const host = readInventory(inputs.presentInventory, diskFiles(root)).host(target.host.name)
  return host === undefined ? 'off' : desiredStage(host).stage
}

/** Goes into the lock and the journal: who to ask. Only what needs no quoting anywhere. */
function ownerOf(environment: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_REPOSITORY = 'terminal', GITHUB_RUN_ID = '0', GITHUB_RUN_ATTEMPT = '1' } = environment
  return `${GITHUB_REPOSITORY}-${GITHUB_RUN_ID}-${GITHUB_RUN_ATTEMPT}`
    .replace(/[^A-Za-z0-9._/-]/g, '_')
    .slice(0, 100)
}

function backupOf({ backup, backupPath, backupMaxAgeHours }: MigrateInputs): BackupOptions {
  if (backup !== 'external') return { kind: backup }
  if (backupPath !== undefined) return { kind: 'external', path: backupPath, maxAgeHours: backupMaxAgeHours }
  throw new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: 'The input `backup` is `external`, and `backup-path` names no file.',
    remedy: 'Give `backup-path`, a file of your own backup on the server.',
  })
}

function oneHostOnly(count: number): ToolkitError {
  return new ToolkitError({
    kind: 'input',
    reason: 'input-invalid',
    what: `A migration is of one host, and ${count} are named.`,
    remedy: 'Name one host in `limit`; run the next one when it is done.',
  })
}
