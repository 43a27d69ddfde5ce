import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import {
  beginDeployment,
  differencesFromRecord,
  isAsDeployed,
  readDeployment,
  recordDeployment,
  varsDigest,
} from '../../src/migration/deployment-record.ts'
import { parseEvents } from '../../src/playbook/events.ts'
import { collect } from '../../src/playbook/outcome.ts'
import type { Server } from '../../src/server/server.ts'
import { resultLine } from '../playbook/fixtures.ts'

const homeserver = '/matrix/synapse/config/homeserver.yaml'
const labels = '/matrix/matrix-authentication-service/config/labels'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A server with these files, which prints their checksums as sha256sum does. */
function serverWith(files: Readonly<Record<string, string>>) {
  const written = new Map<string, string>()
  const session = {
    run: async () => ({
      code: 0,
      stdout: Object.entries(files)
        .map(([path, content]) => `${sha256(content)}  ${path}\n`)
        .join(''),
      stderr: '',
    }),
    readFile: async (path: string) => written.get(path),
    writeFile: async (path: string, content: string) => void written.set(path, content),
  }
  const window = { hmacs: async ({ vars }: { vars: string }) => ({ vars: `keyed ${vars}` }) }
  return { written, ports: { session, window } as unknown as Pick<Server, 'session' | 'window'> }
}

const task = (path: string) =>
  resultLine('ok', 'role : A task', {}).replace(/"path":\s*"[^"]*"/, `"path": "${path}"`)
const outcome = collect(
  [
    task('/playbook/roles/custom/matrix-synapse/tasks/main.yml:3'),
    task('/playbook/roles/custom/matrix-base/tasks/main.yml:9'),
    task('/playbook/roles/custom/matrix-bridge-x/tasks/main.yml:3'),
  ].flatMap(parseEvents),
)

const onDisk = { [homeserver]: 'old', [labels]: 'a', '/etc/systemd/system/other.service': 'x' }
const final = [
  { path: homeserver, before: 'old', after: 'new' },
  { path: '/matrix/synapse/ext/new.py', after: 'x' },
]

async function recorded() {
  const server = serverWith(onDisk)
  await recordDeployment(server.ports, 'digest', 'prepared', outcome)
  return { ...server, record: await readDeployment(server.ports) }
}

test('the record has the files that a migration can change, and how many tasks its check run has', async () => {
  const { record } = await recorded()
  expect(record).toEqual({
    stage: 'prepared',
    hostVars: 'keyed digest',
    files: { [homeserver]: sha256('old'), [labels]: sha256('a') },
    tasks: 2,
  })
})

test.each<[string, string | undefined, typeof final, boolean]>([
  ['the same vars and files', 'digest', final, true],
  ['other vars', 'other', final, false],
  ['unknown vars', undefined, final, false],
  ['a changed file', 'digest', [{ path: homeserver, before: 'edited', after: 'new' }], false],
  ['a file that is gone', 'digest', [{ path: labels, after: 'new' }], false],
  [
    'a file that was not there',
    'digest',
    [{ path: '/matrix/synapse/ext/x.py', before: 'x', after: 'y' }],
    false,
  ],
])('the server is as deployed: %s', async (_, digest, files, expected) => {
  const { ports, record } = await recorded()
  expect(await isAsDeployed(ports, record, digest, files)).toBe(expected)
})

test('without a readable record, the server is not known to be as deployed', async () => {
  const { ports, written } = await recorded()
  for (const path of written.keys()) written.set(path, '{"vars": 1}')
  const record = await readDeployment(ports)
  expect(record).toBeUndefined()
  expect(await isAsDeployed(ports, record, 'digest', final)).toBe(false)
})

const inventory = {
  hosts: '[matrix_servers]\nmatrix.example.com\n',
  'host_vars/matrix.example.com/vars.yml': 'a: 1\n',
}
const below = (folder: string, files: Readonly<Record<string, string>> = inventory) =>
  memoryFiles(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])))
const host = 'matrix.example.com'
const checkout = { commit: 'c', digest: 'd' }

test('the digest is the same wherever the inventory is checked out', () => {
  const digest = varsDigest(below('inventory'), ['inventory/hosts'], checkout, {}, host)
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(varsDigest(below('base/inventory'), ['base/inventory/hosts'], checkout, {}, host)).toBe(digest)
})

test('the digest differs where a deployment would write other files', () => {
  const files = below('inventory')
  const of = (...args: Partial<Parameters<typeof varsDigest>>) => {
    const [repository = files, paths = ['inventory/hosts'], playbook = checkout, extraVars = {}] = args
    return varsDigest(repository, paths, playbook, extraVars, host)
  }
  const vars = 'host_vars/matrix.example.com/vars.yml'
  const others = [
    of(below('inventory', { ...inventory, [vars]: 'a: 2\n' })),
    of(below('inventory', { ...inventory, 'group_vars/all.yml': 'b: 1\n' })),
    of(files, ['inventory/hosts'], { ...checkout, commit: 'other' }),
    of(files, ['inventory/hosts'], { ...checkout, digest: 'other' }),
    of(files, ['inventory/hosts'], checkout, { b: 1 }),
    of(files, [`inventory/${vars}`]),
  ]
  expect(new Set([of(), ...others]).size).toBe(others.length + 1)
})

test('there is no digest without a commit of the playbook, without the inventory, or with too many files', () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}`, '']))
  expect(varsDigest(below('inventory'), ['inventory/hosts'], { digest: 'd' }, {}, host)).toBeUndefined()
  expect(varsDigest(below('inventory'), ['other/hosts'], checkout, {}, host)).toBeUndefined()
  expect(
    varsDigest(below('inventory', { ...inventory, ...many }), ['inventory/hosts'], checkout, {}, host),
  ).toBeUndefined()
})

test('names the vars and each file that differ from the last deployment', async () => {
  const { ports, record } = await recorded()
  if (record === undefined) throw new Error('nothing was recorded')
  expect(await differencesFromRecord(ports, record, 'digest')).toEqual([])
  expect(await differencesFromRecord(ports, record, undefined)).toEqual([])
  expect(await differencesFromRecord(ports, record, 'other')).toEqual([{ kind: 'vars' }])
  const changed = serverWith({ [homeserver]: 'edited', '/matrix/synapse/ext/new.py': 'x' })
  expect(await differencesFromRecord(changed.ports, record, 'digest')).toEqual([
    { kind: 'file', path: labels },
    { kind: 'file', path: homeserver },
    { kind: 'file', path: '/matrix/synapse/ext/new.py' },
  ])
})

test('a record of a live server says nothing about the files of a migration', async () => {
  const { ports } = serverWith(onDisk)
  await recordDeployment(ports, 'digest', 'live', outcome)
  const record = await readDeployment(ports)
  expect(record?.stage).toBe('live')
  expect(await isAsDeployed(ports, record, 'digest', final)).toBe(false)
})

test('a deployment that has begun counts as failed until it is recorded, and costs a migration a check run', async () => {
  const { ports } = await recorded()
  expect(await beginDeployment(ports)).toBe(true)
  expect(await readDeployment(ports)).toBeUndefined()
  expect(await beginDeployment(ports)).toBe(false)
  await recordDeployment(ports, 'digest', 'prepared', outcome)
  expect(await readDeployment(ports)).toBeDefined()
  expect(await beginDeployment(ports)).toBe(true)
})

test.each([
  [undefined, 'prepared'],
  ['digest', 'off'],
] as const)(
  'a deployment with the digest %s in stage %s is complete, without files to compare',
  async (digest, stage) => {
    const { ports } = serverWith(onDisk)
    await recordDeployment(ports, digest, stage, outcome)
    expect(await readDeployment(ports)).toBeUndefined()
    expect(await beginDeployment(ports)).toBe(true)
  },
)

test('a server without a record had no deployment that failed', async () => {
  expect(await beginDeployment(serverWith(onDisk).ports)).toBe(true)
})
