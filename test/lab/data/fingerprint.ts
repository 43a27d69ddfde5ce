import { ledgeredDevicePrefix, ledgeredLocalpart } from './accounts.ts'
import { type Tally, talliesOf } from './categories.ts'
import type { World } from './world.ts'

/** A table, or the part of it, that nothing but the generator may have written. */
export interface Guarded {
  readonly table: string
  /** SQL of the text that stands for a row `t`. */
  readonly line: string
  readonly where: string
}

const localpartOf = (column: string): string => `substr(split_part(${column}, ':', 1), 2)`
const ledgered = (column: string): string => `${localpartOf(column)} ~ '${ledgeredLocalpart}'`

/**
 * Tables that change while a homeserver merely lives: people log in, write, read and are seen; Synapse restarts; it
 * delegates, and is told of new devices. They say nothing about a migration, so they have no fingerprint.
 */
export const livingTables: Readonly<Record<string, string>> = {}

/** Account tables, where only the ledger's rows and the columns that living does not touch are compared. */
function accountParts(exceptDevicesOf: readonly string[]): Guarded[] {
  const names = exceptDevicesOf.map(name => `'${name.replaceAll("'", "''")}'`).join(', ')
  return [
    { table: 'users', line: 't::text', where: ledgered('name') },
    { table: 'profiles', line: 't::text', where: `user_id ~ '${ledgeredLocalpart}'` },
    { table: 'user_threepids', line: 't::text', where: ledgered('user_id') },
    {
      // Synapse in MSC3861 mode adds a link of its own for each user it sees.
      table: 'user_external_ids',
      line: 't::text',
      where: `${ledgered('user_id')} AND auth_provider <> 'oauth-delegated'`,
    },
    {
      // `used` and `last_validated` change when a token is used.
      table: 'access_tokens',
      line: `concat_ws('|', id, user_id, device_id, token, valid_until_ms, puppets_user_id, refresh_token_id)`,
      where: ledgered('user_id'),
    },
    { table: 'refresh_tokens', line: 't::text', where: ledgered('user_id') },
    {
      // When and from where a device was last seen changes; MAS brings the devices of who logs in up to date.
      table: 'devices',
      line: `concat_ws('|', user_id, device_id, display_name, hidden)`,
      where: `${ledgered('user_id')} AND (hidden OR device_id LIKE '${ledgeredDevicePrefix}%')
        ${names === '' ? '' : `AND user_id NOT IN (${names})`}`,
    },
  ]
}

/** Tables of events, of which those are compared that were there when the ledger was written. */
function eventParts(lastStreamOrdering: number): Guarded[] {
  const earlier = `stream_ordering <= ${lastStreamOrdering}`
  const ofEarlier = `event_id IN (SELECT event_id FROM events WHERE ${earlier})`
  return [
    {
      table: 'events',
      line: `concat_ws('|', event_id, type, room_id, sender, stream_ordering)`,
      where: earlier,
    },
    { table: 'event_json', line: 't::text', where: ofEarlier },
    { table: 'state_events', line: 't::text', where: ofEarlier },
    { table: 'room_memberships', line: 't::text', where: ofEarlier },
  ]
}

/**
 * What of Synapse's database a migration must leave as it is: the whole of every table that living does not change
 * (`livingTables`), and the constant part of the account and event tables.
 *
 * @param exceptDevicesOf user ids that will log in after the migration.
 */
export async function guardedParts(world: World, exceptDevicesOf: readonly string[]): Promise<Guarded[]> {
  const last = await world.sql('synapse', 'SELECT coalesce(max(stream_ordering), 0) FROM events;\n')
  const parts = [...accountParts(exceptDevicesOf), ...eventParts(Number(last[0]?.[0] ?? 0))]
  const named = new Set([...parts.map(part => part.table), ...Object.keys(livingTables)])
  const tables = await world.sql(
    'synapse',
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename;\n`,
  )
  const whole = tables.flatMap(([table = '']) =>
    named.has(table) ? [] : [{ table, line: 't::text', where: 'true' }],
  )
  return [...parts, ...whole]
}

/** Counts and hashes each part; the name of a tally is the table's. */
export async function fingerprints(world: World, parts: readonly Guarded[]): Promise<Tally[]> {
  const query = parts
    .map(
      ({ table, line, where }) =>
        `SELECT '${table}', count(*), coalesce(sum(hashtextextended(${line}, 0)::numeric), 0) FROM "${table}" t WHERE ${where}`,
    )
    .join('\nUNION ALL ')
  return talliesOf(await world.sql('synapse', `${query};\n`))
}
