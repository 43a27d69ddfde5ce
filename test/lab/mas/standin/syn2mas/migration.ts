import { isIP } from 'node:net'
import type { Client } from 'pg'
import { Failure } from '../failure.ts'
import { log } from '../log.ts'
import { newId, timeOf } from '../ulid.ts'
import type { Counter, Entity, Progress } from './progress.ts'
import {
  estimate,
  readDevices,
  readExternalIds,
  readPlainTokens,
  readThreepids,
  readTokenPairs,
  readUsers,
  type TokenPairRow,
} from './reader.ts'
import type { MasWriter } from './writer.ts'

const module = 'syn2mas::migration'

interface Person {
  /** Undefined for users of application services: they stay Synapse's. */
  readonly id: string | undefined
  readonly admin: boolean
  /** Neither deactivated nor a guest: such a user's sessions are taken over. */
  readonly active: boolean
}

export interface MigrationInput {
  readonly synapse: Client
  readonly writer: MasWriter
  readonly serverName: string
  /** `auth_provider` → provider id, as UUID. */
  readonly providers: ReadonlyMap<string, string>
  readonly ignoreMissingProviders: boolean
  readonly progress: Progress
}

function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** @throws Failure where the user is of another server or no user id at all. */
export function localpart(user: string, serverName: string): string {
  const fail = (reason: string) =>
    new Failure(`failed to extract localpart of FullUserId(${JSON.stringify(user)}): ${reason}`)
  if (!user.startsWith('@')) throw fail('user ID does not start with `@` sigil')
  const colon = user.indexOf(':')
  if (colon === -1) throw fail('user ID does not have a `:` separator')
  const found = user.slice(colon + 1)
  if (found === serverName) return user.slice(1, colon)
  throw fail(`wrong server name: expected ${JSON.stringify(serverName)}, got ${JSON.stringify(found)}`)
}

/** Takes over everything, kind by kind; sessions get their time from tokens, so tokens come before devices. */
export class Migration {
  readonly #input: MigrationInput
  readonly #people = new Map<string, Person>()
  readonly #sessions = new Map<string, string>()

  constructor(input: MigrationInput) {
    this.#input = input
  }

  async run(): Promise<void> {
    const { synapse } = this.#input
    const count = (table: string) => estimate(synapse, table)
    const [tokens, pairs] = [await count('access_tokens'), await count('refresh_tokens')]
    await this.#step('users', 'users', 330, await count('users'), counter => this.#users(counter))
    await this.#step('threepids', 'third-party IDs', 446, await count('user_threepids'), counter =>
      this.#threepids(counter),
    )
    await this.#step(
      'external_ids',
      'upstream links (external IDs)',
      557,
      await count('user_external_ids'),
      counter => this.#externalIds(counter),
    )
    const plain = Math.max(0, tokens - pairs)
    await this.#step('nonrefreshable_access_tokens', 'non-refreshable access tokens', 857, plain, counter =>
      this.#plainTokens(counter),
    )
    await this.#step('refreshable_tokens', 'refreshable token pairs', 1001, pairs, counter =>
      this.#tokenPairs(counter),
    )
    await this.#step('devices', 'devices', 705, await count('devices'), counter => this.#devices(counter))
  }

  async #step(
    entity: Entity,
    name: string,
    line: number,
    expected: number,
    work: (counter: Counter) => Promise<void>,
  ) {
    const start = performance.now()
    const counter = this.#input.progress.migrating(entity, expected)
    await work(counter)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const text = `${counter.migrated} ${name} migrated (${counter.skipped} skipped) in ${seconds}s`
    log('INFO', { module, line }, text)
  }

  #person(user: string, table: string): Person {
    const person = this.#people.get(localpart(user, this.#input.serverName))
    if (person !== undefined) return person
    throw new Failure(`user ${user} was not found for migration but a row in ${table} was found for them`)
  }

  async #users(counter: Counter): Promise<void> {
    const { synapse, writer, serverName } = this.#input
    const users = writer.buffer('users', {
      user_id: 'uuid',
      username: 'text',
      created_at: 'timestamptz',
      locked_at: 'timestamptz',
      deactivated_at: 'timestamptz',
      can_request_admin: 'boolean',
      is_guest: 'boolean',
    })
    const passwords = writer.buffer('user_passwords', {
      user_password_id: 'uuid',
      user_id: 'uuid',
      hashed_password: 'text',
      created_at: 'timestamptz',
      version: 'integer',
    })
    for await (const rows of readUsers(synapse)) {
      for (const row of rows) {
        const ofService = row.appservice_id !== null
        if (ofService && row.name.endsWith(`:${serverName}`) && row.name.split(':').length > 2) {
          log('WARN', { module, line: 241 }, `AS user ${row.name} has invalid localpart, ignoring!`)
          continue
        }
        const username = localpart(row.name, serverName)
        const milliseconds = Number(row.creation_ts) * 1000
        const id = ofService ? undefined : newId(milliseconds)
        const active = row.deactivated === 0 && row.is_guest === 0
        this.#people.set(username, { id, admin: row.admin !== 0, active })
        if (id === undefined) {
          counter.skipped += 1
          continue
        }
        const created = moment(milliseconds)
        const [locked, deactivated] = [row.locked ? created : null, row.deactivated !== 0 ? created : null]
        await users.add([id, username, created, locked, deactivated, row.admin !== 0, row.is_guest !== 0])
        if (row.password_hash !== null) {
          await passwords.add([newId(milliseconds), id, row.password_hash, created, 1])
        }
        counter.migrated += 1
      }
    }
    await users.flush()
    await passwords.flush()
  }

  async #threepids(counter: Counter): Promise<void> {
    const { synapse, writer } = this.#input
    const emails = writer.buffer('user_emails', {
      user_email_id: 'uuid',
      user_id: 'uuid',
      email: 'text',
      created_at: 'timestamptz',
    })
    const others = writer.buffer('user_unsupported_third_party_ids', {
      user_id: 'uuid',
      medium: 'text',
      address: 'text',
      created_at: 'timestamptz',
    })
    for await (const rows of readThreepids(synapse)) {
      for (const { user_id, medium, address, added_at } of rows) {
        const { id } = this.#person(user_id, 'user_threepids')
        if (id === undefined) {
          counter.skipped += 1
          continue
        }
        const added = Number(added_at)
        if (medium === 'email') await emails.add([newId(added), id, address, moment(added)])
        else await others.add([id, medium, address, moment(added)])
        counter.migrated += 1
      }
    }
    await emails.flush()
    await others.flush()
  }

  async #externalIds(counter: Counter): Promise<void> {
    const { synapse, writer, providers, ignoreMissingProviders } = this.#input
    const links = writer.buffer('upstream_oauth_links', {
      upstream_oauth_link_id: 'uuid',
      user_id: 'uuid',
      upstream_oauth_provider_id: 'uuid',
      subject: 'text',
      created_at: 'timestamptz',
    })
    for await (const rows of readExternalIds(synapse)) {
      for (const { user_id, auth_provider, external_id } of rows) {
        const { id } = this.#person(user_id, 'user_external_ids')
        const provider = providers.get(auth_provider)
        if (id !== undefined && provider === undefined && !ignoreMissingProviders) {
          const whom = `(used by ${user_id} and maybe other users)`
          throw new Failure(
            `missing a mapping for the auth provider with ID ${JSON.stringify(auth_provider)} ${whom}`,
          )
        }
        if (id === undefined || provider === undefined) {
          counter.skipped += 1
          continue
        }
        const created = timeOf(id)
        await links.add([newId(created), id, provider, external_id, moment(created)])
        counter.migrated += 1
      }
    }
    await links.flush()
  }

  /** The session of a device, made up at the moment of its first token. */
  #session(user: string, device: string, milliseconds: number): string {
    const key = `${user} ${device}`
    const known = this.#sessions.get(key)
    if (known !== undefined) return known
    const session = newId(milliseconds)
    this.#sessions.set(key, session)
    return session
  }

  #sessionBuffer() {
    return this.#input.writer.buffer('compat_sessions', {
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

  #tokenBuffer() {
    return this.#input.writer.buffer('compat_access_tokens', {
      compat_access_token_id: 'uuid',
      compat_session_id: 'uuid',
      access_token: 'text',
      created_at: 'timestamptz',
      expires_at: 'timestamptz',
    })
  }

  async #plainTokens(counter: Counter): Promise<void> {
    const tokens = this.#tokenBuffer()
    const deviceless = this.#sessionBuffer()
    for await (const rows of readPlainTokens(this.#input.synapse)) {
      for (const row of rows) {
        const { id, active } = this.#person(row.user_id, 'access_tokens')
        if (id === undefined || !active) {
          counter.skipped += 1
          continue
        }
        const created = row.last_validated === null ? Date.now() : Number(row.last_validated)
        const session = row.device_id === null ? newId(created) : this.#session(id, row.device_id, created)
        if (row.device_id === null) {
          await deviceless.add([session, id, null, null, moment(created), false, null, null, null])
        }
        await tokens.add([newId(created), session, row.token, moment(created), expiry(row.valid_until_ms)])
        counter.migrated += 1
      }
    }
    await tokens.flush()
    await deviceless.flush()
  }

  async #tokenPairs(counter: Counter): Promise<void> {
    const tokens = this.#tokenBuffer()
    const refreshTokens = this.#input.writer.buffer('compat_refresh_tokens', {
      compat_refresh_token_id: 'uuid',
      compat_session_id: 'uuid',
      compat_access_token_id: 'uuid',
      refresh_token: 'text',
      created_at: 'timestamptz',
    })
    for await (const rows of readTokenPairs(this.#input.synapse)) {
      for (const row of rows satisfies TokenPairRow[]) {
        const { id, active } = this.#person(row.user_id, 'refresh_tokens')
        if (id === undefined || !active) {
          counter.skipped += 1
          continue
        }
        const created = row.last_validated === null ? Date.now() : Number(row.last_validated)
        const session = this.#session(id, row.device_id, created)
        const token = newId(created)
        await tokens.add([token, session, row.token, moment(created), expiry(row.valid_until_ms)])
        await refreshTokens.add([newId(created), session, token, row.refresh_token, moment(created)])
        counter.migrated += 1
      }
    }
    await tokens.flush()
    await refreshTokens.flush()
  }

  async #devices(counter: Counter): Promise<void> {
    const sessions = this.#sessionBuffer()
    for await (const rows of readDevices(this.#input.synapse)) {
      for (const row of rows) {
        const { id, active, admin } = this.#person(row.user_id, 'devices')
        if (id === undefined) counter.skipped += 1
        // Devices of inactive users are neither taken over nor counted.
        if (id === undefined || !active) continue
        const session = this.#session(id, row.device_id, Date.now())
        const seen = expiry(row.last_seen)
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
}

function expiry(milliseconds: string | null): string | null {
  return milliseconds === null ? null : moment(Number(milliseconds))
}

function address(ip: string | null, mxid: string, device: string): string | null {
  if (ip === null || ip === '-') return null
  if (isIP(ip) !== 0) return ip
  const fields = { error: 'invalid IP address syntax', mxid, device_id: device, ip }
  log('WARN', { module, line: 650 }, 'Failed to parse device IP, ignoring', fields)
  return null
}
