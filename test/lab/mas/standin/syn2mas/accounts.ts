import { Failure } from '../failure.ts'
import { log } from '../log.ts'
import { newId, timeOf } from '../ulid.ts'
import type { Counter } from './progress.ts'
import { readExternalIds, readThreepids, readUsers } from './reader.ts'
import { localpart, moment, type State } from './state.ts'

const module = 'syn2mas::migration'

export async function migrateUsers(state: State, counter: Counter): Promise<void> {
  const { synapse, writer, serverName } = state.input
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
      state.people.set(username, { id, admin: row.admin !== 0, active })
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

export async function migrateThreepids(state: State, counter: Counter): Promise<void> {
  const { synapse, writer } = state.input
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
      const { id } = state.person(user_id, 'user_threepids')
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

export async function migrateExternalIds(state: State, counter: Counter): Promise<void> {
  const { synapse, writer, providers, ignoreMissingProviders } = state.input
  const links = writer.buffer('upstream_oauth_links', {
    upstream_oauth_link_id: 'uuid',
    user_id: 'uuid',
    upstream_oauth_provider_id: 'uuid',
    subject: 'text',
    created_at: 'timestamptz',
  })
  for await (const rows of readExternalIds(synapse)) {
    for (const { user_id, auth_provider, external_id } of rows) {
      const { id } = state.person(user_id, 'user_external_ids')
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
