import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { lossesSince } from '../../src/migration/run/accounts.ts'
import { allCells, cellId } from '../faults/cells.ts'
import { FaultyServer } from '../faults/server.ts'
import { verifyLedger, verifyUntouched } from '../lab/data/verify.ts'
import { startOfBridge } from '../lab/target/bridge.ts'
import { type Operator, operatorOf } from './lab-operator.ts'
import { leftOfOurs } from './look-at-server.ts'

const minutes = 60_000
const mas = 'matrix_authentication_service'
/** An account from the vars, such as a bot's. The playbook does not create it while a migration is in progress. */
const helper = `matrix_user_creator_users_additional:
  - username: helper-bot
    initial_password: helper-bot-password
    initial_type: user
`

/** A dozen of the cells of `npm run faults`. */
const chosen: Readonly<Record<Dialect, readonly string[]>> = {
  'mas-cli': [
    'migrate/syn2mas/middle/rebooted',
    'migrate/syn2mas/middle/docker-fails',
    'migrate/syn2mas/middle/syn2mas-dies',
    'migrate/syn2mas/middle/file-by-hand',
    'migrate/syn2mas/middle/root-restores',
    'migrate/syn2mas/middle/state-moved',
    'migrate/answer/begin/program-killed',
    'rollback/files/begin/postgres-stopped',
  ],
  'syn2mas-tool': [
    'migrate/syn2mas/middle/program-terminated',
    'migrate/syn2mas/middle/disk-full',
    'migrate/start/begin/front-no-mas',
    'rollback/files/begin/writes-fail',
  ],
}

describe.each(dialects)('a migration in the dialect %s', dialect => {
  let operator: Operator
  let server: FaultyServer | undefined
  beforeAll(async () => {
    operator = await operatorOf(dialect)
  }, 20 * minutes)
  afterAll(() => operator?.leave())

  it(
    'migrates every account and session, and rolls back',
    async () => {
      const { lab, run } = operator
      const notOk = (rows: readonly { readonly ok: boolean }[]) => rows.filter(row => !row.ok)
      const ledger = await operator.readyToMigrate()
      await lab.setVars('live', helper)
      const backups = '/var/lib/matrix-auth-actions/backup'
      await lab.root(
        `install -d -m 700 /var/lib/matrix-auth-actions ${backups} ${backups}/t0000000000{1..3} ${backups}/mine`,
      )
      const bridge = await startOfBridge(lab)
      expect(bridge).toContain('=active\n')
      const { report, error } = await run('migrate')
      expect(error?.describe()).toBeUndefined()
      expect(report?.outcome).toBe('migrated')
      const proven = [...(report?.proofs ?? []), ...(report?.checks ?? [])]
      expect(proven.filter(({ result }) => result === 'fails')).toEqual([])
      expect(notOk(await verifyLedger(ledger, lab.data))).toEqual([])
      expect(await leftOfOurs(lab)).toBe('')
      server = await FaultyServer.afterMigration(operator, ledger)
      expect(report?.warnings.filter(warning => warning.includes('public address'))).toEqual([])
      const { stdout: journal } = await lab.root('cat /var/lib/matrix-auth-actions/journal/*')
      expect(journal).toContain('"entrance":true')
      const { stdout: kept } = await lab.root(
        `ls -1 ${backups} | grep -v -e '^mine$' | wc -l; test -d ${backups}/mine`,
      )
      expect(kept).toBe('3\n')
      const said = report?.findings.map(({ id, message }) => `${id}: ${message}`) ?? []
      expect(said).toEqual([...new Set(said)])
      const locks = report?.findings.filter(({ id }) => id === 'syn2mas/locks-set-again')
      expect(locks).toHaveLength(dialect === 'syn2mas-tool' ? 1 : 0)
      const made = "SELECT count(*) FROM users WHERE username = 'helper-bot' AND locked_at IS NULL"
      expect(await lab.sql(mas, made)).toEqual([['1']])

      // Who has logged in and out since the migration loses nothing.
      const lost = () =>
        lossesSince(async (_, text) => (await lab.sql(mas, text))[0]?.[0] ?? '', mas, {
          run: '',
          at: report?.startedAt ?? '',
          accounts: [],
        })
      const before = await lost()
      await lab.sql(
        mas,
        `UPDATE compat_sessions SET created_at = now(), finished_at = now() WHERE compat_session_id =
          (SELECT compat_session_id FROM compat_sessions WHERE finished_at IS NULL ORDER BY created_at LIMIT 1)`,
      )
      expect(await lost()).toEqual(before)

      // In one dialect by a merge that restores the vars of stage prepared, in the other manually with live vars.
      const isMerged = dialect === 'mas-cli'
      if (isMerged) await lab.setVars('prepared', helper)
      const back = await run('rollback')
      expect(back.error?.describe()).toBeUndefined()
      expect(back.varsToRestore?.lines.join('\n')).toEqual(
        isMerged
          ? undefined
          : expect.stringContaining('matrix_authentication_service_migration_in_progress: true'),
      )
      // The saved files fit, so nothing is rendered.
      expect(operator.lines.filter(line => line.startsWith('Adding these variables'))).toEqual([])
      const { stdout: homeserver } = await lab.root('cat /matrix/synapse/config/homeserver.yaml')
      expect(homeserver).toContain('idp_id')
      expect(back.report).toMatchObject({
        outcome: 'rolled-back',
        lost: { accounts: 1, passwords: 1, accountsLocked: 0 },
      })
      // Users refreshed their tokens in MAS: Synapse does not know the new ones.
      expect(back.report?.lost?.refreshedSessions).toBeGreaterThan(0)
      expect(await operator.ownLogin()).toBe(200)
      expect(await startOfBridge(lab)).toBe(bridge)
      expect(notOk(await verifyUntouched(ledger, lab.data))).toEqual([])
      expect(await lab.sql(mas, 'SELECT count(*) FROM users')).toEqual([['0']])
      expect(await run('rollback')).toMatchObject({ plan: { kind: 'nothing' } })
    },
    30 * minutes,
  )

  it.each(chosen[dialect])(
    'survives %s',
    async id => {
      const cell = allCells().find(each => cellId(each) === id)
      if (!cell) throw new Error(`there is no cell ${id}`)
      server ??= await FaultyServer.prepare(operator)
      await server.carryOut(cell)
    },
    15 * minutes,
  )
})
