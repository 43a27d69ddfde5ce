import type { Client } from 'pg'

/** Of Synapse's tables, the six that syn2mas reads, with the columns that it reads. */
const tables = [
  `users (name text PRIMARY KEY, password_hash text, creation_ts bigint, admin smallint NOT NULL DEFAULT 0,
     is_guest smallint NOT NULL DEFAULT 0, appservice_id text, deactivated smallint NOT NULL DEFAULT 0,
     locked boolean NOT NULL DEFAULT false)`,
  'user_threepids (user_id text NOT NULL, medium text NOT NULL, address text NOT NULL, added_at bigint NOT NULL)',
  'user_external_ids (auth_provider text NOT NULL, external_id text NOT NULL, user_id text NOT NULL)',
  `devices (user_id text NOT NULL, device_id text NOT NULL, display_name text, last_seen bigint, ip text,
     user_agent text, hidden boolean NOT NULL DEFAULT false)`,
  `access_tokens (id bigint PRIMARY KEY, user_id text NOT NULL, device_id text, token text NOT NULL,
     valid_until_ms bigint, puppets_user_id text, last_validated bigint, refresh_token_id bigint, used boolean)`,
  `refresh_tokens (id bigint PRIMARY KEY, user_id text NOT NULL, device_id text NOT NULL, token text NOT NULL,
     next_token_id bigint)`,
]

const created = 1_795_000_000

function mxid(name: string): string {
  return `@${name}:example.test`
}

interface Person {
  readonly admin?: boolean
  readonly guest?: boolean
  readonly deactivated?: boolean
  readonly locked?: boolean
  readonly service?: string
  readonly hash?: string
}

/** Fills the tables one account at a time; every number and name is made up. */
export class SynapseDatabase {
  readonly #client: Client
  #serial = 0

  constructor(client: Client) {
    this.#client = client
  }

  async create(): Promise<void> {
    for (const table of tables) await this.#client.query(`CREATE TABLE ${table}`)
    await this.#client.query('GRANT ALL ON ALL TABLES IN SCHEMA public TO synapse')
  }

  async user(name: string, { admin, guest, deactivated, locked, service, hash }: Person = {}): Promise<void> {
    await this.#client.query(
      `INSERT INTO users (name, password_hash, creation_ts, admin, is_guest, deactivated, locked, appservice_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        mxid(name),
        hash ?? null,
        created,
        Number(admin ?? false),
        Number(guest ?? false),
        Number(deactivated ?? false),
        locked ?? false,
        service ?? null,
      ],
    )
  }

  async threepid(name: string, medium: string, address: string): Promise<void> {
    const insert = 'INSERT INTO user_threepids VALUES ($1, $2, $3, $4)'
    await this.#client.query(insert, [mxid(name), medium, address, created * 1000])
  }

  async link(name: string, provider: string): Promise<void> {
    const insert = 'INSERT INTO user_external_ids VALUES ($1, $2, $3)'
    await this.#client.query(insert, [provider, `${name}-subject`, mxid(name)])
  }

  async device(name: string, device: string, ip = '192.0.2.7', hidden = false): Promise<void> {
    await this.#client.query(`INSERT INTO devices VALUES ($1, $2, $3, $4, $5, 'Lab/1.0', $6)`, [
      mxid(name),
      device,
      `${name}'s ${device}`,
      created * 1000,
      ip,
      hidden,
    ])
  }

  /** An access token, with a refresh token where asked for; answers the access token. */
  async token(
    name: string,
    device: string | null,
    kind: 'plain' | 'refreshable' | 'puppet' = 'plain',
  ): Promise<string> {
    this.#serial += 1
    const [id, token] = [this.#serial, `syt_${name}_${this.#serial}`]
    if (kind === 'refreshable') {
      const insert = 'INSERT INTO refresh_tokens VALUES ($1, $2, $3, $4, NULL)'
      await this.#client.query(insert, [id, mxid(name), device, `syr_${name}_${id}`])
    }
    await this.#client.query(`INSERT INTO access_tokens VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, false)`, [
      id,
      mxid(name),
      device,
      token,
      kind === 'puppet' ? mxid('alice') : null,
      created * 1000,
      kind === 'refreshable' ? id : null,
    ])
    return token
  }

  async session(name: string, device: string): Promise<void> {
    await this.device(name, device)
    await this.token(name, device)
  }
}

/** Six accounts, of every common kind: 8 devices, 7 plain tokens, one pair, two third-party ids, one link. */
export async function fillPlain(database: SynapseDatabase): Promise<void> {
  await database.user('alice', { admin: true, hash: '$2b$04$alice' })
  await database.user('bob', { hash: '$2b$04$bob' })
  await database.user('carol', { deactivated: true })
  await database.user('dave', { hash: '$2b$04$dave' })
  await database.user('erin')
  await database.user('frank', { locked: true, hash: '$2b$04$frank' })
  for (const [name, device] of [
    ['alice', 'A1'],
    ['bob', 'B1'],
    ['bob', 'B2'],
    ['bob', 'B3'],
    ['dave', 'D1'],
    ['erin', 'E1'],
    ['frank', 'F1'],
  ] as const) {
    await database.session(name, device)
  }
  await database.device('dave', 'D2')
  await database.token('dave', 'D2', 'refreshable')
  await database.token('bob', 'B1', 'puppet')
  await database.device('alice', 'master-key', '-', true)
  await database.threepid('dave', 'email', 'dave@example.test')
  await database.threepid('erin', 'msisdn', '447700900000')
  await database.link('erin', 'oidc-keycloak')
}

/** And what is odd: a guest, names that differ in case, names no longer allowed, links of an unknown provider. */
export async function fillOdd(database: SynapseDatabase): Promise<void> {
  await database.user('77', { guest: true })
  await database.device('77', 'guest_device')
  await database.token('77', 'guest_device')
  for (const name of ['Old.User', 'old.user', 'not allowed', 'zoë', 'UPPER', 'grace'])
    await database.user(name)
  await database.device('bob', 'NOTOKEN', 'not-an-ip')
  await database.token('bob', null)
  await database.threepid('Old.User', 'email', 'Old@example.test')
  await database.threepid('old.user', 'email', 'old@example.test')
  await database.link('grace', 'oidc-gone')
  await database.link('zoë', 'saml')
}
