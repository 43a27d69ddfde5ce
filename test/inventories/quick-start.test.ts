import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { validate } from '../../src/actions/validate-config/run.ts'
import type { Finding } from '../../src/domain/finding.ts'
import { applySuggestion } from '../../src/domain/suggestion.ts'
import {
  inProgressVariable,
  oidcEnabledVariable,
  oidcProvidersVariable,
  stageVariables,
} from '../../src/domain/variables.ts'
import { providersVariable } from '../../src/rules/facts/providers.ts'
import { inventedSecret, trapVariables } from '../../src/rules/facts/variables.ts'

type Files = Readonly<Record<string, string>>

const readme = readFileSync('README.md', 'utf8')
/** The lines of the prepare pull request, as the quick start has them. */
const lines = (/ {3}```yaml\n( {3}matrix_authentication_service_enabled[^`]*) {3}```/.exec(readme)?.[1] ?? '')
  .replaceAll(/^ {3}/gm, '')
  .replace('"…"', `"${inventedSecret}"`)

const own = `matrix_domain: example.test
matrix_homeserver_generic_secret_key: "{{ vault_generic }}"
`
const ini = '[matrix_servers]\nmatrix.example.test ansible_host=192.0.2.7\n'
const folder = 'inventory/host_vars/matrix.example.test'
const vars = `${folder}/vars.yml`
const vault = '$ANSIBLE_VAULT;1.1;AES256\n6162\n'
const synapse = `${oidcEnabledVariable}: true
${oidcProvidersVariable}:
  - idp_id: forge
    issuer: https://forge.example.test/
    client_id: synapse
    client_secret: "{{ vault_forge }}"
`
const mas = `${providersVariable}:
  - id: 01HFS67GJ145HCM9ZASYS9DC3J
    synapse_idp_id: oidc-forge
    issuer: https://forge.example.test/
    client_id: synapse
    client_secret: "{{ vault_forge }}"
    token_endpoint_auth_method: client_secret_basic
`

/** An inventory before the prepare pull request, and what this adds besides the lines of the quick start. */
interface Inventory {
  readonly files: Files
  readonly inventory?: string
  readonly vars?: string
  readonly more?: string
}

const inventories: Readonly<Record<string, Inventory>> = {
  'one file of vars': { files: { 'inventory/hosts': ini, [vars]: own } },
  'a vault beside the vars': {
    files: { 'inventory/hosts': ini, [vars]: own, [`${folder}/vault.yml`]: vault },
  },
  'a YAML inventory and vars in one file': {
    inventory: 'inventory/hosts.yml',
    vars: 'inventory/host_vars/matrix.example.test.yml',
    files: {
      'inventory/hosts.yml':
        'matrix_servers:\n  hosts:\n    matrix.example.test: {ansible_host: 192.0.2.7}\n',
      'inventory/host_vars/matrix.example.test.yml': own,
    },
  },
  'a provider of Synapse, and a vault of the group': {
    files: {
      'inventory/hosts': ini,
      [vars]: own + synapse,
      'inventory/group_vars/all/vault.yml': vault,
    },
    more: mas,
  },
  'a repository that is the inventory, with vars of the group and an extension': {
    inventory: 'hosts',
    vars: 'host_vars/matrix.example.test/vars.yml',
    files: {
      hosts: ini,
      'group_vars/all.yml': own,
      'host_vars/matrix.example.test/vars.yml':
        'matrix_synapse_configuration_extension_yaml: |\n  enable_room_list_search: false\n',
    },
  },
}

function findingsIn({ inventory = 'inventory/hosts' }: Inventory, files: Files, base: Files) {
  return validate({ inventory, files: memoryFiles(files), base: memoryFiles(base) }).findings
}

/** The files with every proposed fix, until nothing is proposed. */
function withFixes(inventory: Inventory, files: Files, base: Files, rounds = 6): Files {
  const suggestion = findingsIn(inventory, files, base).find(finding => finding.suggestion)?.suggestion
  if (!suggestion) return files
  expect(rounds).toBeGreaterThan(0)
  const { file } = suggestion.place
  return withFixes(
    inventory,
    { ...files, [file]: applySuggestion(files[file] ?? '', suggestion) },
    base,
    rounds - 1,
  )
}

const errors = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === 'error').map(({ id, message }) => `${id} ${message}`)

describe.each(Object.entries(inventories))('the quick start with %s', (_, inventory) => {
  const { files: before, more = '', vars: file = vars } = inventory
  const prepare = { ...before, [file]: `${before[file]}${lines}${more}` }
  const prepared = withFixes(inventory, prepare, before)
  const removed = [inProgressVariable, ...trapVariables, oidcEnabledVariable, oidcProvidersVariable]
  const migrated = {
    ...prepared,
    [file]: removed.reduce(
      (text, name) => text.replace(new RegExp(`^${name}:.*\\n(?:[ -].*\\n)*`, 'm'), ''),
      prepared[file] ?? '',
    ),
  }

  test('has no error in the prepare pull request, and no fix undoes its lines', () => {
    expect(errors(findingsIn(inventory, prepare, before))).toEqual([])
    for (const line of lines.trim().split('\n')) expect(prepared[file]).toContain(line)
    expect(errors(findingsIn(inventory, prepared, before))).toEqual([])
  })

  test('has no error in the migrate pull request, and nothing asks for a line that it removed', () => {
    const findings = findingsIn(inventory, migrated, prepared)
    expect(errors(findings)).toEqual([])
    expect(findings.filter(({ id }) => id === 'change/migration-with-other-changes')).toEqual([])
    for (const { remedy, message } of findings) {
      for (const name of [...stageVariables.slice(1), oidcEnabledVariable])
        expect(`${message} ${remedy}`).not.toContain(name)
    }
  })

  test('leaves nothing to do afterwards', () => {
    const findings = findingsIn(inventory, migrated, migrated)
    expect(errors(findings)).toEqual([])
    expect(findings.filter(({ suggestion }) => suggestion)).toEqual([])
  })
})

test('the lines of the quick start are in the README', () => {
  for (const name of stageVariables) expect(lines).toContain(`${name}:`)
})
