import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { affectedTables } from './standin/syn2mas/paused.ts'
import { until } from './testing/program.ts'
import { type Stage, stageUp } from './testing/stage.ts'

const migrate = '-c kc.yaml syn2mas --synapse-config=hs-kc.yaml migrate'

/** What must be in MAS afterwards, asked of Synapse. */
const expectedCounts = `
  WITH u AS (SELECT * FROM users WHERE appservice_id IS NULL),
       a AS (SELECT name FROM u WHERE deactivated = 0 AND is_guest = 0)
  SELECT (SELECT count(*) FROM u), (SELECT count(password_hash) FROM u), (SELECT count(*) FROM u WHERE admin <> 0),
    (SELECT count(*) FROM user_threepids JOIN u ON name = user_id WHERE medium = 'email'),
    (SELECT count(*) FROM devices JOIN a ON name = user_id WHERE NOT hidden AND device_id <> 'guest_device')
      + (SELECT count(*) FROM access_tokens JOIN a ON name = user_id
           WHERE device_id IS NULL AND puppets_user_id IS NULL AND refresh_token_id IS NULL),
    (SELECT count(*) FROM access_tokens t JOIN a ON name = t.user_id
       WHERE puppets_user_id IS NULL AND refresh_token_id IS NULL AND (t.device_id IS NULL OR EXISTS (
         SELECT FROM devices d WHERE d.user_id = t.user_id AND d.device_id = t.device_id)))`
const foundCounts = `
  SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM user_passwords WHERE version = 1),
    (SELECT count(*) FROM users WHERE can_request_admin), (SELECT count(*) FROM user_emails),
    (SELECT count(*) FROM compat_sessions),
    (SELECT count(*) FROM compat_access_tokens
       WHERE compat_access_token_id NOT IN (SELECT compat_access_token_id FROM compat_refresh_tokens))`

let stage: Stage

beforeAll(async () => {
  stage = await stageUp()
})

afterAll(async () => {
  await stage.down()
})

beforeEach(async () => {
  await stage.renewMas('schema')
})

const renamed = async () => (await stage.tables()).filter(name => name.startsWith('syn2mas__'))
const count = async (table: string) =>
  Number((await stage.cluster.query('mas', `SELECT count(*) FROM ${table}`))[0]?.[0])

describe('a real run', () => {
  test.each([
    ['the common accounts', 'synapse', 'hs-kc.yaml'],
    ['odd accounts', 'synapse_odd', 'hs-odd.yaml --ignore-missing-auth-providers'],
  ])('writes as many of everything as Synapse has of %s', async (_, database, file) => {
    const outcome = await stage.run(`-c kc.yaml syn2mas --synapse-config=${file} migrate`)
    expect(outcome.stderr).not.toContain('Error:')
    expect(outcome.code).toBe(0)
    const [expected, found] = [
      await stage.cluster.query(database, expectedCounts),
      await stage.cluster.query('mas', foundCounts),
    ]
    expect(found).toEqual(expected)
  })

  test('keeps admins, locked and deactivated accounts, and the rights of old sessions', async () => {
    await stage.run(migrate)
    const users = await stage.cluster.query(
      'mas',
      'SELECT username, can_request_admin, locked_at IS NOT NULL, deactivated_at IS NOT NULL FROM users ORDER BY 1',
    )
    expect(users).toEqual([
      ['alice', true, false, false],
      ['bob', false, false, false],
      ['carol', false, false, true],
      ['dave', false, false, false],
      ['erin', false, false, false],
      ['frank', false, true, false],
    ])
    const sessions =
      'SELECT DISTINCT username FROM compat_sessions JOIN users USING (user_id) WHERE is_synapse_admin'
    expect(await stage.cluster.query('mas', sessions)).toEqual([['alice']])
  })

  test('leaves the tables under their names with all indices and constraints', async () => {
    const shape = `SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`
    const before = await stage.cluster.query('mas', shape)
    await stage.run(migrate)
    expect(await renamed()).toEqual([])
    expect(await stage.cluster.query('mas', shape)).toEqual(before)
  })

  test('writes nothing into Synapse and does not ask whether it runs', async () => {
    const client = await stage.cluster.connect('synapse')
    try {
      const idle = await client.query('SELECT count(*) FROM users')
      expect((await stage.run(migrate)).code).toBe(0)
      expect((await client.query('SELECT count(*) FROM users')).rows).toEqual(idle.rows)
    } finally {
      await client.end()
    }
  })

  test('stops without writing anything if a lock is held in Synapse', async () => {
    const client = await stage.cluster.connect('synapse')
    try {
      await client.query('BEGIN')
      await client.query("UPDATE users SET locked = locked WHERE name = '@bob:example.test'")
      const outcome = await stage.run(migrate)
      expect(outcome.code).toBe(1)
      expect(outcome.stderr).toContain('database error whilst locking Synapse table `users`')
      expect(await renamed()).toEqual([])
      expect(await count('users')).toBe(0)
    } finally {
      await client.end()
    }
  })

  test('says how far it is every five seconds', async () => {
    const outcome = await stage.run(migrate, { LAB_SYN2MAS_SLOW: '800' })
    expect(outcome.code).toBe(0)
    const progress =
      /^\S+Z {2}INFO progress (?:migrating [a-z_]+: \d+ \(\d+ skipped\) \/~\d+ \(~(?:[\d.]+|inf|NaN)%\)|still .+)$/m
    expect(outcome.stderr).toMatch(progress)
  })
})

describe('a dry run', () => {
  test('leaves the tables empty, with what points at them, and the provider known', async () => {
    const outcome = await stage.run(`${migrate} --dry-run`)
    expect(outcome.code).toBe(0)
    for (const table of affectedTables) expect(await count(table)).toBe(0)
    expect(await count('upstream_oauth_providers')).toBe(1)
  })

  test('hides every finding where the database is not empty', async () => {
    await stage.run(migrate)
    const outcome = await stage.run('-c t2.yaml syn2mas --synapse-config=h1.yaml migrate --dry-run')
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain('rows found in at least `users`')
    expect(outcome.stderr).not.toContain('=====')
  })
})

describe('a run that dies', () => {
  test.each([
    ['before any row', 1, '60000'],
    ['after some commits', 2500, '350'],
  ])('%s leaves all eight tables renamed, and the next run starts over', async (_, milliseconds, slow) => {
    const running = stage.start(migrate, { LAB_SYN2MAS_SLOW: slow })
    await until(async () => (await renamed()).length > 0, 'the renamed tables')
    await new Promise(resolve => setTimeout(resolve, milliseconds))
    running.child.kill('SIGKILL')
    await running.outcome
    expect(await renamed()).toEqual(affectedTables.map(name => `syn2mas__${name}`).toSorted())
    expect(await stage.tables()).toEqual(
      expect.arrayContaining(['syn2mas_restore_constraints', 'syn2mas_restore_indices']),
    )
    const again = await stage.run(migrate)
    expect(again.code).toBe(0)
    expect(again.stderr).toContain('Partial syn2mas migration has already been done; resetting.')
    expect(await count('users')).toBe(6)
    expect(await renamed()).toEqual([])
  })

  test('on SIGTERM ends at once, unlike a server', async () => {
    const running = stage.start(migrate, { LAB_SYN2MAS_SLOW: '60000' })
    await until(async () => (await renamed()).length > 0, 'the renamed tables')
    running.child.kill('SIGTERM')
    expect(await running.outcome).toMatchObject({ code: null, signal: 'SIGTERM' })
  })

  test('each connection commits alone: killed between two commits, some tables have rows and others none', async () => {
    const running = stage.start(migrate, { LAB_SYN2MAS_SLOW: '400' })
    await until(() => running.stderr().includes('devices migrated'), 'the last rows')
    const filled = async () => {
      const counts = await Promise.all((await renamed()).map(count))
      return counts.filter(rows => rows > 0).length
    }
    await until(async () => (await filled()) > 0, 'the first commit')
    running.child.kill('SIGKILL')
    await running.outcome
    expect(await filled()).toBeGreaterThan(0)
    expect(await filled()).toBeLessThan(affectedTables.length)
  })
})
