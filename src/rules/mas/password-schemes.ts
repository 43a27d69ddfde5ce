import { schemesVariable as name, passwordsEnabledVariable } from '../../domain/variables.ts'
import { isOfPlaybook } from '../../inventory/definition.ts'
import { isOpaque } from '../../inventory/value.ts'
import { beforeMigration } from '../facts/extensions.ts'
import { isSetInVain, ownSwitch } from '../facts/overruled.ts'
import {
  argon2id,
  bcrypt,
  firstScheme,
  pepperVariable,
  type Scheme,
  schemes,
  schemesOf,
} from '../facts/password-schemes.ts'
import { missing, switchAt } from '../facts/values.ts'
import { lineInto, linesBefore } from '../kit/fix.ts'
import { defineRule, live, off, prepared, type Violation, vault } from '../kit/rule.ts'

const algorithms = ['bcrypt', 'argon2id', 'pbkdf2']

export const passwordSchemeForm = defineRule({
  id: 'mas/password-scheme-form',
  severity: 'error',
  why: 'MAS does not start with an invalid scheme, or with two schemes of the same version.',
  remedy: `Give each scheme a unique number as its \`version\`, and an \`algorithm\`: ${algorithms.join(', ')}.`,
  examples: {
    wrong: [
      schemes(bcrypt, argon2id.replace('version: 2', 'version: 1')),
      schemes(bcrypt, argon2id.replace('version: 2', 'version: "2"')),
      schemes(bcrypt, 'algorithm: argon2id'),
      schemes(bcrypt, 'version: 2, algorithm: scrypt'),
      schemes(bcrypt, 'version: 2'),
      schemes(bcrypt, 'version: 2, algorithm: argon2id, secret: 123456'),
      schemes(bcrypt, 'version: 70000, algorithm: argon2id'),
      `${schemes(bcrypt)}`.replace(/:\n {2}- [\s\S]*/, ': []'),
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(bcrypt, 'version: "{{ v }}", algorithm: "{{ a }}"'),
      schemes(bcrypt, 'version: 2, algorithm: pbkdf2, secret: invented'),
      `${name}: []`,
    ],
  },
  check: ({ host }) => {
    const schemes = schemesOf(host)
    if (!schemes || isOfPlaybook(schemes.definition)) return []
    const { schemes: all, definition } = schemes
    if (all.length === 0) return [{ message: `\`${name}\` is empty`, place: definition.value.place }]
    const seen = new Set<bigint>()
    return all.flatMap((scheme, index) => {
      const violations = partsOf(scheme, `scheme ${index + 1} of \`${name}\``)
      const { version } = scheme
      if (version === undefined) return violations
      const again = seen.has(version)
      seen.add(version)
      const place = scheme.part('version')?.place ?? scheme.value.place
      return again
        ? [...violations, { message: `version ${version} appears twice in \`${name}\``, place }]
        : violations
    })
  },
})

function partsOf({ value, part }: Scheme, subject: string): Violation[] {
  const [version, algorithm, secret] = [part('version'), part('algorithm'), part('secret')]
  const violations: Violation[] = []
  const isNumber = version?.kind === 'integer' && version.value >= 0n && version.value <= 65535n
  if (!isNumber && !isHidden(version)) {
    violations.push({
      message: `${subject} has no number as its \`version\``,
      place: (version ?? value).place,
    })
  }
  const isKnown = algorithm?.kind === 'string' && algorithms.includes(algorithm.value)
  if (!isKnown && !isHidden(algorithm)) {
    violations.push({
      message: `${subject} has no \`algorithm\` that MAS supports`,
      place: (algorithm ?? value).place,
    })
  }
  if (secret && secret.kind !== 'string' && !isHidden(secret)) {
    violations.push({
      message: `the \`secret\` of ${subject} is not a string: put it in quotes`,
      place: secret.place,
    })
  }
  return violations
}

function isHidden(part: Scheme['value'] | undefined): boolean {
  return part !== undefined && isOpaque(part)
}

export const passwordSchemeBcrypt = defineRule({
  id: 'mas/password-scheme-bcrypt',
  severity: 'error',
  why: 'Synapse hashes passwords with bcrypt, and syn2mas stores them as version 1. It refuses to run if version 1 is missing or uses another algorithm, because migrated passwords would not work.',
  remedy:
    'Keep version 1 with `algorithm: bcrypt` and the pepper of Synapse permanently. MAS uses the scheme with the highest version for new passwords.',
  examples: {
    wrong: [
      schemes('version: 1, algorithm: argon2id'),
      schemes(argon2id),
      schemes(argon2id, bcrypt.replace('version: 1', 'version: 3')),
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(argon2id, bcrypt),
      schemes('version: 1, algorithm: "{{ a }}"'),
      schemes('version: "{{ v }}", algorithm: bcrypt'),
      `${name}: []`,
    ],
  },
  check: ({ host }) => {
    const all = schemesOf(host)
    if (!all || all.schemes.length === 0) return []
    const first = firstScheme(host)
    if (first) {
      const algorithm = first.part('algorithm')
      if (algorithm?.kind !== 'string' || algorithm.value === 'bcrypt') return []
      return [{ message: `version 1 of \`${name}\` is not bcrypt`, place: algorithm.place }]
    }
    if (all.schemes.some(({ version }) => version === undefined)) return []
    return [{ message: `\`${name}\` has no version 1`, place: all.definition.namePlace }]
  },
})

const without = (scheme: string) => scheme.replace(', unicode_normalization: true', '')

export const passwordUnicode = defineRule({
  id: 'mas/password-unicode',
  severity: 'warning',
  dialects: ['mas-cli'],
  why: 'Devices encode é in two forms. Synapse normalises them before it hashes a password. MAS does so only for schemes with `unicode_normalization`, and it rehashes each password with the highest scheme at the first login. If a scheme lacks the setting, users with accents in their password are locked out on devices that send the other form.',
  remedy: 'Add `unicode_normalization: true` to every scheme.',
  examples: {
    wrong: [
      schemes(without(bcrypt), argon2id),
      schemes(bcrypt, without(argon2id)),
      schemes(without(bcrypt), without(argon2id)),
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(bcrypt, `${without(argon2id)}, unicode_normalization: "{{ x }}"`),
      { vars: schemes(without(bcrypt)), checkout: { dialect: 'syn2mas-tool' } },
    ],
  },
  check: ({ host }) => {
    const all = schemesOf(host)
    if (!all || isOfPlaybook(all.definition)) return []
    return all.schemes.flatMap(({ value, part }, index) => {
      const given = part('unicode_normalization')
      if (given && (given.kind !== 'boolean' || given.value)) return []
      const message = `scheme ${index + 1} of \`${name}\` has no \`unicode_normalization: true\``
      const suggestion = given ? undefined : lineInto(all.definition, value, 'unicode_normalization: true')
      return [{ message, place: (given ?? value).place, suggestion }]
    })
  },
})

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
  remedy: `Set \`${name}\` with \`unicode_normalization: true\` in every scheme. Do this before the change that migrates, for example in the prepare pull request. A later fix does not help users who have already logged in.`,
  examples: {
    wrong: [
      prepared,
      { base: off, vars: prepared },
      { base: prepared, vars: live },
      { vars: prepared, files: vault },
    ],
    right: [
      schemes(bcrypt, argon2id),
      `${prepared}${name}: "{{ my_schemes }}"`,
      {
        vars: prepared,
        checkout: { dialect: 'mas-cli', files: { 'group_vars/matrix_servers': schemes(bcrypt, argon2id) } },
      },
      { vars: prepared, checkout: { dialect: 'syn2mas-tool' } },
      {
        vars: prepared,
        files: { 'inventory/group_vars/all.yml': schemes(bcrypt, argon2id).replace(prepared, '') },
      },
      `${prepared}matrix_authentication_service_config_passwords_enabled: false\n`,
      live,
      { base: live, vars: live },
      { base: prepared, vars: schemes(bcrypt, argon2id).replace(prepared, live) },
    ],
  },
  check: context => {
    const { host, stage, repository } = context
    const unset = missing(host, name)
    if (!beforeMigration(context) || !unset) return []
    if (isSetInVain(host, name)) return []
    if (switchAt(host, passwordsEnabledVariable).state === 'off') return []
    const known = schemesOf(host)?.schemes
    const isFine = known?.every(({ part }) => {
      const given = part('unicode_normalization')
      return given?.kind === 'boolean' && given.value
    })
    if (known && isFine) return []
    // No fix in the change that migrates: it must change nothing else.
    const own = stage.stage === 'prepared' ? ownSwitch(host) : undefined
    const message = `the default of \`${name}\` locks out some passwords with accents`
    const suggestion = unset.unlessIn ? undefined : linesBefore(own, lines, repository.files)
    return [{ message, place: own?.value.place ?? stage.place, suggestion, ...unset }]
  },
})
