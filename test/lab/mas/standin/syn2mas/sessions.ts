import { isIP } from 'node:net'
import { log } from '../log.ts'
import { newId, timeOf } from '../ulid.ts'
import type { Counter } from './progress.ts'
import { readDevices, readPlainTokens, readTokenPairs } from './reader.ts'
import { moment, momentOrNull, type State } from './state.ts'

const module = 'syn2mas::migration'

function sessionBuffer(state: State) {
  return state.input.writer.buffer('compat_sessions', {
    compat_session_id: 'uuid',
    user_id: 'uuid',
    device_id: 'text',
    human_name: 'text',
    created_at: 'timestamptz',
    is_synapse_admin: 'boolean',
    last_active_at: 'timestamptz',
    last_active_ip: 'inet',
    user_agent: 'text',
  })
}

function tokenBuffer(state: State) {
  return state.input.writer.buffer('compat_access_tokens', {
    compat_access_token_id: 'uuid',
    compat_session_id: 'uuid',
    access_token: 'text',
    created_at: 'timestamptz',
    expires_at: 'timestamptz',
  })
}

export async function migratePlainTokens(state: State, counter: Counter): Promise<void> {
  const tokens = tokenBuffer(state)
  const deviceless = sessionBuffer(state)
  for await (const rows of readPlainTokens(state.input.synapse)) {
    for (const row of rows) {
      const { id, active } = state.person(row.user_id, 'access_tokens')
      if (id === undefined || !active) {
        counter.skipped += 1
        continue
      }
      const created = row.last_validated === null ? Date.now() : Number(row.last_validated)
      const session = row.device_id === null ? newId(created) : state.session(id, row.device_id, created)
      if (row.device_id === null) {
        await deviceless.add([session, id, null, null, moment(created), false, null, null, null])
      }
      await tokens.add([
        newId(created),
        session,
        row.token,
        moment(created),
        momentOrNull(row.valid_until_ms),
      ])
      counter.migrated += 1
    }
  }
  await tokens.flush()
  await deviceless.flush()
}

export async function migrateTokenPairs(state: State, counter: Counter): Promise<void> {
  const tokens = tokenBuffer(state)
  const refreshTokens = state.input.writer.buffer('compat_refresh_tokens', {
    compat_refresh_token_id: 'uuid',
    compat_session_id: 'uuid',
    compat_access_token_id: 'uuid',
    refresh_token: 'text',
    created_at: 'timestamptz',
  })
  for await (const rows of readTokenPairs(state.input.synapse)) {
    for (const row of rows) {
      const { id, active } = state.person(row.user_id, 'refresh_tokens')
      if (id === undefined || !active) {
        counter.skipped += 1
        continue
      }
      const created = row.last_validated === null ? Date.now() : Number(row.last_validated)
      const session = state.session(id, row.device_id, created)
      const token = newId(created)
      await tokens.add([token, session, row.token, moment(created), momentOrNull(row.valid_until_ms)])
      await refreshTokens.add([newId(created), session, token, row.refresh_token, moment(created)])
      counter.migrated += 1
    }
  }
  await tokens.flush()
  await refreshTokens.flush()
}

export async function migrateDevices(state: State, counter: Counter): Promise<void> {
  const sessions = sessionBuffer(state)
  for await (const rows of readDevices(state.input.synapse)) {
    for (const row of rows) {
      const { id, active, admin } = state.person(row.user_id, 'devices')
      if (id === undefined) counter.skipped += 1
      // Devices of inactive users are neither taken over nor counted.
      if (id === undefined || !active) continue
      const session = state.session(id, row.device_id, Date.now())
      const seen = momentOrNull(row.last_seen)
      const ip = address(row.ip, row.user_id, row.device_id)
      const created = moment(timeOf(session))
      await sessions.add([
        session,
        id,
        row.device_id,
        row.display_name,
        created,
        admin,
        seen,
        ip,
        row.user_agent,
      ])
      counter.migrated += 1
    }
  }
  await sessions.flush()
}
function address(ip: string | null, mxid: string, device: string): string | null {
  if (ip === null || ip === '-') return null
  if (isIP(ip) !== 0) return ip
  const fields = { error: 'invalid IP address syntax', mxid, device_id: device, ip }
  log('WARN', { module, line: 650 }, 'Failed to parse device IP, ignoring', fields)
  return null
}
