import { systemClock } from '../../domain/clock.ts'
import type { Log } from '../../domain/log.ts'
import type { Checkout } from '../../playbook/checkout.ts'
import { failureOf } from '../../playbook/outcome.ts'
import type { OtherVars, Playbook } from '../../playbook/playbook.ts'
import { TaskProgress } from '../../playbook/progress.ts'
import type { RenderedFile } from '../../playbook/render.ts'
import { readDeleted, renderedFiles } from '../../playbook/render.ts'
import { renderTags, userTags } from '../../playbook/tags.ts'
import { publicWeb } from '../../server/public-web.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import { runTasks } from '../health/tasks.ts'
import { publicTasksFor } from '../health/tasks-for.ts'
import type { Deps } from './context.ts'

/** Vars of an older commit of the operator's repository. */
export interface OlderVars extends OtherVars {
  readonly commit: string
}

/**
 * The parts that all operations share: the server, the playbook's check mode and its tag for accounts.
 * @param vars The vars beside the final ones, each found when it is needed.
 * @param tasks About how many tasks a check run has, where that is known.
 */
export function serverDeps(
  server: Server,
  playbook: Playbook,
  vars: {
    /** Currently deployed, or the target of a rollback. */
    readonly present: () => OtherVars
    /** In stage prepared, of an older commit. */
    readonly lastPrepared: () => Promise<OlderVars | undefined>
  },
  log: Log,
  tasks: number | undefined,
): Omit<Deps, 'checkReceipt' | 'rehearse' | 'doctor' | 'isAsDeployed'> {
  let expected = tasks
  const render = async (vars: OtherVars) => {
    const progress = new TaskProgress(line => log.info(line), expected)
    const files = await renderFiles(server.session, playbook, vars, progress)
    expected = progress.count
    return files
  }
  return {
    ...server,
    clock: systemClock,
    log,
    render: () => render({}),
    renderPresent: async () => render(vars.present()),
    renderLastPrepared: async () => {
      const older = await vars.lastPrepared()
      return older && { commit: older.commit, files: await render(older) }
    },
    createUsers: () => createUsers(playbook),
    lookFromOutside: async () => runTasks(await publicTasksFor(server, { web: publicWeb() })),
  }
}

/** Variables that set stage prepared, regardless of the inventory. Today's playbook needs the last three with the first. */
export function preparedVariables(checkout: Checkout): Readonly<Record<string, boolean>> {
  const { delegatesWhilePrepared, advertisingVariables } = checkout.capabilities
  return {
    matrix_authentication_service_migration_in_progress: true,
    ...(delegatesWhilePrepared ? { matrix_synapse_matrix_authentication_service_enabled: false } : {}),
    ...Object.fromEntries(advertisingVariables.map(name => [name, false])),
  }
}

async function renderFiles(
  session: ServerSession,
  playbook: Playbook,
  vars: OtherVars,
  progress: TaskProgress,
): Promise<readonly RenderedFile[]> {
  const { host } = playbook.target
  const outcome = await playbook.run({
    tags: renderTags,
    vars,
    check: true,
    timeoutMs: 20 * 60_000,
    onTask: progress.onEvent,
  })
  if (outcome.code !== 0)
    throw failed(
      host,
      `The check run of the playbook failed (exit code ${outcome.code})${failureOf(outcome)}`,
    )
  const { files, unreadable } = renderedFiles(outcome.results, host)
  if (unreadable.length === 0) {
    return readDeleted(files, path => session.readFile(path))
  }
  throw failed(
    host,
    `The check run did not report the new content of ${unreadable.join(', ')}.`,
    'Ansible shows only text files of at most 10 MiB. Change the vars that make these files binary or larger, then run this again.',
  )
}

/** Accounts of bots, for example: the playbook creates none while a migration is in progress. */
async function createUsers(playbook: Playbook): Promise<void> {
  const { host } = playbook.target
  const outcome = await playbook.run({ tags: userTags, timeoutMs: 10 * 60_000 })
  if (outcome.code === 0 && outcome.stats[host] !== undefined) return
  throw new ToolkitError({
    reason: 'playbook-failed',
    what: `The playbook's tag ${userTags.join(',')} failed (exit code ${outcome.code})${failureOf(outcome)}`,
    where: host,
    remedy: 'Run the action deploy with the same vars: it creates these accounts too.',
  })
}

function failed(
  host: string,
  what: string,
  remedy = 'Fix the cause that the message names, then run this again. The log has the full output.',
): ToolkitError {
  return new ToolkitError({ reason: 'playbook-failed', what, where: host, remedy })
}
