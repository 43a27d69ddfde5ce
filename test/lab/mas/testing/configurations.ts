import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Cluster, rolePassword } from './cluster.ts'

type Values = Readonly<Record<string, unknown>>

const provider = {
  id: '01JD0000000000000000000001',
  issuer: 'https://id.example.test/realms/x',
  client_id: 'mas',
  client_secret: 'FAKE-upstream-secret',
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid',
  synapse_idp_id: 'oidc-keycloak',
}
const bcrypt = { version: 1, algorithm: 'bcrypt', secret: 'FAKE-PEPPER', unicode_normalization: true }
const argon = { version: 2, algorithm: 'argon2id', unicode_normalization: true }
const { secret: _, ...bcryptWithoutSecret } = bcrypt

const schemes = (...list: readonly Values[]) => ({ passwords: { enabled: true, schemes: list } })
const providers = (...list: readonly Values[]) => ({ upstream_oauth2: { providers: list } })

/** Where the tests' Synapse would be; a small server of the test's own plays it. */
export interface Places {
  readonly cluster: Cluster
  readonly homeserver: string
}

/** MAS's configuration files, each named as in the recordings and with the one fault that they are about. */
function masFiles({ cluster, homeserver }: Places): Record<string, Values> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' })
  const connection = { host: cluster.socket, port: cluster.port, username: 'mas', password: rolePassword }
  const matrix = { homeserver: 'example.test', endpoint: homeserver, secret: 'FAKE-MATRIX-SECRET' }
  const base = {
    database: { ...connection, database: 'mas' },
    matrix,
    secrets: { encryption: '0f'.repeat(32), keys: [{ kid: 'lab', key }] },
    ...schemes(bcrypt, argon),
  }
  const kc = { ...base, ...providers(provider) }
  return {
    base,
    kc,
    k121: kc,
    scratch: { ...kc, database: { ...connection, database: 'scratch' } },
    t1: { ...kc, ...schemes(argon) },
    t2: { ...kc, ...schemes({ version: 1, algorithm: 'argon2id' }) },
    t3: { ...kc, ...schemes(bcryptWithoutSecret, argon) },
    t4: { ...kc, ...schemes({ ...bcrypt, secret: 'FAKE-OTHER' }, argon) },
    t5: { ...kc, passwords: { enabled: false } },
    t6: { ...kc, matrix: { ...matrix, homeserver: 'other.test' } },
    t7: { ...kc, database: { ...connection, database: 'mas', password: 'FAKE-wrong' } },
    t8: { ...base, ...providers({ ...provider, id: 'keycloak' }) },
  }
}

const keycloak = {
  idp_id: 'keycloak',
  issuer: provider.issuer,
  client_id: 'synapse',
  client_secret: 'FAKE',
  scopes: ['openid'],
}

function synapseFiles({ cluster }: Places): Record<string, Values> {
  const database = (name: string, password = rolePassword) => ({
    database: {
      name: 'psycopg2',
      args: { host: cluster.socket, port: cluster.port, user: 'synapse', password, dbname: name },
    },
  })
  const plain = {
    server_name: 'example.test',
    password_config: { pepper: 'FAKE-PEPPER' },
    ...database('synapse'),
  }
  const kc = { ...plain, oidc_providers: [keycloak] }
  return {
    'hs-plain': plain,
    'hs-kc': kc,
    'hs-1000': kc,
    'hs-big': kc,
    'hs-odd': { ...kc, ...database('synapse_odd') },
    hs121: { ...kc, ...database('synapse_delegated') },
    h1: {
      ...kc,
      enable_registration: true,
      enable_registration_captcha: true,
      enable_3pid_changes: true,
      allow_guest_access: true,
      login_via_existing_session: { enabled: true },
      user_consent: { version: '1' },
      cas_config: { enabled: true },
      jwt_config: { enabled: true },
    },
    h2: { ...kc, user_consent: { version: '1' } },
    h3: { ...kc, password_config: { enabled: 'only_for_reauth' } },
    h4: { ...kc, password_config: {} },
    h5: { ...kc, ...database('synapse', 'FAKE-wrong') },
    h6: { ...kc, database: { name: 'sqlite3', args: { database: ':memory:' } } },
  }
}

/** Writes all of them into a folder, in which the program then runs. */
export async function writeConfigurations(folder: string, places: Places): Promise<void> {
  const files = { ...masFiles(places), ...synapseFiles(places) }
  for (const [name, values] of Object.entries(files))
    await writeFile(join(folder, `${name}.yaml`), stringify(values))
}
