import { notRunning, type ServerFacts, type UnitFacts } from '../../domain/server-facts.ts'
import { stateFolder } from '../../server/window/window.ts'
import { ToolkitError } from '../../support/errors.ts'
import { plural } from '../../support/plural.ts'
import { actualStage } from '../plan/actual-stage.ts'
import type { Context } from './context.ts'

/** Checks everything that would make the migration fail later. Throws `refused-state` with all problems. */
export async function preflight(context: Context): Promise<void> {
  const { deps, report } = context
  const facts = await probeWhenStarted(context)
  const problems = [...stageProblems(facts), ...serviceProblems(facts)]
  problems.push(...(await databaseProblems(context)))
  problems.push(...(await spaceProblemsOf(context, await neededSpace(context))))
  requireNone(problems, 'migration', facts.host)
  if (context.options.requireReceipt) {
    report.warnings.push(...(await deps.checkReceipt(facts)))
  } else {
    report.warnings.push(
      '`require-receipt` is false: this migration was not compared with a reviewed rehearsal.',
    )
    deps.log.warning('`require-receipt` is false: this migration is not compared with a reviewed rehearsal.')
  }
}

/**
 * For a rollback. A full disk would stop PostgreSQL, and with it the homeserver. Dumps are compressed, so without the migration's reserve
 * there is room for them, too.
 */
export async function requireBackupSpace(context: Context): Promise<void> {
  const needed = new Map([[backupDisk, Math.round((await backupSize(context)) / 1024) + 128 * 1024]])
  const problems = await spaceProblemsOf(context, needed)
  requireNone(problems, 'backup', context.facts.host)
}

function requireNone(problems: readonly string[], purpose: 'migration' | 'backup', host: string): void {
  if (problems.length === 0) return
  throw new ToolkitError({
    reason: 'refused-state',
    what: `This server is not ready for the ${purpose}: ${problems.join(' ')}`,
    where: host,
    remedy: `Fix these problems, then run this again. If space is missing: older backups are in ${stateFolder}/backup.`,
  })
}

/** Waits for units that are starting: Synapse's is `activating` for ten seconds, until its health check passes. */
async function probeWhenStarted({ deps, facts: { mas } }: Context): Promise<ServerFacts> {
  // An interrupted rehearsal with the 2024 playbook leaves MAS stopped.
  if (mas.installed && !mas.container) await deps.session.run(['systemctl', 'start', mas.name])
  for (let turn = 0; ; turn += 1) {
    const facts = await deps.probe()
    const starting = [facts.synapse, facts.mas, ...facts.synapse.workers].some(
      unit => unit.active === 'activating',
    )
    if (!starting || turn === 30) return facts
    await deps.clock.sleep(2000)
  }
}

function stageProblems(facts: ServerFacts): string[] {
  const { stage, why } = actualStage(facts)
  return stage === 'installed'
    ? []
    : [
        `MAS must be installed beside Synapse without any accounts (stage \`installed\`), but the stage of the server is \`${stage}\`. ${why} docs/stages.md explains the stages.`,
      ]
}

function serviceProblems({ synapse, mas, postgres }: ServerFacts): string[] {
  const down = (unit: UnitFacts) => unit.active !== 'active' || !unit.container
  const units = [synapse, mas, postgres, ...synapse.workers.filter(worker => worker.exists)]
  return [
    ...units.filter(down).map(notRunning),
    ...(synapse.enabled ? [] : [`${synapse.name} is not enabled at boot.`]),
  ]
}

async function databaseProblems({ deps, names }: Context): Promise<string[]> {
  const pending = await deps.sql(names.synapseDatabase, 'SELECT count(*) FROM background_updates')
  return pending === '0'
    ? []
    : [`Synapse still has ${plural(Number(pending), 'background update')} to run in its database.`]
}

const accountTables = `SELECT sum(pg_total_relation_size(name)) FROM unnest(ARRAY['users', 'user_threepids', 'user_external_ids', 'access_tokens', 'refresh_tokens', 'devices']) AS name`

/** KiB that are needed, by folder. */
type Space = ReadonlyMap<string, number>

const backupDisk = '/var/lib'

/** Of the backup, and of the accounts in MAS's database. */
async function neededSpace(context: Context): Promise<Space> {
  return new Map([
    [backupDisk, withReserve(await backupSize(context))],
    ['/matrix/postgres/data', withReserve(await accountsSize(context))],
  ])
}

/** In bytes, before it is compressed. */
async function backupSize(context: Context): Promise<number> {
  const { deps, options, names } = context
  const sizeOf = async (database: string) =>
    Number(await deps.sql('postgres', `SELECT pg_database_size('${database}')`))
  const mas = await sizeOf(names.masDatabase)
  const isFull = options.backup.kind === 'full'
  return mas + (isFull ? await sizeOf(names.synapseDatabase) : await accountsSize(context))
}

async function accountsSize({ deps, names }: Context): Promise<number> {
  return Number(await deps.sql(names.synapseDatabase, accountTables))
}

function withReserve(bytes: number): number {
  return Math.round((2 * bytes) / 1024) + 512 * 1024
}

/** By the lines of `df -Pk` for these folders, in their order. Folders on the same disk share its space. */
export function spaceProblems(needed: Space, lines: readonly string[]): string[] {
  const folders = [...needed].map(([folder, kibibytes], index) => {
    const [, , , free, , mount = ''] = (lines[index] ?? '').split(/\s+/)
    return { folder, kibibytes, free: Number(free), mount }
  })
  return [...Map.groupBy(folders, ({ mount }) => mount).values()].flatMap(shared => {
    const free = shared[0]?.free ?? 0
    const wanted = shared.reduce((sum, { kibibytes }) => sum + kibibytes, 0)
    const names = shared.map(({ folder }) => folder).join(' and ')
    return free > wanted ? [] : [`Only ${free} KiB are free under ${names}; ${wanted} KiB are needed.`]
  })
}

async function spaceProblemsOf({ deps }: Context, needed: Space): Promise<string[]> {
  const look = 'df -Pk "$@" | tail -n +2'
  const { stdout } = await deps.session.run(['bash', '-c', look, 'look', ...needed.keys()])
  return spaceProblems(needed, stdout.split('\n'))
}
