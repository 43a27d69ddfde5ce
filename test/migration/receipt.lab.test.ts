import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { type Dialect, dialects } from '../../src/domain/stage.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { boundValues, receiptVariables } from '../../src/migration/rehearsal/receipt-variables.ts'
import { readCheckout } from '../../src/playbook/checkout.ts'
import { evaluateVariables } from '../../src/playbook/evaluate.ts'
import { playbookFor } from '../../src/playbook/playbook.ts'
import { diskFiles } from '../../src/support/files/disk-files.ts'
import { ansibleVenv } from '../lab/engine/ansible.ts'
import { playbookFor as checkoutFor } from '../lab/playbook/real/checkout.ts'
import { noSshArguments } from '../playbook/fixtures.ts'

const name = 'matrix.example.test'
const password = 'invented'
const vars = `matrix_domain: example.test
matrix_authentication_service_hostname: "auth.{{ matrix_domain }}"
matrix_homeserver_generic_secret_key: "{{ vault_generic }}"
matrix_synapse_configuration_extension_yaml: |
  password_config:
    pepper: "{{ vault_pepper }}"
`
const vault = 'vault_generic: invented\nvault_pepper: invented\nvault_mail: invented\n'

const root = mkdtempSync(join(tmpdir(), 'receipt-'))
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What a receipt binds for an inventory with a vault. */
async function bound(dialect: Dialect, inventory: { vars?: string; vault?: string }) {
  const bin = await ansibleVenv(dialect)
  const folder = join(root, `inventory/host_vars/${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(root, 'inventory/hosts'), `[matrix_servers]\n${name} ansible_host=192.0.2.1\n`)
  writeFileSync(join(root, 'password'), `${password}\n`)
  writeFileSync(join(folder, 'vars.yml'), inventory.vars ?? vars)
  writeFileSync(join(folder, 'vault.yml'), inventory.vault ?? vault)
  const encrypt = ['encrypt', '--vault-password-file', join(root, 'password'), join(folder, 'vault.yml')]
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  execFileSync(join(bin, 'ansible-vault'), encrypt, { env, stdio: 'pipe' })
  const checkout = await readCheckout(await checkoutFor(dialect))
  const target = {
    checkout,
    inventory: join(root, 'inventory/hosts'),
    host: name,
    extraVars: {},
    trust: { agentSocket: '', knownHosts: '' },
    connection: { address: '192.0.2.7', port: 22, user: 'root', sshArguments: noSshArguments },
    vaultPassword: password,
  }
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`)
  const playbook = playbookFor(target, () => undefined, undefined)
  const evaluated = await evaluateVariables(playbook, receiptVariables, { roles: checkout.roles })
  const host = readInventory('inventory/hosts', diskFiles(root)).host(name)
  if (!host) throw new Error('no host')
  return boundValues(host, evaluated)
}

/** The names that differ. */
function changed(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) {
  return receiptVariables.filter(variable => one[variable] !== other[variable])
}

test.each(dialects)(
  'with Ansible of %s, a receipt binds the values that the server would get',
  async dialect => {
    const reviewed = await bound(dialect, {})
    const pepper = 'matrix_synapse_configuration_extension'
    expect(reviewed[pepper]).toContain('invented')

    const another = await bound(dialect, {
      vars: vars.replace('{{ vault_generic }}', 'invented'),
      vault: vault.replace('vault_mail: invented', 'vault_mail: other'),
    })
    expect(changed(reviewed, another), 'another unrelated secret, the same value in plain text').toEqual([])

    const rotated = await bound(dialect, {
      vars: vars.replace('auth.', 'login.'),
      vault: vault.replaceAll(/(generic|pepper): invented/g, '$1: rotated'),
    })
    expect(
      changed(reviewed, rotated),
      'a vault, and what group_vars and defaults of roles take from it',
    ).toEqual(
      expect.arrayContaining([
        'matrix_homeserver_generic_secret_key',
        'matrix_authentication_service_config_matrix_secret',
        'matrix_synapse_database_password',
        pepper,
        'matrix_authentication_service_hostname',
        'matrix_authentication_service_config_http_public_base',
      ]),
    )
    expect(changed(reviewed, rotated)).not.toContain('matrix_domain')
  },
)
