import type { ServerFacts, UnitFacts } from '../../domain/server-facts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { actualStage } from '../plan/actual-stage.ts'
import type { Context } from './context.ts'

/** Everything that can be known to fail later, all of it said at once. Throws `refused-state` with every problem found. */
export async function preflight(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const { deps, names, report } = context
  context.facts = await settled(context)
  const problems = [...stageProblems(context.facts), ...serviceProblems(context.facts)]
  problems.push(...(await databaseProblems(context)), ...(await hostProblems(context)))
  if (problems.length > 0) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: `This server is not ready to be migrated: ${problems.join(' ')}`,
      where: names.host,
      remedy: 'Put right what is named, then run this again.',
    })
  }
  if (context.options.requireReceipt) {
    report.warnings.push(...(await deps.checkReceipt(context.facts)))
  } else {
    report.warnings.push('No receipt was asked for (require-receipt: false): nobody reviewed what runs now.')
    deps.log.warning('require-receipt is false: what runs now is not held against a reviewed rehearsal.')
  }
  return { accounts: context.facts.synapse.migratable.users }
}

/** Synapse's unit is `activating` for ten seconds after each start, while it waits for its health check: no problem, only early. */
async function settled({ deps }: Context): Promise<ServerFacts> {
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
  return stage === 'installed' ? [] : [`Its stage is ${stage}, not installed. ${why}`]
}

function serviceProblems({ synapse, mas, postgres, ours }: ServerFacts): string[] {
  const down = (unit: UnitFacts) => unit.active !== 'active' || !unit.container
  const units = [synapse, mas, postgres, ...synapse.workers.filter(worker => worker.exists)]
  return [
    ...units.filter(down).map(unit => `${unit.name} does not run (${unit.active}).`),
    ...(synapse.enabled ? [] : [`${synapse.name} is not enabled at boot.`]),
    ...(ours.hold ? ['A hold from an earlier run keeps Synapse from starting.'] : []),
  ]
}

async function databaseProblems({ deps, names }: Context): Promise<string[]> {
  const pending = await deps.sql(names.synapseDatabase, 'SELECT count(*) FROM background_updates')
  return pending === '0' ? [] : [`Synapse still has ${pending} background updates of its database to do.`]
}

async function hostProblems({ deps, options, names }: Context): Promise<string[]> {
  const problems: string[] = []
  const answer = await deps.session.run(['bash', '-c', 'date +%s; df -Pk /matrix | tail -n 1; id -u'])
  const [clock = '', disk = '', uid = ''] = answer.stdout.split('\n')
  if (uid !== '0') problems.push('The commands do not run as root.')
  const difference = Math.abs(Number(clock) - deps.clock.now().getTime() / 1000)
  if (difference > 300) problems.push(`Its clock differs from here by ${Math.round(difference)} s.`)
  const free = Number(disk.split(/\s+/)[3])
  const database = options.backup.kind === 'full' ? names.synapseDatabase : names.masDatabase
  const bytes = Number(await deps.sql('postgres', `SELECT pg_database_size('${database}')`))
  const wanted = Math.round((2 * bytes) / 1024) + 512 * 1024
  if (!(free > wanted)) problems.push(`Only ${free} KiB are free under /matrix, and ${wanted} are wanted.`)
  return problems
}
