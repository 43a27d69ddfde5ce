import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { register, verify } from '../../src/cli/account.ts'
import type { ServerFacts } from '../../src/domain/server-facts.ts'
import type { HttpRequest } from '../../src/server/http.ts'
import type { Server } from '../../src/server/server.ts'
import { counts, serverFacts } from '../migration/facts.ts'
import { commandSession } from '../server/command-session.ts'

const prepared = serverFacts()
const live = serverFacts({ synapse: { delegating: 'mas' }, mas: { counts: counts(10) } })
const partial = serverFacts({ mas: { tables: 'renamed', leftovers: ['syn2mas__users'] } })

/** A server that keeps what it is told. */
function fakeServer(
  answers: { help?: string; code?: number; stderr?: string; secret?: string; status?: number } = {},
) {
  const { help = '', code = 0, stderr = '', secret, status = 200 } = answers
  const commands: (readonly string[])[] = []
  const requests: HttpRequest[] = []
  const homeserver = JSON.stringify({ server_name: 'example.test', registration_shared_secret: secret })
  const server: Pick<Server, 'session' | 'http'> = {
    session: {
      ...commandSession('matrix.example.test', async argv => {
        commands.push(argv)
        return argv.includes('--help') ? { code: 0, stdout: help, stderr: '' } : { code, stdout: '', stderr }
      }),
      // MAS's configuration does not exist on a server without MAS.
      readFile: async path => (path.endsWith('/homeserver.yaml') ? homeserver : undefined),
    },
    http: async request => {
      requests.push(request)
      if (request.body === undefined) return { status: 200, text: '{"nonce": "n"}' }
      return { status, text: status === 200 ? '{}' : '{"error": "User ID already taken."}' }
    },
  }
  return { server: server as Server, commands, requests }
}

const alice = { name: 'alice', admin: false }
const of = (server: Server, facts: ServerFacts, password?: string) =>
  register(server, facts, {
    ...alice,
    ...(password !== undefined && { readPassword: async () => password }),
  })
const neverAsked = async () => {
  throw new Error('It was asked for a password.')
}

describe('an account', () => {
  test('is created in Synapse before the migration, with its password in the request alone', async () => {
    const { server, commands, requests } = fakeServer({ secret: 's3cret' })
    expect(await of(server, prepared, 'pass word')).toMatchObject({ kept: 'synapse' })
    const mac = createHmac('sha1', 's3cret').update('n\0alice\0pass word\0notadmin').digest('hex')
    expect(JSON.parse(requests[1]?.body ?? '')).toEqual({
      nonce: 'n',
      username: 'alice',
      password: 'pass word',
      admin: false,
      mac,
    })
    expect(commands).toEqual([])
  })

  test('is created in Synapse on a server without MAS, too', async () => {
    const { server } = fakeServer({ secret: 's3cret' })
    const absent = serverFacts({ mas: { installed: false } })
    expect(await of(server, absent, 'pass word')).toMatchObject({
      sentence: '@alice:example.test was created in Synapse.',
    })
  })

  test('is created in MAS afterwards, without a password', async () => {
    const { server, commands, requests } = fakeServer()
    const wanted = { ...alice, admin: true, email: 'alice@example.test' }
    expect(await register(server, live, wanted)).toMatchObject({ kept: 'mas' })
    expect(commands[0]?.slice(3)).toEqual([
      'mas-cli',
      'manage',
      'register-user',
      '--yes',
      '--admin',
      '--email',
      'alice@example.test',
      'alice',
    ])
    expect(requests).toEqual([])
  })

  test.each([
    ['a password in MAS', live, {}, 'pw', 'input-invalid', /every user of the server can read/],
    ['no password in Synapse', prepared, { secret: 's' }, undefined, 'input-invalid', /needs a password/],
    ['a Synapse without a shared secret', prepared, {}, 'pw', 'refused-state', /registration_shared_secret/],
    [
      'a taken name in Synapse',
      prepared,
      { secret: 's', status: 400 },
      'pw',
      'server-command-failed',
      /HTTP 400\): User ID already taken/,
    ],
    [
      'a taken name in MAS',
      live,
      { code: 1, stderr: 'Error: User already exists' },
      undefined,
      'server-command-failed',
      /User already exists/,
    ],
    ['a half-finished copy', partial, {}, undefined, 'refused-state', /stage partial/],
  ] as const)('is not created with %s', async (_, facts, answers, password, reason, message) => {
    const { server } = fakeServer(answers)
    await expect(async () => of(server, facts, password)).rejects.toMatchObject({
      reason,
      message: expect.stringMatching(message),
    })
  })
})

test.each([
  ['cannot create the account', serverFacts(), {}, /registration_shared_secret/],
  ['takes no password', live, {}, /every user of the server can read/],
  ['is in an unknown stage', partial, { secret: 's' }, /stage partial/],
])('no password is requested for a server that %s', async (_, facts, answers, message) => {
  const { server } = fakeServer(answers)
  await expect(async () =>
    register(server, facts, { ...alice, readPassword: neverAsked }),
  ).rejects.toMatchObject({ message: expect.stringMatching(message) })
})

describe('an email address', () => {
  const today = 'Commands:\n  add-email     Add an email address\n  verify-email  (DEPRECATED)\n'
  const old = 'Commands:\n  verify-email  Mark email address as verified\n'

  test.each([
    ['today’s mas-cli', today, 'add-email'],
    ['an older one', old, 'verify-email'],
  ])('is verified by the command of %s that works', async (_, help, command) => {
    const { server, commands } = fakeServer({ help })
    await verify(server, live, 'alice', 'alice@example.test')
    expect(commands.at(-1)?.slice(3)).toEqual(['mas-cli', 'manage', command, 'alice', 'alice@example.test'])
  })

  test('is not touched before the migration', async () => {
    const { server, commands } = fakeServer({ help: today })
    await expect(verify(server, prepared, 'alice', 'alice@example.test')).rejects.toMatchObject({
      reason: 'refused-state',
    })
    expect(commands).toEqual([])
  })
})
