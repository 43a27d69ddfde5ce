import type { Client } from 'pg'
import { until } from './program.ts'
import type { Stage } from './stage.ts'

/** How a recording's situation is made. What it gives back is undone afterwards. */
type Prepare = (stage: Stage) => Promise<(() => Promise<void>) | undefined>

const renew =
  (state: 'nothing' | 'schema' | 'provider'): Prepare =>
  async stage => {
    await stage.renewMas(state)
    return undefined
  }

async function migrated(stage: Stage): Promise<undefined> {
  await stage.renewMas('schema')
  await stage.run('-c kc.yaml syn2mas --synapse-config=hs-kc.yaml migrate')
}

async function killed(stage: Stage): Promise<undefined> {
  await stage.renewMas('provider')
  await stage.killMidway()
}

async function holding(
  stage: Stage,
  database: string,
  ...statements: readonly string[]
): Promise<() => Promise<void>> {
  const client: Client = await stage.cluster.connect(database)
  for (const statement of statements) await client.query(statement)
  return () => client.end()
}

const rowLock = ['BEGIN', "SELECT FROM users WHERE name = '@bob:example.test' FOR UPDATE"]

async function synapseBusy(stage: Stage): Promise<() => Promise<void>> {
  await stage.renewMas('schema')
  return holding(stage, 'synapse', ...rowLock)
}

async function synapseBusyLater(stage: Stage): Promise<() => Promise<void>> {
  const undo = await afterRollback(stage)
  const release = await holding(stage, 'synapse', ...rowLock)
  return async () => {
    await release()
    await undo()
  }
}

async function secondRun(stage: Stage): Promise<() => Promise<void>> {
  await stage.renewMas('provider')
  const first = stage.start('-c kc.yaml syn2mas --synapse-config=hs-kc.yaml migrate', {
    LAB_SYN2MAS_SLOW: '60000',
  })
  await until(async () => (await stage.tables()).includes('syn2mas__users'), 'the first run')
  return async () => {
    first.child.kill('SIGKILL')
    await first.outcome
  }
}

/** Somebody used the homeserver after a rollback: three more devices, one of them with a token. */
async function afterRollback(stage: Stage): Promise<() => Promise<void>> {
  await stage.renewMas('provider')
  await stage.cluster.query(
    'synapse',
    `INSERT INTO devices SELECT '@bob:example.test', 'LATER' || n FROM generate_series(1, 3) n;
     INSERT INTO access_tokens (id, user_id, device_id, token) VALUES (900, '@bob:example.test', 'LATER1', 'syt_later')`,
  )
  return async () => {
    const undo = "DELETE FROM devices WHERE device_id LIKE 'LATER%'; DELETE FROM access_tokens WHERE id = 900"
    await stage.cluster.query('synapse', undo)
  }
}

async function scratch(stage: Stage): Promise<() => Promise<void>> {
  await stage.cluster.createDatabase('scratch', 'mas')
  return () => stage.cluster.dropDatabase('scratch')
}

const register = 'manage register-user --yes --password FAKE-Passw0rd-for-lab --admin newbie'

/** After the commands before it in the recordings' order; they share one database. */
const managing =
  (...commands: readonly string[]): Prepare =>
  async stage => {
    await stage.renewMas('schema')
    for (const command of commands) await stage.run(`-c kc.yaml ${command}`)
    return undefined
  }

const issue = 'manage issue-compatibility-token newbie'

/** Recordings whose situation is not the common one: MAS's schema there, its database empty. */
const preparations: Readonly<Record<string, Prepare>> = {
  'check-link-without-provider': renew('nothing'),
  'check-not-empty': migrated,
  'check-partial': killed,
  'migrate-again-not-empty': migrated,
  'migrate-dry-run-not-empty': migrated,
  'migrate-dry-run-after-kill': killed,
  'migrate-dry-run-errors': renew('provider'),
  'migrate-dry-run-synapse-busy': synapseBusyLater,
  'migrate-synapse-busy': synapseBusy,
  'migrate-synapse-running': renew('provider'),
  'migrate-second-run-locked': secondRun,
  'migrate-after-rollback': afterRollback,
  'migrate-odd-database-ignore': renew('provider'),
  'scratch-dry-run-empty-database': scratch,
  'manage-register-user-taken': managing(register),
  'manage-set-password': managing(register),
  'manage-issue-compatibility-token': managing(register),
  'manage-lock-user': managing(register),
  'manage-kill-sessions': managing(register, `${issue} ONE`, `${issue} TWO`),
}

export async function prepare(stage: Stage, name: string): Promise<() => Promise<void>> {
  const undo = await (preparations[name] ?? renew('schema'))(stage)
  return undo ?? (() => Promise.resolve())
}
