import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serverChecks } from '../../../src/domain/health-checks/server.ts'
import { checkId } from '../../../src/domain/health-checks.ts'
import { healthCheck } from '../../../src/migration/doctor.ts'
import { judgeJournal } from '../../../src/migration/health/judge-journal.ts'
import {
  isWithin,
  judgeAddresses,
  judgeBackup,
  judgeDifferences,
  judgeImages,
  judgeLastRun,
  judgeStages,
  judgeVersions,
  serverTasks,
} from '../../../src/migration/health/server-tasks.ts'
import { journalLimit } from '../../../src/server/health-facts.ts'
import { commandSession } from '../../server/command-session.ts'
import { idle, serverFacts, unit } from '../facts.ts'
import { FakeServer } from '../fake-server.ts'

test.each([
  ['few sessions', 3, 1, '172.18.0.2', 'skipped'],
  ['one private address for all', 9, 1, '172.18.0.2', 'fails'],
  ['one private IPv6 address for all', 9, 1, 'fd00::2', 'fails'],
  ['one public address for all', 9, 1, '203.0.113.7', 'holds'],
  ['several addresses', 9, 2, '10.0.0.1', 'holds'],
])('sessions from %s', (_, sessions, different, address, result) => {
  expect(judgeAddresses(sessions, different, address).result).toBe(result)
})

describe('isWithin', () => {
  test('knows networks of both families, and single addresses', () => {
    const isOurs = isWithin(['10.0.0.0/10', 'fd00::/8', '192.0.2.1', 'nonsense', '10.0.0.0/99'])
    const all = ['10.63.0.1', '10.64.0.1', 'fd12::1', 'fe80::1', '192.0.2.1', '192.0.2.2', 'x']
    expect(all.filter(isOurs)).toEqual(['10.63.0.1', 'fd12::1', '192.0.2.1'])
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (networks, address) => {
        expect(isWithin(networks)(address)).toBe(false)
      }),
    )
  })

  test('every address is within a network of its own bits', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        expect(isWithin([`${address}/${bits}`])(address)).toBe(true)
      }),
    )
  })
})

test.each([
  ['off', 'absent', 'holds'],
  ['prepared', 'installed', 'holds'],
  ['prepared', 'copied', 'holds'],
  ['live', 'live', 'holds'],
  ['live', 'installed', 'fails'],
  ['prepared', 'live', 'fails'],
  ['off', 'installed', 'fails'],
  ['live', 'partial', 'skipped'],
  ['live', 'inconsistent', 'skipped'],
  ['unknown', 'live', 'unknown'],
] as const)('vars that ask for %s, and a server that is %s: %s', (desired, actual, result) => {
  expect(judgeStages(desired, actual).result).toBe(result)
})

test('where a deployment would lock out all users, none is proposed', () => {
  const remedy = (...stages: Parameters<typeof judgeStages>) => judgeStages(...stages).findings[0]?.remedy
  expect(remedy('live', 'installed')).toMatch(/revert the migrate pull request.*operation: migrate/)
  expect(remedy('prepared', 'live')).toMatch(/restore the vars.*operation: rollback/)
  expect(remedy('off', 'installed')).toMatch(/[Dd]eploy/)
})

test('names each file that was changed on the server', () => {
  const outcome = judgeDifferences([{ kind: 'vars' }, { kind: 'file', path: '/matrix/x' }])
  expect(outcome.findings.map(({ message }) => message)).toEqual([
    'The vars or the playbook of the default branch are not those that were deployed last.',
    'The file /matrix/x was changed on the server since the last deployment.',
  ])
})

test('a backup is old after two days', () => {
  const now = new Date('2026-01-10T00:00:00Z')
  const result = (backup: Parameters<typeof judgeBackup>[0]['backup']) =>
    judgeBackup({ now, ...(backup && { backup }) }).result
  expect(result(undefined)).toBe('skipped')
  expect(result({ newest: undefined })).toBe('fails')
  expect(result({ newest: new Date('2026-01-08T12:00:00Z') })).toBe('holds')
  expect(result({ newest: new Date('2026-01-07T23:00:00Z') })).toBe('fails')
})

test.each([
  [undefined, 'skipped', []],
  [{ run: 'r1' }, 'skipped', []],
  [{ run: 'r1', outcome: 'migrated' }, 'holds', []],
  [{ run: 'r1', outcome: 'rolled-back' }, 'holds', []],
  [{ run: 'r1', outcome: 'restored' }, 'holds', ['doctor/last-run']],
  [{ run: 'r1', outcome: 'abandoned' }, 'holds', ['doctor/last-run']],
] as const)('a last run of %o is %s, with these notices: %o', (last, result, notices) => {
  const outcome = judgeLastRun(last ? { last } : {})
  expect([outcome.result, outcome.findings.map(({ id }) => id)]).toEqual([result, notices])
})

test.each([
  ['counts from the creation of its database', undefined, '60 days, since 2026-01-01'],
  [
    'counts from the end of a rollback',
    { kind: 'rollback', outcome: 'rolled-back', endedAt: '2026-02-28T00:00:00Z' },
    '2 days, since 2026-02-28',
  ],
  [
    'counts on after a cleanup',
    { kind: 'repair', outcome: 'rolled-back', endedAt: '2026-02-28T00:00:00Z' },
    '60 days, since 2026-01-01',
  ],
  [
    'counts on after a migration that was restored',
    { kind: 'migrate', outcome: 'restored', endedAt: '2026-02-28T00:00:00Z' },
    '60 days, since 2026-01-01',
  ],
  [
    'counts from the creation of its database where that is later than a rollback',
    { kind: 'rollback', outcome: 'rolled-back', endedAt: '2025-12-01T00:00:00Z' },
    '60 days, since 2026-01-01',
  ],
] as const)('how long a server has been prepared %s', async (_, last, text) => {
  const seconds = (date: string) => `${Date.parse(date) / 1000}`
  const now = Buffer.from(seconds('2026-03-02T00:00:00Z')).toString('base64')
  const answer = { code: 0, stdout: `now\t${now}\n`, stderr: '' }
  const session = commandSession('matrix.example.test', async () => answer)
  const task = serverTasks({
    server: { session, window: new FakeServer().window, sql: async () => seconds('2026-01-01T00:00:00Z') },
    facts: serverFacts({ ours: { ...idle, ...(last && { last: { run: 'r1', ...last } }) } }),
    ...{ stage: 'installed', desired: 'prepared', pins: [], masDatabase: 'mas' },
  }).find(({ name }) => name === 'prepared-for')
  const outcome = await task?.run(new AbortController().signal)
  expect([outcome?.detail, ...(outcome?.findings ?? []).map(({ message }) => message)].join()).toContain(text)
})

test('every check on the server is one that the doctor does', () => {
  const facts = serverFacts()
  const { checks = [] } = healthCheck({ facts, unknownTokenStatus: 401, compatibilityStatus: 200 })
  const session = commandSession('matrix.example.test', async () => ({ code: 0, stdout: '', stderr: '' }))
  const server = { session, window: new FakeServer().window, sql: async () => '' }
  const tasks = serverTasks({ server, facts, stage: 'installed', desired: 'prepared', pins: [] })
  // This one is reported instead of all others.
  const done = [
    'doctor/state-unreadable',
    ...checks.map(({ id }) => id),
    ...tasks.map(({ name }) => checkId(name)),
  ]
  const names = Object.keys(serverChecks) as (keyof typeof serverChecks)[]
  expect(done.toSorted()).toEqual(names.map(checkId).toSorted())
})

test('a unit that names another image than the one that runs needs a restart', () => {
  const units = [unit('a'), { ...unit('b'), image: 'x/b:2' }]
  const texts = new Map([
    ['a', 'ExecStartPre=docker create \\\n\t--name=a \\\n\tlocalhost/a:1\n'],
    ['b', 'ExecStartPre=docker create x/b:23 run\n'],
  ])
  const outcome = judgeImages(units, texts)
  expect(outcome.findings.map(({ message }) => message)).toEqual([
    'b runs another image than its unit names.',
  ])
})

test('compares the tag that runs with the version that the vars pin', () => {
  const running = (image: string) =>
    judgeVersions([{ ...unit('a'), image }], [{ unit: 'a', version: '1.2.3' }]).result
  const images = ['x/a:1.2.3', 'x/a:v1.2.3', 'x/a:1.2.3-lab', 'x/a:1.2.4', 'x/a:latest', 'x/a@sha256:1.2.3']
  expect(images.map(running)).toEqual(['holds', 'holds', 'holds', 'fails', 'skipped', 'skipped'])
  expect(judgeVersions([unit('a')], []).result).toBe('skipped')
})

describe('the journal', () => {
  const line = (message: string, unit = 'matrix-synapse', priority = 6) => ({ unit, message, priority })

  test.each([
    ['OSError: [Errno 28] No space left on device', /disk is full/, 'error'],
    ['ERROR:  could not extend file "base/1/2": No space', /disk is full/, 'error'],
    ['ERROR:  invalid page in block 3 of relation base/1/2', /damaged/, 'error'],
    [
      'matrix-synapse.service: A process of this unit has been killed by the OOM killer: oom-kill',
      /memory/,
      'warning',
    ],
  ])('%s', (message, text, severity) => {
    const [finding] = judgeJournal([line(message)]).findings
    expect(finding?.message).toMatch(text)
    expect(finding?.severity).toBe(severity)
  })

  test('three restarts of one unit are a finding, one of each of three is not', () => {
    const failed = (unit: string) => line(`${unit}.service: Failed with result 'exit-code'.`, unit)
    expect(judgeJournal([failed('a'), failed('b'), failed('c')]).result).toBe('holds')
    const [finding] = judgeJournal([failed('a'), failed('a'), failed('a')]).findings
    expect(finding?.message).toBe(
      'a logged 3 errors since the last health check: the service was restarted again and again.',
    )
  })

  const failedToAsk =
    '2026-08-01 12:00:00,000 - synapse.api.auth.mas - 328 - ERROR - GET-7 - Failed to introspect token'

  test('Synapse could not ask MAS about a session: only its own line says so', () => {
    const [finding] = judgeJournal([failedToAsk, failedToAsk, failedToAsk].map(text => line(text))).findings
    expect(finding?.message).toBe(
      'matrix-synapse logged 3 errors since the last health check: Synapse could not ask MAS about a session.',
    )
    const others = ['matrix-traefik', 'matrix-authentication-service'].flatMap(unit =>
      [failedToAsk, failedToAsk, failedToAsk].map(text => line(text, unit)),
    )
    expect(judgeJournal(others).result).toBe('holds')
  })

  const mas = 'matrix-authentication-service'
  test.each([
    [
      'a wrong password',
      mas,
      '2026-08-01T12:00:00.000000Z  WARN mas_handlers::compat::login:290 POST-12 - password verification failed',
    ],
    [
      'a wrong password on the login page',
      mas,
      '2026-08-01T12:00:00.000000Z  WARN mas_handlers::views::login:208 POST-13 - Failed to verify/upgrade password',
    ],
    [
      'an invalid token',
      mas,
      '2026-08-01T12:00:00.000000Z  WARN mas_handlers::oauth2::introspection:134 POST-15 - invalid token format',
    ],
    [
      'a failed request to MAS',
      mas,
      '2026-08-01T12:00:00.000000Z  WARN http.server.response POST-9 - "POST /oauth2/introspect HTTP/1.1" 401 Unauthorized "error"',
    ],
    [
      'a request in the access log',
      'matrix-traefik',
      '203.0.113.7 - - [01/Aug/2026:12:00:00 +0000] "GET /masonry/error HTTP/2.0" 404 19 "-" "-" 1 "-" "-" 0ms',
    ],
    [
      'another server with an expired certificate',
      'matrix-synapse',
      "2026-08-01 12:00:00,000 - synapse.http.matrixfederationclient - 894 - WARNING - federation_transaction_transmission_loop-3 - {PUT-O-1} [example.net] Request failed: PUT matrix-federation://example.net/: [('SSL routines', '', 'certificate verify failed')]",
    ],
    [
      'a link to a website with an expired certificate',
      'matrix-synapse-worker-media-repository-0',
      "2026-08-01 12:00:00,000 - synapse.media.url_previewer - 526 - WARNING - GET-1 - Error downloading https://example.net: [('SSL routines', '', 'certificate verify failed')]",
    ],
    [
      'a message in the text of a failed statement',
      'matrix-postgres',
      `2026-08-01 12:00:00.000 UTC [77] STATEMENT:  INSERT INTO event_json VALUES ('{"body":"Out of memory, No space left on device"}')`,
    ],
    [
      'the next line of such a statement',
      'matrix-postgres',
      `\t('{"body":"too many clients: MemoryError"}')`,
    ],
    [
      'the value of a failed statement',
      'matrix-postgres',
      '2026-08-01 12:00:00.000 UTC [77] DETAIL:  Key (name)=(No space left on device) already exists.',
    ],
    ['a restart in a text', 'matrix-synapse', "a message: Failed with result 'exit-code'"],
  ])('%s is nothing, however often', (_, unit, message) => {
    const outcome = judgeJournal(Array.from({ length: 9 }, () => line(message, unit)))
    expect(outcome).toEqual({ result: 'holds', detail: '', findings: [] })
  })

  test('a certificate that MAS does not accept three times is a finding', () => {
    const refused = line('2026-08-01T12:00:00Z ERROR x - invalid peer certificate: Expired', mas)
    expect(judgeJournal([refused, refused, refused]).result).toBe('fails')
  })

  test('says that older entries were not read', () => {
    const all = Array.from({ length: journalLimit }, () => line('x'))
    const cut = 'only the newest 20000 entries were read'
    expect(judgeJournal(all.slice(1)).detail).toBe('')
    expect(judgeJournal(all)).toMatchObject({ result: 'holds', detail: cut })
    expect(judgeJournal([...all, line('No space left on device')])).toMatchObject({
      result: 'fails',
      detail: expect.stringContaining(`; ${cut}`),
    })
  })

  test('other errors are only counted, with the command that shows them', () => {
    const lines = [
      line('2026-01-01 00:00:00,000 - synapse.http - 101 - ERROR - GET-1 - oops'),
      line('2026-01-01T00:00:00Z ERROR mas_handlers:1 oops', 'matrix-authentication-service'),
      line('x', 'matrix-postgres', 3),
      line('2026-01-01 00:00:00,000 - synapse.http - 101 - INFO - GET-1 - an ERROR in a text'),
    ]
    expect(judgeJournal(lines)).toMatchObject({
      result: 'holds',
      detail: expect.stringMatching(/^none of a known kind; 3 other errors, .*journalctl/),
    })
  })

  test('never shows a line', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), texts => {
        const outcome = judgeJournal(texts.map(text => line(`secret ${text} No space left on device`)))
        expect(JSON.stringify(outcome)).not.toContain('secret')
      }),
    )
  })
})
