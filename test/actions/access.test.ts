import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readInputs } from '../../src/actions/inputs.ts'
import { migrate } from '../../src/actions/migrate/action.ts'
import { Repository } from '../../src/actions/repository.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import { maxHosts, resolveTargets, serverInputs } from '../../src/actions/targets.ts'
import { projectRoot } from '../lab/runner/runner.ts'

const checkout = join(projectRoot, 'test/lab/playbook/mas-cli')
const folder = 'inventory/host_vars/matrix.example.test'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'access-'))
  mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'inventory/known_hosts'), 'matrix.example.test ssh-ed25519 AAAA\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

async function targetsOf(hosts: string, given: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(root, 'inventory/hosts'), hosts)
  const inputs = readInputs(
    { ...serverInputs, ...maxHosts(1) },
    name => ({ 'playbook-path': checkout, ...given })[name],
  )
  const { targets } = await resolveTargets(inputs, {
    repository: new Repository(root),
    environment: { SSH_AUTH_SOCK: '/nowhere' },
    log: () => undefined,
    port: runnerPort({}),
  })
  return targets.map(({ host, desired }) => [host.name, desired.stage])
}

test('only hosts on which the playbook runs are servers to be reached', async () => {
  const hosts = '[webservers]\nweb1.example.test\n[matrix_servers]\nmatrix.example.test\n'
  expect(await targetsOf(hosts)).toEqual([['matrix.example.test', 'off']])
  await expect(targetsOf(hosts, { limit: 'web1.example.test' })).rejects.toThrow('no host of the group')
})

test('an inventory on which the playbook would run nowhere is refused', async () => {
  await expect(targetsOf('[matrix]\nmatrix.example.test\n')).rejects.toThrow('no host in the group')
  await expect(targetsOf('[matrix_servers]\n')).rejects.toThrow('no host in the group')
})

test('more hosts than max-hosts are refused; migrate has no such input', async () => {
  const hosts = '[matrix_servers]\na.example.test\nb.example.test\n'
  await expect(targetsOf(hosts)).rejects.toThrow('`max-hosts` allows 1')
  expect(await targetsOf(hosts, { 'max-hosts': '2' })).toHaveLength(2)
  expect(Object.keys(migrate.inputs)).not.toContain('max-hosts')
})

test('a vault file beside plain lines leaves the stage what they say', async () => {
  writeFileSync(join(root, folder, 'vars.yml'), 'matrix_authentication_service_enabled: true\n')
  writeFileSync(join(root, folder, 'vault.yml'), '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
  const hosts = '[matrix_servers]\nmatrix.example.test\n'
  expect(await targetsOf(hosts)).toEqual([['matrix.example.test', 'live']])
})
