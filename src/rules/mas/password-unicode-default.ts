import { inProgressVariable } from '../../inventory/desired-stage.ts'
import { beforeMigration } from '../facts/extensions.ts'
import {
  argon2id,
  bcrypt,
  schemesVariable as name,
  pepperVariable,
  schemes,
  schemesOf,
} from '../facts/password-schemes.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import { linesBefore } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const lines = [
  `${name}:`,
  '  - version: 1',
  '    algorithm: bcrypt',
  `    secret: "{{ ${pepperVariable} }}"`,
  '    unicode_normalization: true',
  '  - version: 2',
  '    algorithm: argon2id',
  '    unicode_normalization: true',
]

export const passwordUnicodeDefault = defineRule({
  id: 'mas/password-unicode-default',
  severity: 'warning',
  dialects: ['mas-cli'],
  why: "The playbook's default schemes set `unicode_normalization` only for version 1. MAS rehashes each password at the first login, without normalization. Users with an accent in their password are then locked out on devices that encode the accent in the other form.",
  remedy: `Set \`${name}\` with \`unicode_normalization: true\` in every scheme, in a separate change before the migration. A later fix does not help users who have already logged in.`,
  examples: {
    wrong: [prepared, { base: off, vars: prepared }, { base: prepared, vars: live }],
    right: [
      schemes(bcrypt, argon2id),
      `${prepared}${name}: "{{ my_schemes }}"`,
      {
        vars: prepared,
        checkout: { dialect: 'mas-cli', files: { 'group_vars/matrix_servers': schemes(bcrypt, argon2id) } },
      },
      { vars: prepared, checkout: { dialect: 'syn2mas-tool' } },
      `${prepared}matrix_authentication_service_config_passwords_enabled: false\n`,
      live,
      { base: live, vars: live },
      { base: prepared, vars: schemes(bcrypt, argon2id).replace(prepared, live) },
    ],
  },
  check: context => {
    const { host, stage } = context
    const { state, definition } = host.variable(name)
    const isOwn = definition && !definition.source.startsWith('playbook_')
    if (!beforeMigration(context) || isOwn || (!definition && state !== 'absent')) return []
    if (switchAt(host, 'matrix_authentication_service_config_passwords_enabled').state === 'off') return []
    const known = schemesOf(host)?.schemes
    const isFine = known?.every(({ part }) => {
      const given = part('unicode_normalization')
      return given?.kind === 'boolean' && given.value
    })
    if (known && isFine) return []
    // No fix in the change that migrates: it must change nothing else.
    const deciding = stage.stage === 'prepared' ? host.variable(inProgressVariable).definition : undefined
    const message = `the default of \`${name}\` locks out some passwords with accents`
    return [{ message, place: stage.place, suggestion: linesBefore(deciding, lines) }]
  },
})
