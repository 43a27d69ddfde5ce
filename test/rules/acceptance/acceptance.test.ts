import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../../scripts/memory-files.ts'
import { validate } from '../../../src/actions/validate-config/run.ts'
import { openFindings } from '../../../src/domain/finding.ts'

const provider = 'matrix_synapse_ext_password_provider'
const repository = {
  'inventory/hosts': '[matrix_servers]\na.example.test\nb.example.test\n',
  'inventory/host_vars/a.example.test/vars.yml': `matrix_authentication_service_enabled: true
matrix_authentication_service_config_secrets_encryption: "{{ vault_mas }}"
${provider}_ldap_enabled: true
${provider}_rest_auth_enabled: true
`,
  'inventory/host_vars/b.example.test/vars.yml': 'matrix_domain: b.example.test\n',
}
const found = 'synapse/password-provider-while-live'
const today = '2026-11-24'

function check(accepted: string, base?: string) {
  const files = (text: string) => memoryFiles({ ...repository, 'accepted-findings.yml': text })
  const { findings } = validate({
    inventory: 'inventory/hosts',
    files: files(accepted),
    ...(base !== undefined && { base: files(base) }),
    acceptances: { path: 'accepted-findings.yml', today },
  })
  return {
    open: openFindings(findings)
      .map(({ id }) => id)
      .filter(id => id !== 'playbook/not-compared'),
    accepted: findings.filter(finding => finding.accepted),
    findings,
  }
}
const entry = (...lines: readonly string[]) =>
  `accepted:\n  - ${[`id: ${found}`, 'reason: They leave in May.', ...lines].join('\n    ')}\n`

describe('accepted findings', () => {
  test('stay in the report with the reason, and do not count', () => {
    const { open, accepted } = check(entry())
    expect(open).toEqual([])
    expect(accepted.map(({ id }) => id)).toEqual([found, found])
    expect(accepted[0]?.accepted).toEqual({
      reason: 'They leave in May.',
      place: { file: 'accepted-findings.yml', line: 2, column: 9, endLine: 2, endColumn: 45 },
    })
  })

  test.each([
    ['this host', 'host: a.example.test', 0],
    ['another host', 'host: b.example.test', 2],
    ['this file', 'file: inventory/host_vars/a.example.test/vars.yml', 0],
    ['another file', 'file: inventory/hosts', 2],
  ])('are accepted for %s only, where the entry says so', (_, line, left) => {
    expect(check(entry(line)).open.filter(id => id === found)).toHaveLength(left)
  })

  test.each([
    ['2026-11-24', 0],
    ['2099-12-31', 0],
    ['2026-11-23', 2],
  ])('are accepted up to and with the day %s', (until, left) => {
    const { open } = check(entry(`until: ${until}`))
    expect(open.filter(id => id === found)).toHaveLength(left)
    expect(open.includes('accepted/expired')).toBe(left > 0)
  })

  test('count again beyond the maximum of the entry', () => {
    expect(check(entry('at-most: 1')).open).toEqual([found, 'accepted/beyond-ceiling'])
    expect(check(entry('at-most: 2')).open).toEqual([])
  })

  test('are reported if they match no finding', () => {
    const unused = entry().replace(found, 'mas/stage-unknown')
    expect(check(unused).open).toEqual([found, found, 'accepted/unused'])
  })

  test('that only a rehearsal can find are not reported as unused', () => {
    const ofRehearsal = entry().replace(found, 'syn2mas/non-email-threepids')
    expect(check(ofRehearsal, ofRehearsal).open).toEqual([found, found])
    expect(check(ofRehearsal, '').open).toEqual([found, found, 'accepted/added-here'])
  })

  test('are reported as unused where no rehearsal can find them', () => {
    const misspelled = entry().replace(found, 'syn2mas/non-email-threepid')
    expect(check(misspelled, misspelled).open).toEqual([found, found, 'accepted/unused'])
  })

  test('are reported if the change itself accepts them', () => {
    expect(check(entry(), entry()).open).toEqual([])
    expect(check(entry(), '').open).toEqual(['accepted/added-here'])
    expect(check(entry('until: 2099-01-01'), entry('until: 2027-01-01')).open).toEqual([
      'accepted/added-here',
    ])
  })

  test('about unreadable files cannot be accepted by the same change', () => {
    const broken = { ...repository, 'inventory/group_vars/all.yml': 'a: b: c\n' }
    const text = entry().replace(found, 'inventory/yaml-syntax')
    const ids = (before: string) =>
      openFindings(
        validate({
          inventory: 'inventory/hosts',
          files: memoryFiles({ ...broken, 'accepted-findings.yml': text }),
          base: memoryFiles({ ...repository, 'accepted-findings.yml': before }),
          acceptances: { path: 'accepted-findings.yml', today },
        }).findings,
      ).map(({ id }) => id)
    expect(ids('')).toContain('inventory/yaml-syntax')
    expect(ids('')).toContain('accepted/not-from-this-change')
    expect(ids(text)).not.toContain('inventory/yaml-syntax')
  })

  test.each([
    ['no YAML', 'accepted: [', 1, 12],
    ['a list', '- a\n', 1, 1],
    ['another key', 'findings: []\n', 1, 1],
    ['no reason', `accepted:\n  - id: ${found}\n`, 2, 5],
    ['an empty reason', `accepted:\n  - id: ${found}\n    reason: ""\n`, 3, 13],
    ['a day that is none', entry('until: 2027-02-30'), 4, 12],
    ['a date and time', entry('until: 2027-02-20 10:00:00'), 4, 12],
    ['a key that means nothing', entry('days: 3'), 2, 5],
    ['an id that is none', entry().replace(found, 'Everything'), 2, 9],
    ['Jinja', entry().replace('They leave in May.', '"{{ x }}"'), 3, 13],
    ['a number for a text', entry().replace('They leave in May.', '12'), 3, 13],
    ['too small a ceiling', entry('at-most: 0'), 4, 14],
    ['a vault', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 1, 1],
    ['no UTF-8', '\u0000', 1, 1],
  ])('are empty for a malformed file, and its place is reported: %s', (_, text, line, column) => {
    const { open, accepted, findings } = check(text)
    expect(accepted).toEqual([])
    expect(open).toContain('accepted/malformed')
    const { place } = findings.find(({ id }) => id === 'accepted/malformed') ?? {}
    expect(place).toMatchObject({ file: 'accepted-findings.yml', line, column })
  })

  test.each(['', '---\n', 'accepted:\n', 'accepted: []\n', '# nothing yet\n'])('may be empty: %j', text => {
    expect(check(text).open).toEqual([found, found])
  })
})
