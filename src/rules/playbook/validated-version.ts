import { domainVariable } from '../../domain/variables.ts'
import { missing } from '../facts/values.ts'
import { validatedVersionVariable } from '../facts/variables.ts'
import { defineRule, type ExampleCheckout, type HostContext, type Violation, vault } from '../kit/rule.ts'

const name = validatedVersionVariable
const checkout: ExampleCheckout = {
  dialect: 'mas-cli',
  files: {
    'roles/custom/matrix_playbook_migration/defaults/main.yml': `${name}: ''
matrix_playbook_migration_expected_version: "v2026.05.18.0"
matrix_playbook_migration_breaking_changes:
  - version: "v2026.05.18.0"
    summary: "The newest change"
  - version: "v2026.04.24.0"
    summary: "An older change"
`,
  },
}

export const validatedVersion = defineRule({
  id: 'playbook/validated-version',
  severity: 'error',
  stages: ['off', 'prepared', 'live', 'unknown'],
  needs: 'checkout',
  why: 'The playbook first checks which breaking changes you have confirmed. It stops if a newer one is missing.',
  remedy: 'Read the changes in CHANGELOG.md of the playbook, and adapt the vars. Then set that version.',
  examples: {
    wrong: [
      { vars: 'matrix_domain: example.test', checkout },
      { vars: `${name}: ''`, checkout },
      { vars: `${name}: v2026.04.24.0`, checkout },
      { vars: 'matrix_domain: example.test', files: vault, checkout },
    ],
    right: [
      { vars: `${name}: v2026.05.18.0`, checkout },
      { vars: `${name}: "v2026.06.01.0"`, checkout },
      { vars: `${name}: "{{ matrix_playbook_migration_expected_version }}"`, checkout },
      { vars: 'matrix_domain: example.test', checkout: { dialect: 'syn2mas-tool', files: {} } },
      { files: { 'inventory/hosts': '[matrix_servers]\n[other]\na.test\n' }, checkout },
      'matrix_domain: example.test',
    ],
  },
  check: context => {
    const required = context.checkout?.variables?.migrationVersion()
    return required ? violations(context, required) : []
  },
})

/**
 * Versions are compared as text, as `tasks/validate_migration_version.yml` of the playbook does. The new line is no suggestion that can
 * be applied unread: it confirms that somebody has read the changes.
 */
function violations({ host }: HostContext, expected: string): readonly Violation[] {
  const { value } = host.variable(name)
  const ifMissing = missing(host, name)
  if (ifMissing) {
    const place = host.variable(domainVariable).definition?.namePlace ?? host.place
    const message = `\`${name}\` is not set; the playbook requires ${expected}`
    return [{ message, place, ...ifMissing, remedy: remedyFor('', expected) }]
  }
  if (value?.kind !== 'string' || value.value >= expected) return []
  const message = `\`${name}\` is older than ${expected}, which the playbook requires`
  return [{ message, place: value.place, remedy: remedyFor(value.value, expected) }]
}

/** The headings of CHANGELOG.md are dates, and a version begins with one. */
function remedyFor(confirmed: string, expected: string): string {
  const [, ...date] = /^v(\d{4})\.(\d\d)\.(\d\d)\b/.exec(confirmed) ?? []
  const since = date.length === 3 ? ` from ${date.join('-')} on` : ''
  return `Read CHANGELOG.md of the playbook${since}, and adapt the vars. Then set \`${name}: "${expected}"\`.`
}
