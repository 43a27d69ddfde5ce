import { expect, test } from 'vitest'
import type { Dialect } from '../../src/domain/stage.ts'
import {
  estimateWindow,
  expectedWindowSeconds,
  type Measured,
  measureServer,
} from '../../src/migration/rehearsal/estimate.ts'
import type { ServerNames } from '../../src/server/names.ts'
import type { ServerSession } from '../../src/server/session.ts'
import { counts, serverFacts } from './facts.ts'
import { names } from './fake-server.ts'

/** A message of systemd about a unit, as `journalctl --output=json` prints it, with the time in ms since the boot. */
const message = (unit: string, id: 'stopping' | 'stopped' | 'other', at: number, boot = 'b') =>
  JSON.stringify({
    UNIT: `${unit}.service`,
    MESSAGE_ID: {
      stopping: 'de5b426a63be47a7b6ac3eaac82e2f6f',
      stopped: '9d1aaa27d60140bd96365438aad20286',
      other: '39f53479d3a045ac8e11786248231fbf',
    }[id],
    __MONOTONIC_TIMESTAMP: String(at * 1000),
    _BOOT_ID: boot,
  })
const stop = (unit: string, at: number, ms: number) => [
  message(unit, 'stopping', at),
  message(unit, 'stopped', at + ms),
]

interface Printed {
  readonly journal?: readonly string[]
  readonly load?: readonly string[]
  readonly inspect?: string
}

/** A server that prints the loads one after the other. */
function serverThat({ journal = [], load = [], inspect = '' }: Printed): ServerSession {
  const loads = [...load]
  return {
    run: async ([program, command]: readonly string[]) => {
      const stdout =
        program === 'journalctl' ? journal.join('\n') : command === 'exec' ? (loads.shift() ?? '') : inspect
      return { code: stdout === '' ? 1 : 0, stdout, stderr: '' }
    },
  } as unknown as ServerSession
}

const measured = (printed: Printed, of: ServerNames = names) => measureServer(serverThat(printed), of)

const withoutWorkers = { ...names, workerUnits: [] }

test('the slowest unit counts for the stop, by the middle of its stops', async () => {
  const journal = [
    ...stop('matrix-synapse', 0, 900),
    ...stop('matrix-authentication-service', 100, 200),
    ...stop('matrix-synapse', 10_000, 7000),
    ...stop('matrix-synapse', 20_000, 1000),
  ]
  expect(await measured({ journal })).toMatchObject({ stopSeconds: 1 })
})

test('a unit that ended by itself, or by a restart of the server, tells nothing of how long a stop takes', async () => {
  const journal = [
    message('matrix-synapse', 'other', 0),
    message('matrix-synapse', 'stopped', 5000),
    message('matrix-synapse', 'stopping', 6000),
    message('matrix-synapse', 'stopped', 7000, 'another boot'),
    'not JSON',
  ]
  expect(await measured({ journal })).toMatchObject({ stopSeconds: undefined })
})

test('all that start share the cores', async () => {
  expect(await measured({ load: ['1.5 8\n'] })).toMatchObject({ loadSeconds: 1.5 })
  expect(await measured({ load: ['1.5 2\n'] })).toMatchObject({ loadSeconds: 2.25 })
  expect(await measured({ load: ['1.5 1\n'] }, withoutWorkers)).toMatchObject({ loadSeconds: 3 })
})

test('users wait for a health check only where Traefik routes to Synapse itself', async () => {
  const interval = async (inspect: string, of?: ServerNames) =>
    (await measured({ inspect }, of)).healthCheckSeconds
  expect(await interval('true 5\n', withoutWorkers)).toBe(5)
  expect(await interval('true 5\n')).toBeUndefined()
  expect(await interval(' 15\n', withoutWorkers)).toBeUndefined()
  expect(await interval('true \n', withoutWorkers)).toBeUndefined()
})

test('what cannot be measured is unknown', async () => {
  expect(await measured({})).toEqual({
    stopSeconds: undefined,
    loadSeconds: undefined,
    healthCheckSeconds: undefined,
  })
})

test.each([
  ['less busy since', ['4 2\n', '2 2\n'], -1],
  ['busier since', ['2 2\n', '4 2\n'], 0],
] as const)('other load does not make the estimate longer where the server is %s', async (_, load, sign) => {
  const { seconds, again } = await estimateWindow(serverThat({ load }), names, serverFacts(), 1)
  expect(Math.sign((await again()) - seconds)).toBe(sign)
})

const quick: Measured = { stopSeconds: 1, loadSeconds: 1, syn2masSeconds: 1, healthCheckSeconds: undefined }

test.each<[string, Dialect, Partial<Measured>, number]>([
  ['an idle lab', 'mas-cli', { stopSeconds: 0.5, loadSeconds: 1.5, syn2masSeconds: 0.6 }, 3.4],
  ['a lab that is idle again', 'mas-cli', { stopSeconds: 0.8, loadSeconds: 1.5, syn2masSeconds: 0.8 }, 5.5],
  [
    'an idle lab with the Node tool',
    'syn2mas-tool',
    { stopSeconds: 0.5, loadSeconds: 1.3, syn2masSeconds: 1.3 },
    4.2,
  ],
  ['the real playbook and MAS', 'mas-cli', { stopSeconds: 0.4, loadSeconds: 1.7, syn2masSeconds: 0.8 }, 5.2],
  ['a busy lab', 'mas-cli', { stopSeconds: 0.6, loadSeconds: 2.9, syn2masSeconds: 1.9 }, 9.3],
  [
    'a busy lab with the Node tool',
    'syn2mas-tool',
    { stopSeconds: 1.1, loadSeconds: 2.3, syn2masSeconds: 2.9 },
    10.7,
  ],
])('the range has the window that was measured on %s', (_, dialect, parts, window) => {
  const most = expectedWindowSeconds(dialect, counts(200), { ...quick, ...parts })
  expect(window).toBeGreaterThan(most / 2)
  expect(window).toBeLessThan(most)
})

test('the range of the Node tool holds with many accounts, too: in the lab, 10,000 took 86 s', () => {
  const most = expectedWindowSeconds('syn2mas-tool', counts(10_000), { ...quick, syn2masSeconds: 27 })
  expect(86).toBeGreaterThan(most / 2)
  expect(86).toBeLessThan(most)
})

test('a slow server, a slow syn2mas, a health check and many rows of the Node tool make it longer', () => {
  const of = (more: Partial<Measured>, dialect: Dialect = 'mas-cli', users = 1000) =>
    expectedWindowSeconds(dialect, counts(users), { ...quick, ...more })
  expect(of({ loadSeconds: 3 })).toBeGreaterThan(2 * of({}) - of({ loadSeconds: 0 }))
  expect(of({ syn2masSeconds: 30 })).toBeGreaterThan(of({}) + 28)
  expect(of({ healthCheckSeconds: 5 })).toBeGreaterThan(of({}) + 5)
  expect(of({}, 'syn2mas-tool')).toBeGreaterThan(of({}, 'syn2mas-tool', 10))
})
