import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStandIn } from '../build.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { writeConfigurations } from './configurations.ts'
import { type FakeHomeserver, startHomeserver } from './homeserver.ts'
import { type Outcome, type Running, start, until } from './program.ts'
import { fillOdd, fillPlain, SynapseDatabase } from './synapse-database.ts'

/** A built stand-in, a PostgreSQL with Synapse's databases, and configuration files for all of it. */
export interface Stage {
  readonly cluster: Cluster
  readonly homeserver: FakeHomeserver
  readonly folder: string
  run(command: string, env?: Readonly<Record<string, string>>): Promise<Outcome>
  startSubject(command: string, env?: Readonly<Record<string, string>>): Running
  /** Always the stand-in, which can be slowed down. */
  start(command: string, env?: Readonly<Record<string, string>>): Running
  /** A new database for MAS: without tables, with them, or with the provider of `kc.yaml` too. */
  renewMas(state: 'nothing' | 'schema' | 'provider'): Promise<void>
  /** A run killed while it writes. */
  killMidway(): Promise<void>
  tables(): Promise<string[]>
  down(): Promise<void>
}

async function makeSynapse(
  cluster: Cluster,
  name: string,
  fill: (database: SynapseDatabase) => Promise<void>,
) {
  await cluster.createDatabase(name, 'synapse')
  const client = await cluster.connect(name)
  try {
    const database = new SynapseDatabase(client)
    await database.create()
    await fill(database)
  } finally {
    await client.end()
  }
}

async function fillDelegated(database: SynapseDatabase): Promise<void> {
  await database.user('alice')
  await database.link('alice', 'oauth-delegated')
}

/**
 * Brings everything up in a few seconds. `subject` is the folder of the `mas-cli` that `run` runs, by default the stand-in;
 * what must be slowed down to be killed in time is always the stand-in.
 */
export async function stageUp(subject?: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'mas-stand-in-'))
  const standIn = join(folder, 'stand-in')
  await buildStandIn(standIn)
  // The real one looks for its share in the folder that it is started in.
  if (subject !== undefined) await symlink(join(subject, 'share'), join(folder, 'share'))
  const [cluster, homeserver] = await Promise.all([startCluster(), startHomeserver()])
  await makeSynapse(cluster, 'synapse', fillPlain)
  await makeSynapse(cluster, 'synapse_odd', async database => {
    await fillPlain(database)
    await fillOdd(database)
  })
  await makeSynapse(cluster, 'synapse_delegated', fillDelegated)
  await writeConfigurations(folder, { cluster, homeserver: homeserver.url })
  const program = join(standIn, 'mas-cli')
  const place = { PGHOST: cluster.socket, PGPORT: String(cluster.port) }
  const begin: Stage['start'] = (command, env = {}) =>
    start(program, command.split(' '), folder, { ...place, ...env })
  const underTest = subject === undefined ? program : join(subject, 'mas-cli')
  const startSubject: Stage['startSubject'] = (command, env = {}) =>
    start(underTest, command.split(' '), folder, { ...place, ...env })
  const run: Stage['run'] = (command, env) => startSubject(command, env).outcome
  const tables = async () => {
    const rows = await cluster.query(
      'mas',
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    )
    return rows.map(([name]) => String(name))
  }
  return {
    cluster,
    homeserver,
    folder,
    run,
    startSubject,
    start: begin,
    tables,
    async renewMas(state) {
      await cluster.dropDatabase('mas')
      await cluster.createDatabase('mas', 'mas')
      if (state === 'nothing') return
      await run(state === 'schema' ? '-c kc.yaml database migrate' : '-c kc.yaml config sync')
    },
    async killMidway() {
      const running = begin('-c kc.yaml syn2mas --synapse-config=hs-kc.yaml migrate', {
        LAB_SYN2MAS_SLOW: '60000',
      })
      await until(async () => (await tables()).includes('syn2mas__users'), 'the renamed tables')
      running.child.kill('SIGKILL')
      await running.outcome
    },
    async down() {
      await Promise.all([cluster.stop(), homeserver.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
