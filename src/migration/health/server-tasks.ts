import { BlockList, isIP } from 'node:net'
import type { Finding } from '../../domain/finding.ts'
import { failedCheck } from '../../domain/health-checks.ts'
import { lossTexts } from '../../domain/losses.ts'
import { isRollback, type OurFacts, type ServerFacts, type UnitFacts } from '../../domain/server-facts.ts'
import { type ActualStage, type DesiredStage, deployedStage } from '../../domain/stage.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { type HealthFacts, readHealthFacts, readJournal } from '../../server/health-facts.ts'
import type { MasPublicFacts } from '../../server/public-facts.ts'
import type { Server } from '../../server/server.ts'
import { plural } from '../../support/plural.ts'
import { type Difference, differencesFromRecord, readDeployment } from '../deployment-record.ts'
import { lossesSince } from '../run/accounts.ts'
import { judgeJournal } from './judge-journal.ts'
import { fails, type HealthTask, holds, type Outcome, skipped, unknown } from './tasks.ts'

/** A version that the vars pin, in plain text: major, minor, patch. */
export interface Pin {
  readonly unit: string
  readonly version: string
}

export interface ServerTaskOptions {
  readonly server: Pick<Server, 'session' | 'sql' | 'window'>
  readonly facts: ServerFacts
  readonly stage: ActualStage
  /** What the vars ask for. */
  readonly desired: DesiredStage
  /** As `varsDigest` computes it. */
  readonly digest?: string
  readonly pins: readonly Pin[]
  readonly mas?: MasPublicFacts
  readonly masDatabase?: string
}

const limitMs = 90_000

/** What only the server knows, beside the probe. */
export function serverTasks(options: ServerTaskOptions): readonly HealthTask[] {
  const { server, facts, pins } = options
  const read = readHealthFacts(server.session)
  // The checks that need them report the error.
  read.catch(() => undefined)
  const units = [facts.synapse, ...(facts.mas.installed ? [facts.mas] : []), facts.postgres]
  return [
    { name: 'client-addresses', limitMs, run: async () => clientAddresses(options, await read) },
    { name: 'prepared-for', limitMs, run: async () => preparedFor(options, (await read).now) },
    { name: 'rollback-price', limitMs, run: () => rollbackPrice(options) },
    { name: 'last-run', limitMs, run: async () => judgeLastRun(facts.ours) },
    { name: 'backup-age', limitMs, run: async () => judgeBackup(await read) },
    { name: 'drift', limitMs, run: () => drift(options) },
    { name: 'pending-restart', limitMs, run: async () => judgeImages(units, (await read).units) },
    { name: 'versions', limitMs, run: async () => judgeVersions(units, pins) },
    { name: 'journal', limitMs, run: async () => judgeJournal(await readJournal(server.session)) },
  ]
}

/** Newest sessions by the address that MAS saw; migrated sessions keep the address that Synapse saw. */
const addressesSql = `SELECT count(*) || ' ' || count(DISTINCT ip) || ' ' || coalesce(min(ip), '-') FROM (
 SELECT host(last_active_ip) AS ip, last_active_at FROM compat_sessions
 UNION ALL SELECT host(last_active_ip), last_active_at FROM user_sessions
 UNION ALL SELECT host(last_active_ip), last_active_at FROM oauth2_sessions) s
WHERE ip IS NOT NULL AND last_active_at > now() - interval '30 days'`

/** Fewer sessions can well be of one household. */
const leastSessions = 5

async function clientAddresses(
  { server, facts, mas, masDatabase }: ServerTaskOptions,
  { masAddresses }: HealthFacts,
): Promise<Outcome> {
  if (!facts.mas.installed || mas === undefined) return skipped('MAS is not installed')
  if (masAddresses.length > 0 && !masAddresses.some(isWithin(mas.trustedProxies))) {
    const message =
      'MAS trusts no proxy in the networks of its container, so it takes the address of the reverse proxy for that of each user.'
    return fails(failedCheck('client-addresses', message))
  }
  if (masDatabase === undefined || facts.mas.tables !== 'whole')
    return unknown("MAS's database cannot be read")
  const [count, different, address = ''] = (await server.sql(masDatabase, addressesSql)).split(' ')
  return judgeAddresses(Number(count), Number(different), address)
}

/** @param address One of the addresses. */
export function judgeAddresses(sessions: number, different: number, address: string): Outcome {
  if (sessions < leastSessions || different === 0) return skipped('there are too few sessions to tell')
  if (different > 1 || !isPrivate(address))
    return holds(`${plural(sessions, 'session')} from ${plural(different, 'address', 'addresses')}`)
  const message = `MAS saw the same private address for all ${sessions} sessions of the last 30 days.`
  return fails(failedCheck('client-addresses', message))
}

const isPrivate = isWithin([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '100.64.0.0/10',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
])

/** Whether an address is in one of the networks. A network that is not one has no addresses. */
export function isWithin(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [, base = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network.trim()) ?? []
    const family = isIP(base)
    const most = family === 4 ? 32 : 128
    if (family !== 0 && Number(bits ?? most) <= most)
      list.addSubnet(base, Number(bits ?? most), family === 4 ? 'ipv4' : 'ipv6')
  }
  return address => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
  }
}

const day = 86_400_000
const longPreparedDays = 30

/** MAS's database was created when the server was prepared. A rollback empties it, and does not create it anew. */
async function preparedFor(
  { server, facts, stage, masDatabase }: ServerTaskOptions,
  now: Date,
): Promise<Outcome> {
  if (stage !== 'installed') return skipped('the server is not prepared')
  if (masDatabase === undefined || facts.mas.tables !== 'whole')
    return unknown("MAS's database has no tables yet")
  const sql = 'SELECT extract(epoch FROM min(installed_on)) FROM _sqlx_migrations'
  const created = Number(await server.sql(masDatabase, sql)) * 1000
  const { last } = facts.ours
  const rolledBack = last?.endedAt && isRollback(last) ? Date.parse(last.endedAt) : 0
  const since = new Date(Math.max(created, rolledBack))
  const days = Math.floor((now.getTime() - since.getTime()) / day)
  const text = `The server has been prepared for ${plural(days, 'day')}, since ${since.toISOString().slice(0, 10)}`
  if (days <= longPreparedDays) return holds(text)
  return fails(failedCheck('prepared-for', `${text}.`))
}

async function rollbackPrice({ server, facts, stage, masDatabase }: ServerTaskOptions): Promise<Outcome> {
  const { migration } = facts.ours
  if (stage !== 'live' || migration === undefined || masDatabase === undefined)
    return skipped('no migration of this toolkit is live')
  const lost = lossTexts(await lossesSince(server.sql, masDatabase, migration))
  const since = `the migration of ${migration.at.slice(0, 10)}`
  if (lost.length === 0) return holds(`A rollback would lose nothing since ${since}`)
  const message = `A rollback would now lose what users did since ${since}: ${lost.join(', ')}.`
  return holds(message.replace(/\.$/, ''), failedCheck('rollback-price', message))
}

/** The job of a run can end before the server does, and then has no report. */
export function judgeLastRun({ last }: Pick<OurFacts, 'last'>): Outcome {
  if (last === undefined) return skipped('this toolkit changed nothing on this server yet')
  if (last.outcome === undefined) return skipped(`the run ${last.run} has not ended`)
  const text = `The run ${last.run} ended as ${last.outcome}`
  if (last.outcome === 'migrated' || last.outcome === 'rolled-back') return holds(text)
  return holds(text, failedCheck('last-run', `${text}: it left the server as it was before.`))
}

const oldBackupDays = 2

/** By default the playbook makes a backup each day. */
export function judgeBackup({ backup, now }: Pick<HealthFacts, 'backup' | 'now'>): Outcome {
  if (backup === undefined) return skipped("the playbook's backup of PostgreSQL is not installed")
  if (backup.newest === undefined)
    return fails(failedCheck('backup-age', 'The folder /matrix/postgres-backup/data has no backup.'))
  const days = Math.floor((now.getTime() - backup.newest.getTime()) / day)
  const text = `The newest backup in /matrix/postgres-backup/data is ${plural(days, 'day')} old`
  return days < oldBackupDays ? holds(text) : fails(failedCheck('backup-age', `${text}.`))
}

async function drift({ server, stage, desired, digest }: ServerTaskOptions): Promise<Outcome> {
  const stages = judgeStages(desired, stage)
  if (stages.result !== 'holds') return stages
  const record = await readDeployment(server)
  if (record === undefined || record.stage !== desired)
    return holds('the stage is the same. The files are compared after the next deployment of these vars')
  return judgeDifferences(await differencesFromRecord(server, record, digest))
}

export function judgeStages(desired: DesiredStage, stage: ActualStage): Outcome {
  if (desired === 'unknown')
    return unknown('a variable that decides the stage is not a plain `true` or `false`')
  if (stage === 'partial' || stage === 'inconsistent') return skipped('the server is between two stages')
  // After syn2mas, and before Synapse delegates, the vars are still `prepared`.
  if (stage === deployedStage[desired] || (stage === 'copied' && desired === 'prepared')) return holds()
  const message = `The default branch asks for stage ${desired}, but the server is at stage ${stage}.`
  return fails(failedCheck('drift', message, acrossLogins(desired, stage)))
}

/** Where the vars and the server differ in who handles logins, no deployment makes them agree. */
function acrossLogins(desired: DesiredStage, stage: ActualStage): Partial<Pick<Finding, 'why' | 'remedy'>> {
  if ((desired === 'live') === (stage === 'live')) return {}
  return {
    why: 'Nothing now. Deployments are refused, because they would lock out all users.',
    remedy:
      desired === 'live'
        ? `If the server was rolled back, revert the migrate pull request. To migrate instead, ${startOperation('migrate')}.`
        : `To keep MAS, restore the vars of the migrate pull request. To roll back instead, ${startOperation('rollback')}.`,
  }
}

export function judgeDifferences(differences: readonly Difference[]): Outcome {
  const [first, ...more] = differences.map(differenceFinding)
  return first === undefined ? holds() : fails(first, ...more)
}

function differenceFinding(difference: Difference): Finding {
  switch (difference.kind) {
    case 'vars':
      return failedCheck(
        'drift',
        'The vars or the playbook of the default branch are not those that were deployed last.',
      )
    case 'file': {
      const message = `The file ${difference.path} was changed on the server since the last deployment.`
      return failedCheck('drift', message, {
        why: 'Nothing now. The next deployment undoes the change.',
        remedy: 'Put the change into the vars, or deploy to undo it.',
      })
    }
  }
}

/** The unit names the image of the next start. */
export function judgeImages(units: readonly UnitFacts[], texts: ReadonlyMap<string, string>): Outcome {
  const pending = units.filter(({ name, image }) => {
    const text = texts.get(name)
    return image !== undefined && text !== undefined && !text.split(/\s+/).includes(image)
  })
  const [first, ...more] = pending.map(({ name }) =>
    failedCheck('pending-restart', `${name} runs another image than its unit names.`, {
      remedy: `Choose a quiet time, then run on the server: \`systemctl restart ${name}\`. Or deploy again.`,
    }),
  )
  return first === undefined ? holds() : fails(first, ...more)
}

/** Tags other than a version, such as `latest`, say nothing. */
export function judgeVersions(units: readonly UnitFacts[], pins: readonly Pin[]): Outcome {
  const compared = pins.flatMap(({ unit, version }) => {
    const image = units.find(({ name }) => name === unit)?.image
    const running = /^[^@]*:v?(\d+\.\d+\.\d+)(?:[^\d.@][^@]*)?$/.exec(image ?? '')?.[1]
    return running === undefined ? [] : [{ unit, version, running }]
  })
  if (compared.length === 0) return skipped('the vars pin no version in plain text')
  const [first, ...more] = compared
    .filter(({ version, running }) => version !== running)
    .map(({ unit, version, running }) =>
      failedCheck('versions', `${unit} runs version ${running}, but the vars pin ${version}.`),
    )
  return first === undefined
    ? holds(compared.map(({ unit, running }) => `${unit} ${running}`).join(', '))
    : fails(first, ...more)
}
