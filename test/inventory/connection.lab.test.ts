import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { connectionOf } from '../../src/inventory/connection.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'

const seed = 20261128
const names = {
  ansible_host: ['192.0.2.1', 'a.example.test'],
  ansible_ssh_host: ['192.0.2.2', 'b.example.test'],
  ansible_port: ['22', '2222'],
  ansible_ssh_port: ['2022', '"2023"'],
  ansible_user: ['root', 'deploy'],
  ansible_ssh_user: ['admin', '1000'],
} as const

/** Each variable in `group_vars`, in `host_vars`, in neither or without a value. */
const variables = fc.record(
  Object.fromEntries(
    Object.entries(names).map(([name, values]) => [
      name,
      fc.option(
        fc.record({
          place: fc.constantFrom('group_vars/all.yml', 'host_vars/HOST.yml'),
          value: fc.constantFrom(...values, ''),
        }),
        { nil: undefined },
      ),
    ]),
  ),
)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(dialects)('the server is the one that the Ansible of %s connects to', async dialect => {
  const bin = await ansibleVenv(dialect)
  const root = join(folder, dialect)
  for (const name of ['group_vars', 'host_vars'])
    mkdirSync(join(root, 'inventory', name), { recursive: true })
  const samples = fc.sample(variables, { numRuns: 40, seed })
  samples.forEach((sample, index) => {
    const host = `h${index}`
    // Plays ssh: writes its arguments, and fails.
    const ssh = join(root, `ssh-${host}`)
    writeFileSync(ssh, '#!/bin/sh\nprintf "%s\\n" "$@" >"$0.called"\nexit 255\n')
    chmodSync(ssh, 0o755)
    const lines = (place: string) =>
      Object.entries(sample)
        .filter(([, given]) => given?.place === place)
        .map(([name, given]) => `${name}: ${given?.value}\n`)
        .join('')
    writeFileSync(join(root, `inventory/group_vars/g${index}.yml`), `x: 1\n${lines('group_vars/all.yml')}`)
    writeFileSync(
      join(root, `inventory/host_vars/${host}.yml`),
      `ansible_ssh_executable: ${ssh}\n${lines('host_vars/HOST.yml')}`,
    )
  })
  const hosts = samples.map((_, index) => `[g${index}]\nh${index}\n`).join('')
  writeFileSync(join(root, 'inventory/hosts'), hosts)
  const inventory = readInventory('inventory/hosts', diskFiles(root))

  const argv = ['-i', join(root, 'inventory/hosts'), 'all', '-m', 'ansible.builtin.raw', '-a', 'true']
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  // No server is reached, so the exit code says nothing.
  const { stdout } = spawnSync(join(bin, 'ansible'), argv, { env, encoding: 'utf8' })
  expect(stdout).toContain('h0 | UNREACHABLE')
  for (const index of samples.keys()) {
    const host = `h${index}`
    const called = readFileSync(join(root, `ssh-${host}.called`), 'utf8').split('\n')
    const option = (pattern: RegExp) => called.map(each => pattern.exec(each)?.[1]).find(Boolean)
    const read = inventory.host(host)
    if (!read) throw new Error('no host')
    const { address, port, user } = connectionOf(read)
    expect({ host, address, port, user }).toEqual({
      host,
      address: called.at(-3),
      port: Number(option(/^Port=(\d+)$/) ?? 22),
      user: option(/^User="(.*)"$/) ?? 'root',
    })
  }
})
