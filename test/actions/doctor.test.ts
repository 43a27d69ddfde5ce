import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { doctor } from '../../src/actions/doctor/action.ts'
import { checkServer, checkServers } from '../../src/actions/doctor/run.ts'
import { readInputs } from '../../src/actions/inputs.ts'
import { readReports } from '../../src/actions/publish/reports.ts'
import { Repository } from '../../src/actions/repository.ts'
import { perform } from '../../src/actions/run-action.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { serverInputs } from '../../src/actions/targets.ts'
import type { MasFacts } from '../../src/domain/server-facts.ts'
import { publicWeb } from '../../src/server/public-web.ts'
import type { Server } from '../../src/server/server.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { serverFacts } from '../migration/facts.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doctor-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const doctorTag = 'matrix-authentication-service-mas-cli-doctor'

/** A server on which nothing but the probe works. */
async function check(mas: Partial<MasFacts>) {
  const failed = { code: 1, stdout: '', stderr: '' }
  const server = {
    session: {
      host: 'matrix.example.test',
      run: async () => failed,
      readFile: async () => undefined,
    },
    http: async () => ({ status: 0, text: '' }),
    probe: async () => serverFacts({ mas }),
  } as unknown as Server
  const tags: string[] = []
  const playbook = {
    run: async (given: { readonly tags: readonly string[] }) => {
      tags.push(...given.tags)
      return { code: 0, results: [], stats: {}, stderr: '', otherOutput: [], seconds: 1 }
    },
  }
  const report = await checkServer(
    { server, playbook, print: () => undefined },
    { doctorTag, desired: 'unknown', pins: [], web: publicWeb() },
  )
  const masCli = report.checks?.find(({ id }) => id === 'doctor/mas-cli-doctor')
  return { tags, masCli, ids: report.findings.map(({ id }) => id), findings: report.findings }
}

test("runs the playbook's doctor tag where MAS runs", async () => {
  const { tags, masCli, ids } = await check({})
  expect([tags, masCli]).toEqual([[doctorTag], undefined])
  expect(ids).not.toContain('doctor/unit-down')
})

test.each<[string, Partial<MasFacts>]>([
  ['is stopped', { active: 'inactive', container: false }],
  ['starts again and again', { active: 'activating', container: false }],
  ['has a container without its unit', { active: 'failed' }],
])('does not start a MAS that %s: mas-cli doctor could not run, which is no pass', async (_, mas) => {
  const { tags, masCli, ids, findings } = await check(mas)
  expect(tags).toEqual([])
  const detail = "MAS is not running, and the playbook's task for mas-cli doctor would start it"
  expect(masCli).toMatchObject({ result: 'unknown', detail })
  expect(ids).toContain('doctor/unit-down')
  expect(findings.map(({ message }) => message)).toContain(
    `Could not run: doctor/mas-cli-doctor. Reason: ${detail}.`,
  )
})

test('a server without MAS has no mas-cli doctor that could run', async () => {
  const { tags, masCli } = await check({ installed: false, active: 'inactive', container: false })
  expect([tags, masCli]).toEqual([[], undefined])
})

/** A run on servers without a pinned host key, so that no connection is opened. */
function doctorOn(names: readonly string[], given: Readonly<Record<string, string>> = {}) {
  mkdirSync(join(root, 'inventory'))
  writeFileSync(join(root, 'inventory/known_hosts'), 'other.example.test ssh-ed25519 AAAA\n')
  writeFileSync(join(root, 'inventory/hosts'), ['[matrix_servers]', ...names, ''].join('\n'))
  const texts: Readonly<Record<string, string>> = {
    'playbook-path': join(projectRoot, 'test/lab/playbook/mas-cli'),
    'json-path': 'report/doctor.json',
    ...given,
  }
  const port = { ...runnerPort({}), show: async () => undefined, setOutput: () => undefined }
  const environment = { SSH_AUTH_SOCK: '/nowhere' }
  const runtime = { repository: new Repository(root), environment, log: () => undefined, port }
  return { source: (name: string) => texts[name], runtime }
}

test.each([
  ['101 hosts, which no input limits', {}, 'Not healthy'],
  ['no host where `max-hosts` forbids it', { 'max-hosts': '100' }, '`max-hosts` allows 100'],
])('checks %s', async (_, given, expected) => {
  const names = Array.from({ length: 101 }, (_, index) => `matrix${index}.example.test`)
  const { source, runtime } = doctorOn(names, given)
  await expect(perform(doctor, source, runtime)).rejects.toThrow(expected)
  const reports = readReports(join(root, 'report')).doctor
  expect(reports?.hosts.map(({ host }) => host)).toEqual(expected === 'Not healthy' ? names : undefined)
})

test('after each host there is a report, in which the hosts whose turn is still to come are not healthy', async () => {
  const { source, runtime } = doctorOn(['a.example.test', 'b.example.test'])
  const seen: string[][] = []
  await checkServers(readInputs(serverInputs, source), runtime, ({ hosts }) => {
    seen.push(
      hosts.flatMap(({ host, healthy, findings }) => findings.map(({ id }) => `${host} ${healthy} ${id}`)),
    )
  })
  expect(seen).toEqual([
    ['a.example.test false doctor/unreachable', 'b.example.test false doctor/not-checked'],
    ['a.example.test false doctor/unreachable', 'b.example.test false doctor/unreachable'],
  ])
})

test.each([
  [
    'names all hosts of the playbook, also those that `limit` leaves out',
    '',
    ['a.example.test', 'b.example.test'],
  ],
  ['names no hosts of the inventory if it could not be read whole', 'a: [', undefined],
])('the report %s', async (_, vars, expected) => {
  const { source, runtime } = doctorOn(['a.example.test', 'b.example.test'], { limit: 'a.example.test' })
  mkdirSync(join(root, 'inventory/group_vars'))
  writeFileSync(join(root, 'inventory/group_vars/all.yml'), vars)
  await expect(perform(doctor, source, runtime)).rejects.toThrow('Not healthy')
  const reports = readReports(join(root, 'report')).doctor
  expect(reports?.hosts.map(({ host }) => host)).toEqual(['a.example.test'])
  expect(reports?.inventory).toEqual(expected)
})
