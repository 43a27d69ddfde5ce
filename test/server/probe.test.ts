import { expect, test } from 'vitest'
import { probeServer } from '../../src/server/probe.ts'
import type { ServerSession } from '../../src/server/session.ts'

const socket = 'docker create --mount type=bind,src=/matrix/postgres/run,dst=/run-postgres image'
const postgres = 'docker create --mount type=bind,src=/matrix/postgres/run,dst=/var/run/postgresql image'

const services = ['matrix-synapse', 'matrix-postgres']

interface Host {
  readonly synapse: string
  readonly mas?: string
  readonly unit?: string
  /** The units that systemd knows. */
  readonly units?: readonly string[]
}

/** A server whose SQL always fails, so that an error about SQL shows that the probe came so far. */
function serverWith({ synapse, mas, unit = socket, units = services }: Host): ServerSession {
  const seen = {
    homeserver: `database: {args: {database: synapse, user: synapse, ${synapse}}}`,
    ...(mas === undefined ? {} : { 'mas-config': `database: {${mas}}` }),
    units: units.map(name => `Id=${name}.service\nLoadState=loaded\nActiveState=active\n`).join('\n'),
    'postgres-environment': 'yes',
    'unit matrix-synapse': unit,
    'unit matrix-authentication-service': unit,
    'unit matrix-postgres': postgres,
  }
  const stdout = Object.entries(seen)
    .map(([name, text]) => `${name}\t${Buffer.from(text).toString('base64')}\n`)
    .join('')
  return {
    host: 'matrix.example.test',
    run: async ([program]: readonly string[]) =>
      program === 'docker'
        ? { code: 1, stdout: '', stderr: 'error: SQL was run' }
        : { code: 0, stdout: program === 'bash' ? stdout : '{}', stderr: '' },
  } as unknown as ServerSession
}

const probe = (host: Host) => probeServer(serverWith(host), 'mas-cli')

test.each<[string, Host]>([
  [
    'by its name',
    { synapse: 'host: matrix-postgres, port: 5432', mas: 'host: matrix-postgres, database: mas' },
  ],
  [
    'by its socket',
    { synapse: 'host: /run-postgres, port: 5432', mas: 'host: /run-postgres/, database: mas' },
  ],
  ['by a URI', { synapse: 'host: matrix-postgres', mas: 'uri: "postgresql://m:x@matrix-postgres:5432/mas"' }],
  ['without MAS', { synapse: 'host: matrix-postgres' }],
])("runs SQL where the services reach the playbook's PostgreSQL %s", async (_, host) => {
  await expect(probe(host)).rejects.toThrow('SQL was run')
})

test.each<[string, Host, string]>([
  [
    'Synapse is on another host',
    { synapse: 'host: db.example.com' },
    'Synapse is at db.example.com, port 5432',
  ],
  [
    'Synapse is on another port',
    { synapse: 'host: matrix-postgres, port: 6432' },
    'matrix-postgres, port 6432',
  ],
  [
    'a socket belongs to another server',
    {
      synapse: 'host: /run-postgres',
      unit: 'docker create --mount type=bind,src=/var/run/postgresql,dst=/run-postgres image',
    },
    'Synapse is at /run-postgres',
  ],
  ['a socket is not mounted', { synapse: 'host: /run-postgres', unit: '' }, 'Synapse is at /run-postgres'],
  [
    'only MAS is elsewhere',
    { synapse: 'host: matrix-postgres', mas: 'host: db, database: mas' },
    'MAS is at db',
  ],
  [
    'a URI of MAS names another host',
    { synapse: 'host: matrix-postgres', mas: 'uri: "postgresql://m:secret@db.example.com/mas"' },
    'MAS is at db.example.com',
  ],
])('refuses before any SQL where %s', async (_, host, place) => {
  const error = await probe(host).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ reason: 'server-state-unreadable', message: expect.stringContaining(place) })
  expect(String(error)).not.toContain('secret')
})

test('names data without services, of a server that was moved, and says how to install them', async () => {
  const error = await probe({ synapse: 'host: /run-postgres', unit: '', units: [] }).catch(thrown => thrown)
  expect(error).toMatchObject({
    reason: 'server-state-unreadable',
    message: expect.stringContaining('has the data of Synapse, but no service'),
    remedy: expect.stringContaining(
      '`ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start`',
    ),
  })
})
