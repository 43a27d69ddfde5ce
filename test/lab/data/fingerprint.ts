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
 * Tables that change while a homeserver merely lives, by what changes them. They say nothing about a migration, so they have
 * no fingerprint. Most were found by watching both versions of Synapse at work and through a restart; the rest belong to
 * features that clients or MAS may use at any time. A name that a version does not have does no harm.
 */
export const livingTables: Readonly<Record<string, readonly string[]>> = {
  'rooms and messages': [
    'current_state_delta_stream',
    'current_state_events',
    'event_auth',
    'event_auth_chain_links',
    'event_auth_chain_to_calculate',
    'event_auth_chains',
    'event_edges',
    'event_forward_extremities',
    'event_push_actions',
    'event_push_actions_staging',
    'event_push_summary',
    'event_push_summary_last_receipt_stream_id',
    'event_push_summary_stream_ordering',
    'event_relations',
    'event_search',
    'event_to_state_groups',
    'event_txn_id_device_id',
    'local_current_membership',
    'receipts_graph',
    'receipts_linearized',
    'room_aliases',
    'room_alias_servers',
    'room_depth',
    'room_stats_current',
    'room_stats_state',
    'rooms',
    'sliding_sync_joined_rooms',
    'sliding_sync_joined_rooms_to_recalculate',
    'sliding_sync_membership_snapshots',
    'state_group_edges',
    'state_groups',
    'state_groups_pending_deletion',
    'state_groups_persisting',
    'state_groups_state',
    'stream_ordering_to_exterm',
    'user_stats_current',
  ],
  'what clients and MAS keep about people and devices': [
    'account_data',
    'dehydrated_devices',
    'device_auth_providers',
    'device_federation_inbox',
    'device_federation_outbox',
    'device_inbox',
    'device_lists_changes_converted_stream_position',
    'device_lists_changes_in_room',
    'device_lists_outbound_last_success',
    'device_lists_outbound_pokes',
    'device_lists_stream',
    'e2e_cross_signing_keys',
    'e2e_cross_signing_signatures',
    'e2e_device_keys_json',
    'e2e_fallback_keys_json',
    'e2e_one_time_keys_json',
    'monthly_active_users',
    'presence_stream',
    'profile_updates',
    'profile_updates_per_user',
    'push_rules_stream',
    'room_account_data',
    'sliding_sync_connection_lazy_members',
    'sliding_sync_connection_positions',
    'sliding_sync_connection_required_state',
    'sliding_sync_connection_room_configs',
    'sliding_sync_connection_streams',
    'sliding_sync_connections',
    'user_daily_visits',
    'user_directory',
    'user_directory_search',
    'user_filters',
    'user_ips',
    'users_in_public_rooms',
    'users_to_send_full_presence_to',
    'users_who_share_private_rooms',
  ],
  'logins on Synapse itself': [
    'login_tokens',
    'open_id_tokens',
    'ui_auth_sessions',
    'ui_auth_sessions_credentials',
    'ui_auth_sessions_ips',
  ],
  "Synapse's own book-keeping": [
    'cache_invalidation_stream_by_instance',
    'delayed_events_stream_pos',
    'federation_stream_position',
    'instance_map',
    'room_forgetter_stream_pos',
    'scheduled_tasks',
    'sessions',
    'stats_incremental_position',
    'stream_positions',
    'user_directory_stream_pos',
    'worker_locks',
    'worker_read_write_locks',
    'worker_read_write_locks_mode',
  ],
}

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
      where: `${ledgered('user_id')} AND (device_id IS NULL OR device_id LIKE '${ledgeredDevicePrefix}%')`,
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
  const named = new Set([...parts.map(part => part.table), ...Object.values(livingTables).flat()])
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
