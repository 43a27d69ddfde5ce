import type { ServerFacts, UnitFacts } from '../../domain/server-facts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import type { Context } from './context.ts'

/** Checks everything that would make the migration fail later. Throws `refused-state` with all problems. */
export async function preflight(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const { deps, names, report } = context
  context.facts = await probeWhenStarted(context)
  const problems = [...stageProblems(context.facts), ...serviceProblems(context.facts)]
  problems.push(...(await databaseProblems(context)), ...(await hostProblems(context)))
  if (problems.length > 0) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: `This server is not ready for the migration: ${problems.join(' ')}`,
      where: names.host,
      remedy: 'Fix these problems, then run this again.',
    })
  }
  if (context.options.requireReceipt) {
    report.warnings.push(...(await deps.checkReceipt(context.facts)))
  } else {
    report.warnings.push(
      '`require-receipt` is false: this migration was not compared with a reviewed rehearsal.',
    )
    deps.log.warning('`require-receipt` is false: this migration is not compared with a reviewed rehearsal.')
  }
  return { accounts: context.facts.synapse.migratable.users }
}

/** Waits for units that are starting: Synapse's is `activating` for ten seconds, until its health check passes. */
async function probeWhenStarted({ deps }: Context): Promise<ServerFacts> {
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
  return stage === 'installed' ? [] : [`Its stage is ${stage} instead of installed. ${why}`]
}

function serviceProblems({ synapse, mas, postgres, ours }: ServerFacts): string[] {
  const down = (unit: UnitFacts) => unit.active !== 'active' || !unit.container
  const units = [synapse, mas, postgres, ...synapse.workers.filter(worker => worker.exists)]
  return [
    ...units.filter(down).map(unit => `${unit.name} is not running (${unit.active}).`),
    ...(synapse.enabled ? [] : [`${synapse.name} is not enabled at boot.`]),
    ...(ours.hold ? ['The hold of an earlier run prevents Synapse from starting.'] : []),
  ]
}

async function databaseProblems({ deps, names }: Context): Promise<string[]> {
  const pending = await deps.sql(names.synapseDatabase, 'SELECT count(*) FROM background_updates')
  return pending === '0' ? [] : [`Synapse still has ${pending} background updates to run in its database.`]
}

async function hostProblems({ deps, options, names }: Context): Promise<string[]> {
  const problems: string[] = []
  const answer = await deps.session.run(['bash', '-c', 'date +%s; df -Pk /matrix | tail -n 1; id -u'])
  const [clock = '', disk = '', uid = ''] = answer.stdout.split('\n')
  if (uid !== '0') problems.push('Commands do not run as root.')
  const difference = Math.abs(Number(clock) - deps.clock.now().getTime() / 1000)
  if (difference > 300) problems.push(`Its clock differs from the runner's by ${Math.round(difference)} s.`)
  const free = Number(disk.split(/\s+/)[3])
  const database = options.backup.kind === 'full' ? names.synapseDatabase : names.masDatabase
  const bytes = Number(await deps.sql('postgres', `SELECT pg_database_size('${database}')`))
  const needed = Math.round((2 * bytes) / 1024) + 512 * 1024
  if (!(free > needed)) problems.push(`Only ${free} KiB are free under /matrix; ${needed} KiB are needed.`)
  return problems
}
