import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { type Evaluate, evaluatedFindings } from '../../src/actions/evaluated-findings.ts'
import type { Host } from '../../src/inventory/inventory.ts'
import { readInventory } from '../../src/inventory/read-inventory.ts'
import { isOpaque, toJson } from '../../src/inventory/value.ts'
import { checkHosts } from '../../src/rules/check-hosts.ts'
import { withSynapse } from '../../src/rules/facts/synapse-links.ts'
import { live, prepared } from '../../src/rules/kit/rule.ts'

const folder = 'inventory/host_vars/matrix.example.test'
const vault = { [`${folder}/vault.yml`]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }
const secret = '5c1f0e9a7d3b48264e8f10a2b3c4d5e6f7a8b9c0d1e2f30415263748596a7b8c'
const encryption = 'matrix_authentication_service_config_secrets_encryption'
const providers = 'matrix_authentication_service_config_upstream_oauth2_providers'
const passwords = 'matrix_authentication_service_config_passwords_enabled'

type Files = Readonly<Record<string, string>>

function repositoryOf(files: Files, playbook?: Files) {
  const reader = memoryFiles({ 'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n', ...files })
  const options = playbook && { playbook: { files: memoryFiles(playbook), label: 'playbook/' } }
  return { files: reader, inventory: readInventory('inventory/hosts', reader, options) }
}

interface Situation {
  readonly vars: string
  readonly files?: Files
  readonly base?: string
  /** The playbook's own group_vars. */
  readonly playbook?: string
  /** What Ansible would answer about variables that are not plain, or that a vault overrides. */
  readonly values: Readonly<Record<string, unknown>>
  /** What Ansible cannot evaluate. */
  readonly broken?: readonly string[]
}

/** The value in plain text. */
function writtenIn(host: Host, name: string): unknown {
  const { value } = host.variable(name)
  return value && !isOpaque(value) ? toJson(value).json : undefined
}

/** The findings of the rehearsal, and those that validate-config would have with the same values in plain text. */
async function decide({ vars, files = {}, base, playbook, values, broken = [] }: Situation) {
  const own = playbook === undefined ? undefined : { 'group_vars/matrix_servers': playbook }
  const repository = repositoryOf({ [`${folder}/vars.yml`]: vars, ...files }, own)
  const [host] = repository.inventory.hosts
  if (!host) throw new Error('no host')
  const before =
    base === undefined ? {} : { base: repositoryOf({ [`${folder}/vars.yml`]: base, ...files }, own) }
  const asked: string[] = []
  const evaluate: Evaluate = async (names, texts) => {
    asked.push(...names)
    const all = [...names, ...Object.keys(texts)].filter(name => !broken.includes(name))
    return new Map(all.map(name => [name, name in values ? values[name] : writtenIn(host, name)]))
  }
  const findings = await evaluatedFindings({ repository, ...before }, host, evaluate)
  const plain = repositoryOf({ [`${folder}/vars.yml`]: vars, [`${folder}/zz.yml`]: JSON.stringify(values) })
  return {
    findings,
    asked,
    inPlain: checkHosts({ repository: plain, hosts: plain.inventory.hosts, ...before }),
  }
}

const errors = (findings: readonly { readonly id: string; readonly severity: string }[]) =>
  findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)

describe('the values that Ansible evaluates', () => {
  test('decide whether a vault holds what is missing, in the words for plain text', async () => {
    const situation = { vars: live, files: vault, base: prepared }
    const { findings, inPlain } = await decide({ ...situation, values: {} })
    const missing = findings.find(({ id }) => id === 'mas/encryption-secret-missing')
    expect(missing).toMatchObject({ severity: 'error', host: 'matrix.example.test' })
    expect(inPlain.map(({ message }) => message)).toContain(missing?.message)
    expect(missing?.message).not.toMatch(/unless|rehearsal/)
    const there = await decide({ ...situation, values: { [encryption]: secret } })
    expect(errors(there.findings)).toEqual([])
  })

  test('show that a provider of Synapse is mapped nowhere, not even in the vault', async () => {
    const situation = { vars: live, files: vault, base: withSynapse }
    const { findings } = await decide({ ...situation, values: { [encryption]: secret } })
    expect(errors(findings)).toEqual(['providers/synapse-unmapped'])
    const provider = {
      id: '01HFVBY12TMNTYTBV8W921M5FA',
      issuer: 'https://idp.example.test/',
      client_id: 'mas',
      token_endpoint_auth_method: 'none',
      synapse_idp_id: 'oidc-keycloak',
    }
    const mapped = await decide({ ...situation, values: { [encryption]: secret, [providers]: [provider] } })
    expect(errors(mapped.findings)).toEqual([])
    const wrong = await decide({
      ...situation,
      values: { [encryption]: secret, [providers]: [{ ...provider, synapse_idp_id: 'keycloak' }] },
    })
    expect(errors(wrong.findings)).toEqual(['providers/synapse-unmapped', 'providers/synapse-prefix'])
  })

  test('include a value of a vault that overrides a plain one', async () => {
    const vars = `${prepared}${encryption}: ${secret}\n`
    const situation = { vars, files: vault }
    expect(errors((await decide({ ...situation, values: { [encryption]: secret } })).findings)).toEqual([])
    const { findings } = await decide({ ...situation, values: { [encryption]: 'too-short' } })
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { id: 'mas/encryption-secret-format', place: { file: `${folder}/vars.yml`, line: 3 } },
    ])
  })

  test('include Jinja, and what it makes the rules ask for', async () => {
    const vars = `${live}${encryption}: "{{ secret }}"\nmatrix_synapse_cas_config_enabled: "{{ cas }}"\n`
    const values = { [encryption]: secret, matrix_synapse_cas_config_enabled: true }
    const { findings, inPlain } = await decide({ vars, values })
    expect(errors(findings)).toEqual(['synapse/cas-while-live'])
    expect(errors(inPlain)).toEqual(['synapse/cas-while-live'])
  })

  test('make an error of a warning that depended on Jinja', async () => {
    const vars = `${withSynapse.replace('oidc_enabled: true', 'oidc_enabled: "{{ sso }}"')}${encryption}: ${secret}\n`
    const on = await decide({ vars, values: { matrix_synapse_oidc_enabled: true } })
    expect(errors(on.findings)).toEqual(['providers/synapse-unmapped'])
    expect(errors((await decide({ vars, values: { matrix_synapse_oidc_enabled: false } })).findings)).toEqual(
      [],
    )
  })

  test('say nothing of what validate-config has said, and ask for nothing that is plain', async () => {
    const plain = await decide({ vars: `${live}${encryption}: too-short\n`, values: {} })
    expect([plain.findings, plain.asked]).toEqual([[], []])
    const { findings } = await decide({
      vars: `${live}${encryption}: too-short\n`,
      files: vault,
      values: { [encryption]: 'too-short' },
    })
    expect(errors(findings)).toEqual([])
  })

  test("keep the playbook's own default where the vault does not override it", async () => {
    const playbook = `${passwords}: "{{ a }}"\n`
    const vars = `${prepared}${encryption}: ${secret}\n`
    const situation = { vars, files: vault, playbook }
    const own = { [encryption]: secret, [passwords]: true, [`default_of_${passwords}`]: true }
    expect(errors((await decide({ ...situation, values: own })).findings)).toEqual([])
    const overridden = await decide({ ...situation, values: { ...own, [passwords]: false } })
    expect(errors(overridden.findings)).toEqual(['mas/no-way-to-log-in'])
  })

  test('decide nothing about what Ansible cannot evaluate', async () => {
    const { findings } = await decide({ vars: live, files: vault, values: {}, broken: [encryption] })
    expect(errors(findings)).toEqual([])
  })

  test('are never repeated', async () => {
    const { findings } = await decide({
      vars: prepared,
      files: vault,
      values: { [encryption]: 'hunter2hunter2', [providers]: [{ client_secret: 'hunter2hunter2' }] },
    })
    expect(findings.length).toBeGreaterThan(1)
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })
})
