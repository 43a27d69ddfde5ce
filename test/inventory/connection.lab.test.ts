import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialects } from '../../src/domain/stage.ts'
import { connectionOf } from '../../src/inventory/connection.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'

/** Values of both names of a connection variable. An empty value is null. */
const values = {
  ansible_host: ['192.0.2.1', ''],
  ansible_ssh_host: ['192.0.2.2', ''],
  ansible_port: ['2201', ''],
  ansible_ssh_port: ['"2202"', ''],
  ansible_user: ['one', ''],
  ansible_ssh_user: ['two', ''],
  ansible_connection: ['ssh', 'smart', 'ansible.builtin.ssh'],
}
const vars = fc
  .record(
    Object.fromEntries(Object.entries(values).map(([name, each]) => [name, fc.constantFrom(...each)])),
    { requiredKeys: [] },
  )
  .map(all =>
    Object.entries(all)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  )

/** Vars of a host, and of a group that only it has. */
const hosts = fc.sample(fc.record({ ofHost: vars, ofGroup: vars }), { numRuns: 80, seed: 20261128 })
const nameOf = (index: number) => `host-${index}.example.test`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-'))
  const groups = hosts.map((_, index) => `[group_${index}]\n${nameOf(index)}\n`)
  const files = {
    'inventory/hosts': groups.join(''),
    ...Object.fromEntries(hosts.map(({ ofHost }, at) => [`inventory/host_vars/${nameOf(at)}.yml`, ofHost])),
    ...Object.fromEntries(hosts.map(({ ofGroup }, at) => [`inventory/group_vars/group_${at}.yml`, ofGroup])),
    // In place of ssh: writes its arguments to a file that the remote command names.
    'bin/ssh': `#!/bin/sh\nfor last; do :; done\nname=$(printf %s "$last" | grep -o 'host-[0-9]*' | head -n 1)\nprintf '%s\\n' "$@" > "$RECORDS/\${name:-none}"\n`,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  chmodSync(join(folder, 'bin/ssh'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(dialects)('the Ansible of %s connects to the same address, port and user', async dialect => {
  const bin = await ansibleVenv(dialect)
  const records = join(folder, dialect)
  mkdirSync(records)
  execFileSync(
    join(bin, 'ansible'),
    ['-i', join(folder, 'inventory/hosts'), 'all', '-m', 'raw', '-a', 'echo {{ inventory_hostname }}'],
    {
      env: { ...process.env, LC_ALL: 'C.UTF-8', PATH: `${folder}/bin:${process.env.PATH}`, RECORDS: records },
      stdio: 'pipe',
    },
  )
  const inventory = readInventory('inventory/hosts', diskFiles(folder))
  for (const [index, { ofHost, ofGroup }] of hosts.entries()) {
    const argv = readFileSync(join(records, `host-${index}`), 'utf8').split('\n')
    const option = (pattern: RegExp) => argv.map(word => pattern.exec(word)?.[1]).find(Boolean)
    const host = inventory.host(nameOf(index))
    if (!host) throw new Error('no host')
    // Without a user, Ansible lets ssh choose; the run says `root`.
    expect(connectionOf(host), `${ofHost}\n${ofGroup}`).toMatchObject({
      address: argv.at(-3),
      port: Number(option(/^Port=(\d+)$/) ?? 22),
      user: option(/^User="(.*)"$/) ?? 'root',
    })
  }
})
