import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { type ValidationSources, validate } from '../../src/actions/validate-config/run.ts'
import { renderText } from '../../src/report/text.ts'
import { live, prepared, vaultsAsText } from '../../src/rules/kit/rule.ts'

const folder = 'inventory/host_vars/m.example.test'
const vault = { [`${folder}/vault.yml`]: '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }

function verdictOn(vars: string, more: Readonly<Record<string, string>>) {
  const files = {
    'inventory/hosts': '[matrix_servers]\nm.example.test\n',
    [`${folder}/vars.yml`]: vars,
    ...more,
  }
  const sources: ValidationSources = { inventory: 'inventory/hosts', files: memoryFiles(files) }
  return validate(sources)
}

const findings = (vars: string, more: Readonly<Record<string, string>>, id: string) =>
  verdictOn(vars, more)
    .findings.filter(finding => finding.id === id)
    .map(({ severity, message }) => [severity, message])

test('a missing setting is an error, or a warning with the vault that could contain it', () => {
  const id = 'mas/encryption-secret-missing'
  const missing = 'MAS is enabled, but `matrix_authentication_service_config_secrets_encryption` is not set'
  expect(findings(live, {}, id)).toEqual([['error', missing]])
  expect(findings(live, vault, id)).toEqual([
    [
      'warning',
      `${missing}, unless the vault \`${folder}/vault.yml\` sets it; the deployment or the rehearsal will show it`,
    ],
  ])
})

test('a broken file could contain anything: neither the stage nor a missing setting is reported', () => {
  const { hosts, findings } = verdictOn(live, { ...vault, [`${folder}/more.yml`]: 'a: [\n' })
  expect(hosts.map(({ stage }) => stage)).toEqual(['unknown'])
  expect(findings.map(({ id }) => id)).not.toContain('mas/encryption-secret-missing')
})

test('the stage comes from the plain lines, and only a MAS that a vault could enable is reported', () => {
  expect(verdictOn(live, vault).hosts.map(({ stage }) => stage)).toEqual(['live'])
  expect(findings(live, vault, 'mas/stage-assumed')).toEqual([])
  expect(findings('matrix_domain: m.example.test', vault, 'mas/stage-assumed')).toEqual([
    ['notice', expect.stringContaining('matrix_authentication_service_enabled')],
  ])
  expect(findings(prepared, vault, 'mas/stage-assumed')).toEqual([])
})

test('only some of many vaults are named', () => {
  expect(vaultsAsText(['a'])).toBe('the vault `a`')
  expect(vaultsAsText(['a', 'b'])).toBe('the vault `a` or `b`')
  expect(vaultsAsText(['a', 'b', 'c', 'd', 'e'])).toBe('the vault `a` or `b` or `c` or 2 more')
})

test('the headline says that such a result is not certain', () => {
  expect(renderText(verdictOn(live, vault))).toMatch(/; not certain: 1 finding about what an encrypted file/)
  expect(renderText(verdictOn(live, {}))).not.toContain('not certain')
})
