import { describe, expect, test } from 'vitest'
import { rulePages } from '../../scripts/rule-pages.ts'
import { pageOfRule } from '../../src/domain/finding.ts'

const pages = new Map(rulePages())
const page = (id: string) => pages.get(pageOfRule(id))

describe('the page of a rule', () => {
  test('shows a finding as it is reported, also where a vault may hold the value', () => {
    expect(page('mas/encryption-secret-missing')).toContain(
      '> Warning, line 1: MAS is enabled, but `matrix_authentication_service_config_secrets_encryption` is not set, unless the vault `inventory/host_vars/matrix.example.test/vault.yml` sets it; the deployment or the rehearsal will show it.',
    )
  })

  test('describes the checkout of an example above it', () => {
    expect(page('mas/captcha')).toMatch(
      /With a checkout of the playbook, dialect `syn2mas-tool`:\n\n```yaml\n[^`]+```\n$/,
    )
  })
})
