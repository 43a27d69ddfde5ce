import type { RenderedFile } from '../../playbook/render.ts'
import { unlessAborted } from '../../support/abort.ts'
import { ToolkitError } from '../../support/errors.ts'
import { takeBackup } from './backup.ts'
import type { Context, Deps, Options } from './context.ts'
import { checkFileSet } from './fileset.ts'
import { finish } from './finish.ts'
import { preflight } from './preflight.ts'
import { type MigrationResult, timed, underLock } from './under-lock.ts'
import { windowFiles } from './window-plan.ts'
import { cancelled, runWindow } from './window-run.ts'

/**
 * Migrates one server. The runner prepares everything that users do not notice; the server carries the window out by itself,
 * and ends it as `migrated`, or `restored` to the state before. Errors are returned, not thrown.
 */
export function migrate(deps: Deps, options: Options, signal: AbortSignal): Promise<MigrationResult> {
  return underLock(deps, options, 'migrate', async context => {
    const { command, files, seconds } = await untilCancelled(prepare(context), signal, deps)
    const maxDowntime = options.maxDowntime ?? defaultMaxDowntime(seconds)
    const work = { kind: 'migrate', files: windowFiles(files), command, maxDowntime } as const
    const outcome = await runWindow(context, work, signal)
    if (outcome === 'migrated') await finish(context)
    return outcome
  })
}

/** Five times the estimate, between a minute and 15 minutes. */
function defaultMaxDowntime(estimate: number): number {
  return Math.min(Math.max(5 * estimate, 60), 900)
}

interface Prepared {
  readonly command: readonly string[]
  readonly files: readonly RenderedFile[]
  /** The upper end of the estimate. */
  readonly seconds: number
}

async function prepare(context: Context): Promise<Prepared> {
  const { deps, facts, options, run, report } = context
  await timed(context, 'preflight', () => preflight(context))
  await timed(context, 'backup', () => takeBackup(context))
  const rehearsed = await timed(context, 'rehearse', () => deps.rehearse(run))
  report.found(rehearsed.findings)
  report.toolOutput = { rehearsal: rehearsed.lastLines }
  if (rehearsed.failure) throw rehearsed.failure
  const files = await timed(context, 'render', async () => {
    const final = await deps.render()
    if (options.proveNoDrift) await requireNoDrift(context, final)
    return final
  })
  checkFileSet(files, 'migrate', facts.host)
  const seconds = await rehearsed.estimate()
  report.expectedWindowSeconds = seconds
  deps.log.info(`Expected downtime: ${(seconds / 2).toFixed(1)} to ${seconds.toFixed(1)} s.`)
  return { command: rehearsed.command, files, seconds }
}

async function requireNoDrift({ deps, facts }: Context, final: readonly RenderedFile[]): Promise<void> {
  if (await deps.isAsDeployed(final)) {
    deps.log.info(
      'The files are as the last deployment left them, so a check run with the vars from before this change is not necessary.',
    )
    return
  }
  const changed = await deps.renderPresent()
  if (changed.length === 0) return
  throw new ToolkitError({
    reason: 'refused-state',
    what: `The server does not match the vars from before this change. Deploying those would change ${changed.map(file => file.path).join(', ')}.`,
    where: facts.host,
    remedy:
      'Revert this change with a pull request: its merge deploys the vars from before. Then revert that revert with a second pull request, and merge it.',
  })
}

/** A cancelled rehearsal must start MAS again and remove its scratch database, so it gets some seconds for that. */
const gracePeriodMs = 6000

async function untilCancelled<T>(
  work: Promise<T>,
  signal: AbortSignal,
  { clock, session }: Pick<Deps, 'clock' | 'session'>,
): Promise<T> {
  const done = await unlessAborted(work, signal)
  if (done) return done.value
  await Promise.race([work.catch(() => undefined), clock.sleep(gracePeriodMs)])
  throw cancelled(session.host)
}
