import {
  argon2id,
  bcrypt,
  schemesVariable as name,
  type Scheme,
  schemes,
  schemesOf,
} from '../facts/password-schemes.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

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
    if (!schemes || schemes.definition.source.startsWith('playbook_')) return []
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
  return part?.kind === 'unknown' || part?.kind === 'vault'
}
