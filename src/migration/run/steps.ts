import type { Finding } from '../../domain/finding.ts'
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
import type { Proof } from './report-builder.ts'

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

/** What goes into the journal with a step: no secrets. */
type Noted = Readonly<Record<string, unknown>>

export interface Step {
  readonly name: StepName
  /** One sentence for a person who watches. */
  readonly what: string
  readonly action: (context: Context) => Promise<Noted | undefined>
  /** Asked right after the action; one that fails is a step that failed. */
  readonly proof?: (context: Context) => Promise<readonly Proof[]>
  /** Puts back what the action did, from any point of it, any number of times. */
  readonly undo?: (context: Context) => Promise<void>
}

/** From the lock to the moment that counts as done. `lock` is before them and `finish` after: neither is undone by a step. */
export const steps: readonly Step[] = [
  {
    name: 'preflight',
    what: 'See whether anything would fail later',
    action: preflight,
  },
  {
    name: 'backup',
    what: 'Take a backup and read it back',
    action: async context => {
      const { deps, names, run, options, facts } = context
      const counts = { synapse: facts.synapse.migratable }
      return { ...(await takeBackup(deps.session, names, run, options.backup, counts)) }
    },
  },
  {
    name: 'canary',
    what: 'Make two accounts to prove with',
    action: async context => {
      context.canary = await makeCanary(canaryWorld(context), context.run, 3)
      await retireEarlier(context, context.canary)
      return { accounts: [context.canary.plain.user, context.canary.admin.user] }
    },
    undo: async context => {
      if (!context.canary) return
      const left = await retireCanary(canaryWorld(context), context.canary)
      if (left.length > 0) context.report.warnings.push(`Deactivate by hand: ${left.join(', ')}.`)
    },
  },
  {
    name: 'rehearse',
    what: 'Rehearse once more',
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
    what: 'Find out from the playbook which files change',
    action: async context => {
      const { deps, options, names } = context
      if (options.proveNoDrift) await noDrift(context)
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
    // One way back for this and the steps after it: Synapse is up again before MAS's database is seen to.
    undo: async context => {
      await context.deps.guard.at('restore')
      await ownLogin(context)
    },
  },
  { name: 'syn2mas', what: 'Run syn2mas', action: runSyn2mas, proof: proveCounts },
  {
    name: 'switch-over',
    what: 'Put the new files in place and start everything',
    action: async context => {
      await context.deps.guard.at('go_live')
      await firstAnswer(context)
      return undefined
    },
  },
  { name: 'prove', what: 'Prove that users can go on', action: async () => undefined, proof: proveLive },
]

async function runSyn2mas(context: Context): Promise<Noted> {
  const { deps, command, report, names } = context
  if (!command) throw new Error('the rehearsal handed on no command')
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
      meaning: 'The homeserver goes back to its own login.',
      remedy: 'Read the findings, put right what they name, and rehearse again.',
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

/** Users wait meanwhile, and the guard does not see that what it watches hangs. */
function longestRun({ rehearsalSeconds = 0 }: Context): number {
  return Math.max(tenMinutes, 5 * rehearsalSeconds * 1000)
}

function locksSet(count: number, host: string): Finding {
  const accounts = count === 1 ? '1 account that was' : `${count} accounts that were`
  return {
    id: 'syn2mas/locks-set-again',
    severity: 'notice',
    message: `The tool forgot the lock of ${accounts} locked in Synapse; they were locked again in MAS.`,
    host,
    why: 'Without it their owners could log in again.',
    remedy: 'Nothing. To unlock one: mas-cli manage unlock-user NAME on the server.',
  }
}

/** The end of the window: what users talk to answers an old token, and a worker does where there are workers. */
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

/** Users are back where they were: Synapse answers by its own login, and an old token works. */
async function ownLogin({ deps, names, canary, report }: Context): Promise<void> {
  await deps.guard.awaitHttp(180, 200, curlConfig({ url: `${names.synapseUrl}/_matrix/client/v3/login` }))
  const token = canary?.plain.tokens[0]
  if (token !== undefined) {
    const url = `${names.clientUrl}/_matrix/client/v3/account/whoami`
    await deps.guard.awaitHttp(90, 200, curlConfig({ url, token }))
  }
  report.answeredAt = deps.clock.now().getTime()
}

async function noDrift({ deps, names }: Context): Promise<void> {
  const changed = await deps.render('present')
  if (changed.length === 0) return
  throw new ToolkitError({
    kind: 'refused',
    reason: 'refused-state',
    what: `The server is not what the vars deployed now make of it: ${changed.map(file => file.path).join(', ')} would change.`,
    where: names.host,
    remedy: 'Deploy the present vars first, then run this again.',
  })
}

/** Accounts of runs that the guard ended: it has no token of an administrator. */
async function retireEarlier(context: Context, canary: Canary): Promise<void> {
  const { deps, names } = context
  const rows = await deps.sql(names.synapseDatabase, openCanariesSql)
  const own = [canary.plain.userId, canary.admin.userId]
  const earlier = rows.split('\n').filter(name => name !== '' && !own.includes(name))
  await deactivate(canaryWorld(context), canary.admin.tokens[0], earlier)
}

export function canaryWorld({ deps, names, secrets }: Context): Parameters<typeof makeCanary>[0] {
  return { ask: deps.http(names), names, secrets, sleep: ms => deps.clock.sleep(ms) }
}

/** After `proven`: nothing here can take the migration back, so what fails is a warning. */
export async function finish(context: Context, canaryUsers: readonly string[]): Promise<void> {
  const { deps, names, report } = context
  await attempt(context, 'The guard could not be taken off', async () => {
    await deps.guard.at('safe')
    await deps.guard.at('uninstall')
  })
  await attempt(context, 'The accounts made for the proofs could not be ended', async () => {
    if (context.canary) {
      const left = await retireCanary(canaryWorld(context), context.canary)
      if (left.length > 0) report.warnings.push(`Deactivate in Synapse by hand: ${left.join(', ')}.`)
    } else if (canaryUsers.length > 0) {
      // Their tokens died with the run that made them, and a Synapse that delegates registers no administrator.
      report.warnings.push(
        `Locked in MAS, but open in Synapse's own table: ${canaryUsers.join(', ')}. Deactivate them there; nobody has their passwords.`,
      )
    }
    await deps.sql(names.masDatabase, retireInMasSql(canaryUsers))
  })
  await attempt(context, 'The check run after the migration failed', async () => {
    const changed = await deps.render('final')
    const detail =
      changed.length === 0 ? 'a check run names no file' : changed.map(file => file.path).join(', ')
    report.proofs.push({
      name: 'the server is what the vars say',
      result: changed.length === 0 ? 'holds' : 'fails',
      detail,
    })
  })
  await attempt(context, 'The accounts that the vars name could not be made', () => deps.createUsers())
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
