import type { Finding } from '../../domain/finding.ts'
import type { Proof } from '../../domain/reports.ts'
import { curlConfig } from '../../server/http.ts'
import { ToolkitError } from '../../support/errors.ts'
import { countBoth, restoreAdmins, restoreLocks } from './accounts.ts'
import { takeBackup } from './backup.ts'
import {
  type Canary,
  deactivate,
  makeCanary,
  openCanariesSql,
  retireCanary,
  retireInMasSql,
} from './canary.ts'
import type { Context } from './context.ts'
import { checkFileSet, storeFileSet } from './fileset.ts'
import { preflight } from './preflight.ts'
import { proveCounts, proveLive } from './proofs.ts'

export const stepNames = [
  'preflight',
  'backup',
  'canary',
  'rehearse',
  'guard',
  'render',
  'stop',
  'syn2mas',
  'switch-over',
  'prove',
] as const
export type StepName = (typeof stepNames)[number]

/** A step's data for the journal: no secrets. */
type StepData = Readonly<Record<string, unknown>>

export interface Step {
  readonly name: StepName
  /** For the log: what the step does. */
  readonly what: string
  readonly action: (context: Context) => Promise<StepData | undefined>
  /** Checked right after the action; if one fails, the step fails. */
  readonly proof?: (context: Context) => Promise<readonly Proof[]>
  /** Undoes the action, from any point of it. Can be repeated. */
  readonly undo?: (context: Context) => Promise<void>
}

/** The steps between taking the lock and `finish`. */
export const steps: readonly Step[] = [
  {
    name: 'preflight',
    what: 'Check that the server is ready',
    action: preflight,
  },
  {
    name: 'backup',
    what: 'Take a backup and verify it',
    action: async context => {
      const { deps, names, run, options, facts } = context
      const counts = { synapse: facts.synapse.migratable }
      return { ...(await takeBackup(deps.session, names, run, options.backup, counts)) }
    },
  },
  {
    name: 'canary',
    what: 'Create two test accounts',
    action: async context => {
      context.canary = await makeCanary(canaryContext(context), context.run, 3)
      await retireEarlier(context, context.canary)
      return { accounts: [context.canary.plain.user, context.canary.admin.user] }
    },
    undo: async context => {
      if (!context.canary) return
      const left = await retireCanary(canaryContext(context), context.canary)
      if (left.length > 0)
        context.report.warnings.push(`Deactivate these accounts manually: ${left.join(', ')}.`)
    },
  },
  {
    name: 'rehearse',
    what: 'Repeat the rehearsal',
    action: async context => {
      const rehearsed = await context.deps.rehearse()
      context.command = rehearsed.command
      context.rehearsalSeconds = rehearsed.seconds
      context.report.found(rehearsed.findings)
      context.report.toolOutput = { rehearsal: rehearsed.lastLines }
      if (rehearsed.failure) throw rehearsed.failure
      return { findings: rehearsed.findings.length }
    },
  },
  {
    name: 'guard',
    what: 'Arm the guard on the server',
    action: async ({ deps }) => {
      await deps.guard.at('hold_install')
      await deps.guard.at('arm')
      return undefined
    },
    undo: ({ deps }) => deps.guard.at('uninstall'),
  },
  {
    name: 'render',
    what: 'Render the files that go live',
    action: async context => {
      const { deps, options, names } = context
      if (options.proveNoDrift) await requireNoDrift(context)
      context.files = await deps.render('final')
      checkFileSet(context.files, names.host)
      await storeFileSet(deps.session, context.files)
      return { files: context.files.map(file => file.path) }
    },
  },
  {
    name: 'stop',
    what: 'Hold and stop Synapse, its workers and MAS',
    action: async context => {
      context.report.downAt = context.deps.clock.now().getTime()
      await context.deps.guard.at('go_down')
      return undefined
    },
    // This undoes the following steps too. It starts Synapse before it cleans MAS's database, to keep the downtime short.
    undo: async context => {
      await context.deps.guard.at('restore')
      await builtInLogin(context)
    },
  },
  { name: 'syn2mas', what: 'Run syn2mas', action: runSyn2mas, proof: proveCounts },
  {
    name: 'switch-over',
    what: 'Install the new files and start all services',
    action: async context => {
      await context.deps.guard.at('go_live')
      await firstAnswer(context)
      return undefined
    },
  },
  { name: 'prove', what: 'Prove that users can continue', action: async () => undefined, proof: proveLive },
]

async function runSyn2mas(context: Context): Promise<StepData> {
  const { deps, command, report, names } = context
  if (!command) throw new Error('the rehearsal returned no command')
  const from = deps.clock.now().getTime()
  const result = await deps.guard.run(command, { timeoutMs: longestRun(context) })
  report.syn2masMs = deps.clock.now().getTime() - from
  const verdict = deps.judge(result)
  report.toolOutput = { ...report.toolOutput, migration: verdict.lastLines }
  report.found(verdict.findings.map(finding => ({ ...finding, host: names.host })))
  if (!verdict.ok) {
    throw new ToolkitError({
      kind: 'tool',
      reason: 'syn2mas-failed',
      what: verdict.what,
      where: names.host,
      meaning: 'Synapse returns to its built-in login.',
      remedy: 'Fix what the findings name, then rehearse again.',
    })
  }
  const sql = deps.sql
  report.counts = await countBoth(sql, names)
  const { synapse, mas } = report.counts
  const lostAdmins = names.dialect === 'syn2mas-tool' && mas.admins !== null && mas.admins !== synapse.admins
  const admins = lostAdmins ? await restoreAdmins(sql, names) : 0
  if (lostAdmins) report.counts = await countBoth(sql, names)
  const locks = names.dialect === 'syn2mas-tool' ? await restoreLocks(sql, names) : 0
  if (locks > 0) report.found([locksSet(locks, names.host)])
  return { ms: report.syn2masMs, adminsSetByUs: admins, locksSetByUs: locks }
}

const tenMinutes = 600_000

/** Synapse is down during the run, and the guard cannot detect that it hangs. */
function longestRun({ rehearsalSeconds = 0 }: Context): number {
  return Math.max(tenMinutes, 5 * rehearsalSeconds * 1000)
}

function locksSet(count: number, host: string): Finding {
  const accounts = count === 1 ? '1 locked account' : `${count} locked accounts`
  return {
    id: 'syn2mas/locks-set-again',
    severity: 'notice',
    message: `The tool did not migrate the lock of ${accounts}; the migration locked them in MAS.`,
    host,
    why: 'Without the lock their owners could log in again.',
    remedy: 'Nothing to do. To unlock an account, run on the server: mas-cli manage unlock-user NAME',
  }
}

/** Waits for the end of the window: Synapse accepts an existing token, and so does a worker where there are workers. */
async function firstAnswer({ deps, names, canary, report }: Context): Promise<void> {
  const token = canary?.plain.tokens[0] ?? ''
  const whoami = { url: `${names.clientUrl}/_matrix/client/v3/account/whoami`, token }
  await deps.guard.awaitHttp(90, 200, curlConfig(whoami))
  if (names.workerUnits.length > 0) {
    await deps.guard.awaitHttp(
      90,
      200,
      curlConfig({ url: `${names.clientUrl}/_matrix/client/v3/sync?timeout=0`, token }),
    )
  }
  report.answeredAt = deps.clock.now().getTime()
}

/** Waits until Synapse's built-in login works again, and an existing token is accepted. */
async function builtInLogin({ deps, names, canary, report }: Context): Promise<void> {
  await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.synapseUrl}/_matrix/client/v3/login` }))
  const token = canary?.plain.tokens[0]
  if (token !== undefined) {
    const url = `${names.clientUrl}/_matrix/client/v3/account/whoami`
    await deps.guard.awaitHttp(90, 200, curlConfig({ url, token }))
  }
  report.answeredAt = deps.clock.now().getTime()
}

async function requireNoDrift({ deps, names }: Context): Promise<void> {
  const changed = await deps.render('present')
  if (changed.length === 0) return
  throw new ToolkitError({
    kind: 'refused',
    reason: 'refused-state',
    what: `The server differs from the currently deployed vars: ${changed.map(file => file.path).join(', ')} would change.`,
    where: names.host,
    remedy: 'Deploy the current vars first, then run this again.',
  })
}

/** Deactivates test accounts of runs that the guard ended: it has no administrator's token. */
async function retireEarlier(context: Context, canary: Canary): Promise<void> {
  const { deps, names } = context
  const rows = await deps.sql(names.synapseDatabase, openCanariesSql)
  const own = [canary.plain.userId, canary.admin.userId]
  const earlier = rows.split('\n').filter(name => name !== '' && !own.includes(name))
  await deactivate(canaryContext(context), canary.admin.tokens[0], earlier)
}

export function canaryContext({ deps, names, secrets }: Context): Parameters<typeof makeCanary>[0] {
  return { ask: deps.http(names), names, secrets, sleep: ms => deps.clock.sleep(ms) }
}

/** Cleans up after `proven`. The migration is not rolled back any more, so a failure is a warning. */
export async function finish(context: Context, canaryUsers: readonly string[]): Promise<void> {
  const { deps, names, report } = context
  await attempt(context, 'The guard could not be removed', async () => {
    await deps.guard.at('safe')
    await deps.guard.at('uninstall')
  })
  await attempt(context, 'The test accounts could not be deactivated', async () => {
    if (context.canary) {
      const left = await retireCanary(canaryContext(context), context.canary)
      if (left.length > 0)
        report.warnings.push(`Deactivate these accounts in Synapse manually: ${left.join(', ')}.`)
    } else if (canaryUsers.length > 0) {
      // Their tokens were lost with the interrupted run, and a Synapse that delegates cannot register an administrator.
      report.warnings.push(
        `These test accounts are closed in MAS but still active in Synapse's database: ${canaryUsers.join(', ')}. Deactivate them in Synapse. Their passwords are lost, so nobody can use them.`,
      )
    }
    await deps.sql(names.masDatabase, retireInMasSql(canaryUsers))
  })
  await attempt(context, 'The check mode run after the migration failed', async () => {
    const changed = await deps.render('final')
    const detail =
      changed.length === 0 ? 'check mode shows no changed file' : changed.map(file => file.path).join(', ')
    report.proofs.push({
      name: 'the server matches the vars',
      result: changed.length === 0 ? 'holds' : 'fails',
      detail,
    })
  })
  await attempt(context, 'The accounts from the vars could not be created', () => deps.createUsers())
}

async function attempt({ report, deps }: Context, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const warning = `${what}: ${error instanceof ToolkitError ? error.message : 'an unexpected error'}`
    report.warnings.push(warning)
    deps.log.warning(warning)
  }
}
