import { describe, expect, test } from 'vitest'
import { causeOf } from '../../src/mas/output/cause.ts'
import { readDoctor } from '../../src/mas/output/doctor-output.ts'
import { readSyn2mas } from '../../src/mas/output/syn2mas-output.ts'

const time = '2026-01-02T03:04:05.000006Z'
const caused = (top: string, ...causes: readonly string[]) =>
  `Error: ${top}\n\nCaused by:\n${causes.map((cause, index) => `    ${causes.length > 1 ? `${index}: ` : ''}${cause}`).join('\n')}\n`
const backtrace = `
Stack backtrace:
   0: <unknown>
   1: std::rt::lang_start
             at ./library/std/src/rt.rs:165:17
   2: __libc_start_call_main
             at ./csu/../sysdeps/nptl/libc_start_call_main.h:58:16
`
const logged = (text: string, source = 'default') =>
  `\u001b[91m[${time.slice(0, 23)}] [ERROR] ${source} - \u001b[39m${text}\n`

interface Failure {
  readonly name: string
  readonly output: string
  readonly exitCode?: number | null
  readonly id: string
  readonly told: RegExp
}

const failuresOfMasCli: readonly Failure[] = [
  {
    name: 'Synapse refuses to be read, as logged and as printed',
    output: `${time} ERROR syn2mas: error in writer: permission denied for table users\n${caused('error when reading synapse DB (users query): error returned from database: permission denied for table users', 'error returned from database: permission denied for table users')}`,
    id: 'syn2mas/synapse-access-denied',
    told: /denied for table users[\s\S]*read access/,
  },
  {
    name: 'a check query is refused',
    output: `${caused('query failed: error returned from database: permission denied for table users', 'error returned from database: permission denied for table users', 'permission denied for table users')}${backtrace}`,
    id: 'syn2mas/synapse-access-denied',
    told: /GRANT SELECT/,
  },
  {
    name: 'a lock is refused for want of a right, not because Synapse runs',
    output: caused(
      'database error whilst locking Synapse table `devices`',
      'error returned from database: permission denied for table devices',
      'permission denied for table devices',
    ),
    id: 'syn2mas/synapse-access-denied',
    told: /table devices/,
  },
  {
    name: "the schema of MAS's database may not be changed",
    output: `${time} ERROR mas_storage_pg:328 error=while executing migrations: error returned from database: permission denied for schema public\n${caused('could not run migrations', 'while executing migrations: error returned from database: permission denied for schema public', 'permission denied for schema public')}`,
    id: 'syn2mas/access-denied',
    told: /schema public[\s\S]*owner/,
  },
  {
    name: 'homeserver.yaml lacks a key',
    output: caused(
      'Failed to load Synapse configuration',
      'missing field `server_name` for key "default" in homeserver.yaml',
    ),
    id: 'syn2mas/synapse-config-unreadable',
    told: /missing field `server_name`/,
  },
  {
    name: 'homeserver.yaml has a value of another type, which is not shown',
    output: caused(
      'Failed to load Synapse configuration',
      'invalid type: found string "correct-horse", expected a boolean for key "default.allow_guest_access" in hs.yaml YAML file',
    ),
    id: 'syn2mas/synapse-config-unreadable',
    told: /found string, expected a boolean for key "default\.allow_guest_access"/,
  },
  {
    name: 'homeserver.yaml may not be read',
    output: caused(
      'Failed to load Synapse configuration',
      'Permission denied (os error 13) in /matrix/synapse/config/homeserver.yaml YAML file',
    ),
    id: 'syn2mas/synapse-config-unreadable',
    told: /Permission denied \(os error 13\)/,
  },
  {
    name: 'config.yaml is no YAML',
    output: `Error: did not find expected node content at line 2 column 1, while parsing a flow node in config.yaml YAML file\n${backtrace}`,
    id: 'syn2mas/mas-config-unreadable',
    told: /line 2 column 1/,
  },
  {
    name: 'the database of Synapse does not exist',
    output: caused(
      'could not connect to Synapse Postgres database',
      'error returned from database: database "synapse" does not exist',
      'database "synapse" does not exist',
    ),
    id: 'syn2mas/synapse-database-unreachable',
    told: /database "synapse" does not exist/,
  },
  {
    name: 'PostgreSQL has no connection left',
    output: caused(
      'could not connect to the database',
      'error returned from database: too many connections for role "mas"',
      'too many connections for role "mas"',
    ),
    id: 'syn2mas/too-many-connections',
    told: /postgres_max_connections/,
  },
  {
    name: "Synapse's schema is another one",
    output: `${time} ERROR syn2mas::migration:323 error=error when reading synapse DB (reading users): database error whilst reading Synapse users error.sources=[database error whilst reading Synapse users, column "admin" does not exist]\n${caused('error when reading synapse DB (reading users): database error whilst reading Synapse users', 'database error whilst reading Synapse users', 'error returned from database: column "admin" does not exist', 'column "admin" does not exist')}`,
    id: 'syn2mas/schema-differs',
    told: /`admin`/,
  },
  {
    name: 'the disk is full',
    output: caused(
      'error when writing to MAS DB (write): database error whilst writing users',
      'error returned from database: could not extend file "base/16385/2619": No space left on device',
    ),
    id: 'syn2mas/disk-full',
    told: /disk of the server is full/,
  },
  {
    name: 'PostgreSQL was stopped meanwhile',
    output: caused(
      'error when reading synapse DB (reading devices): database error whilst reading Synapse devices',
      'database error whilst reading Synapse devices',
      'error returned from database: terminating connection due to administrator command',
    ),
    id: 'syn2mas/connection-lost',
    told: /due to administrator command/,
  },
  {
    name: 'a finding is wrapped',
    output:
      "\n\n===== Errors =====\nThese issues prevent migrating:\n\n• MAS config is missing a password hashing scheme\n  with version '1'\n\n",
    exitCode: 10,
    id: 'syn2mas/password-scheme-missing',
    told: /version 1/,
  },
  {
    name: 'a panic',
    output:
      "thread 'main' panicked at crates/syn2mas/src/migration.rs:12:5:\nindex out of bounds: the len is 0\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    exitCode: 101,
    id: 'syn2mas/crashed',
    told: /index out of bounds/,
  },
  {
    name: 'the container engine',
    output:
      "docker: Error response from daemon: No such image: matrix-authentication-service:9.9.9.\nSee 'docker run --help'.\n",
    exitCode: 125,
    id: 'syn2mas/container-not-started',
    told: /No such image/,
  },
  {
    name: 'the container of another run',
    output:
      'docker: Error response from daemon: Conflict. The container name "/matrix-authentication-service-syn2mas" is already in use by container "0abc".\n',
    exitCode: 125,
    id: 'syn2mas/already-running',
    told: /Another syn2mas/,
  },
  {
    name: 'an unknown error with causes and a stack',
    output: `${caused('something new', 'a reason', 'the innermost reason')}${backtrace}`,
    id: 'syn2mas/unrecognised',
    told: /something new[\s\S]*the innermost reason/,
  },
  {
    name: 'a shell without the program',
    output: 'sh: 1: mas-cli: not found\n',
    exitCode: 127,
    id: 'syn2mas/unrecognised',
    told: /mas-cli: not found/,
  },
  {
    name: 'no text, killed',
    output: '',
    exitCode: 137,
    id: 'syn2mas/failed',
    told: /was killed[\s\S]*no reason/,
  },
]

const failuresOfNodeTool: readonly Failure[] = [
  {
    name: 'PostgreSQL does not run',
    output: `Acquire connection error: Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n${logged("Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16) {\n  errno: -111,\n  code: 'ECONNREFUSED'\n}")}`,
    id: 'syn2mas/database-unreachable',
    told: /connect ECONNREFUSED 127\.0\.0\.1:5432/,
  },
  {
    name: 'a key is missing',
    output: logged(
      'ZodError: [\n  {\n    "code": "invalid_union",\n    "unionErrors": [{ "issues": [{ "path": [\n "database"\n ],\n "message": "Required" }] }],\n    "path": [\n      "database"\n    ],\n    "message": "Invalid input"\n  },\n  {\n "path": [\n "oidc_providers",\n 0,\n "issuer"\n ],\n "message": "Required"\n  }\n]\n    at get error [as error] (file:///usr/lib/zod/types.js:39:31) {\n  issues: [\n    {\n      code: 1\n    }\n  ]\n}',
    ),
    id: 'syn2mas/config-unreadable',
    told: /`database`: Required, `oidc_providers\.0\.issuer`: Required/,
  },
  {
    name: 'a file is no YAML',
    output: logged(
      'YAMLParseError: Flow sequence must end with a ] at line 2, column 1:\n\nclient_secret: [\n\n^\n\n    at Composer.onError (/usr/lib/yaml/composer.js:70:34) {\n  pos: [ 5, 6 ]\n}',
    ),
    id: 'syn2mas/config-unreadable',
    told: /at line 2, column 1/,
  },
  {
    name: 'a file is missing',
    output: logged(
      "Error: ENOENT: no such file or directory, open '/homeserver.yaml'\n    at async open (node:internal/fs/promises:637:25) {\n  errno: -2\n}",
    ),
    id: 'syn2mas/config-unreadable',
    told: /open '\/homeserver\.yaml'/,
  },
  {
    name: 'Synapse refuses to be read',
    output: logged(
      'error: select * from "users" - permission denied for table users\n    at Parser.parseErrorMessage (/usr/lib/pg/parser.js:283:98)',
    ),
    id: 'syn2mas/access-denied',
    told: /table users[\s\S]*GRANT SELECT/,
  },
  {
    name: 'Node itself, outside the log',
    output:
      "node:internal/modules/cjs/loader:1080\n  throw err;\n  ^\n\nError: Cannot find module '/app/index.js'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1077:15)\n\nNode.js v18.20.0\n",
    id: 'syn2mas/unrecognised',
    told: /Cannot find module/,
  },
  { name: 'nothing', output: '', id: 'syn2mas/failed', told: /no reason/ },
]

describe.each([
  ['mas-cli', failuresOfMasCli],
  ['syn2mas-tool', failuresOfNodeTool],
] as const)('%s', (dialect, failures) => {
  test.each(failures.map(each => [each.name, each] as const))(
    '%s: one error, with the cause',
    (_, { output, exitCode = 1, id, told }) => {
      const stderr = dialect === 'mas-cli' ? output : ''
      const stdout = dialect === 'mas-cli' ? '' : output
      const { findings } = readSyn2mas({ dialect, exitCode, stdout, stderr })
      expect(findings.map(finding => [finding.id, finding.severity])).toEqual([[id, 'error']])
      const text = findings.map(({ message, remedy }) => `${message}\n${remedy}`).join()
      expect(text).toMatch(told)
      expect(text).not.toMatch(/correct-horse|<unknown>|\bat \S+:\d+:\d+/)
      expect(text).not.toContain('\u001b')
      if (output !== '') expect(text).not.toMatch(/no reason/)
    },
  )
})

describe('mas-cli doctor', () => {
  const doctor = (exitCode: number, stderr: string) =>
    readDoctor({ exitCode, stdout: '', stderr }, 'mas').findings
  const line = (level: string, text: string) =>
    `${time} ${level.padStart(5)} mas_cli::commands::doctor:100 ${text}\n`
  const started = line('INFO', '💡 Running diagnostics')

  test.each([
    [
      'a file that it may not read',
      `${started}Error: Permission denied (os error 13) in config.yaml YAML file\n${backtrace}`,
      /Permission denied \(os error 13\)/,
    ],
    [
      'a wrong key',
      `${started}Error: Invalid character 'z' at position 0 for key "default.secrets" in config.yaml YAML file\n`,
      /default\.secrets/,
    ],
    [
      'a container that does not run',
      'Error response from daemon: container 0abc is not running\n',
      /is not running/,
    ],
    ['causes', `${started}${caused('top', 'middle', 'innermost')}`, /innermost/],
  ])('that ended early tells why: %s', (_, stderr, told) => {
    expect(doctor(1, stderr)).toEqual([
      expect.objectContaining({ id: 'doctor/mas-cli-doctor', message: expect.stringMatching(told) }),
    ])
  })

  test('tells what a server answered, and why it could not be asked', () => {
    const findings = doctor(
      0,
      `${started}${line('ERROR', '❌ A Synapse MAS API endpoint at "http://h/x" replied with 403 Forbidden.')}  secret: "the-shared-secret"\n${line('ERROR', '❌ Can\'t reach the homeserver at "http://h".\n\nError details: error sending request for url (http://h)')}`,
    )
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/Cause: HTTP 403 Forbidden\.$/),
      expect.stringMatching(/Cause: error sending request for url \(http:\/\/h\)\.$/),
    ])
    expect(JSON.stringify(findings)).not.toContain('the-shared-secret')
  })
})

test('a cause names no account and shows no token', () => {
  const text =
    'Error: user @ann:example.test, ann@example.test has syt_YW5u_abcdefghij_012345: Key (username)=(ann)'
  expect(causeOf(text)).not.toMatch(/ann|syt_/)
})

test.each([
  ['without a blank', 'a'.repeat(300_000)],
  ['of empty lines', `Caused by:\nx${'\n'.repeat(300_000)}`],
])('the cause in a message of 300,000 characters %s is found while a person waits', (_, text) => {
  expect(causeOf(text).length).toBeLessThanOrEqual(300)
})
