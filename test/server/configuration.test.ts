import { describe, expect, it } from 'vitest'
import { databasesOf, delegationOf, readYamlObject, secretsIn } from '../../src/server/configuration.ts'

describe('delegationOf', () => {
  it.each([
    ['matrix_authentication_service: {enabled: true}', 'mas'],
    ['experimental_features: {msc3861: {enabled: true, issuer: x}}', 'msc3861'],
    ['matrix_authentication_service: {enabled: false}\nexperimental_features: {msc3861: {}}', 'no'],
    ['server_name: x', 'no'],
    ['server_name: [', 'unreadable'],
    ['- a list', 'unreadable'],
  ])('reads %j as %s', (text, delegation) => {
    expect(delegationOf(readYamlObject(text))).toBe(delegation)
  })

  it('is unreadable without a file', () => {
    expect(delegationOf(readYamlObject(undefined))).toBe('unreadable')
  })
})

describe('databasesOf', () => {
  it('reads the names from both notations', () => {
    const synapse = readYamlObject('database: {name: psycopg2, args: {user: u, dbname: synapse, port: 5432}}')
    const byUri = readYamlObject('database: {uri: "postgresql://u:p%40@matrix-postgres/mas%2Ddb?a=b"}')
    expect(databasesOf(synapse, byUri)).toEqual({
      synapse: { database: 'synapse', role: 'u', port: '5432' },
      mas: { database: 'mas-db', role: 'u', host: 'matrix-postgres' },
    })
    const byName = readYamlObject('database: {host: h, database: mas, username: m}')
    expect(databasesOf(undefined, byName)).toEqual({
      synapse: {},
      mas: { database: 'mas', role: 'm', host: 'h' },
    })
  })

  it.each([
    ['postgresql://u@db.example.com:6432/mas', 'db.example.com', '6432'],
    ['postgresql://u@%2Frun-postgres/mas', '/run-postgres', undefined],
    ['postgresql:///mas?host=/run-postgres&port=5432', '/run-postgres', '5432'],
  ])('reads host and port from %s', (uri, host, port) => {
    expect(databasesOf(undefined, readYamlObject(`database: {uri: "${uri}"}`)).mas).toMatchObject({
      host,
      port,
    })
  })
})

describe('secretsIn', () => {
  const pem = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n'
  const configuration = {
    registration_shared_secret: 'registration-secret',
    macaroon_secret_key: 'macaroon-secret',
    password_config: { enabled: true, pepper: 'the-pepper' },
    database: { uri: 'postgresql://mas:db%40password@matrix-postgres/mas' },
    email: { smtp_pass_file: '/run/x', smtp_password: 'mail-password' },
    upstream_oauth2: { providers: [{ client_id: 'not-hidden', client_secret: 'client-secret' }] },
    secrets: { encryption: 'f'.repeat(64), keys: [{ kid: 'a', key: pem }] },
    signing_key_path: '/data/not-hidden.key',
    token_endpoint: 'https://not-hidden.example.test/token',
  }

  it('finds secrets, and passwords in URIs, both as written and decoded', () => {
    const found = secretsIn(configuration)
    for (const secret of [
      'registration-secret',
      'macaroon-secret',
      'the-pepper',
      'db%40password',
      'db@password',
      'mail-password',
      'client-secret',
      'f'.repeat(64),
      pem.trim(),
    ]) {
      expect(found).toContain(secret)
    }
  })

  it('skips names, paths and endpoints', () => {
    expect(secretsIn(configuration).filter(text => text.includes('not-hidden'))).toEqual([])
  })
})
