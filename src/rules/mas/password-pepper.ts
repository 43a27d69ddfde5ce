import { lineInto, withFix } from '../fix.ts'
import { defineRule, type HostContext, type Offence } from '../rule.ts'
import { isUnset, plainText } from '../values.ts'
import {
  argon2id,
  bcrypt,
  firstScheme,
  schemesVariable as name,
  pepperVariable,
  schemes,
} from './password-schemes.ts'

const withSecret = (secret: string) =>
  `version: 1, algorithm: bcrypt, secret: ${secret}, unicode_normalization: true`

export const passwordPepper = defineRule({
  id: 'mas/password-pepper',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'Synapse adds its pepper to every password before it hashes it. Without the same one as the `secret` of version 1 MAS finds every old password wrong; syn2mas refuses to run. The playbook always gives Synapse a pepper, an empty one where none is set, and an empty `secret` is not the same as none.',
  remedy: `Write \`secret: "{{ ${pepperVariable} }}"\` into version 1, as the playbook does itself.`,
  examples: {
    wrong: [
      schemes('version: 1, algorithm: bcrypt', argon2id),
      schemes(withSecret('invented')),
      `${schemes(withSecret('invented'))}${pepperVariable}: other`,
      `${schemes(withSecret("''"))}${pepperVariable}: invented`,
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(withSecret("''")),
      `${schemes(withSecret('invented'))}${pepperVariable}: invented`,
      `${schemes(withSecret('invented'))}${pepperVariable}: "{{ x }}"`,
      `${schemes(withSecret('"{{ x }}"'))}${pepperVariable}: invented`,
      schemes('version: 1, algorithm: bcrypt, secret_file: /pepper'),
      schemes('version: 1, algorithm: argon2id'),
    ],
  },
  check: offences,
})

function offences({ host }: HostContext): readonly Offence[] {
  const first = firstScheme(host)
  const algorithm = first?.part('algorithm')
  if (!first || algorithm?.kind !== 'string' || algorithm.value !== 'bcrypt' || first.part('secret_file'))
    return []
  const secret = first.part('secret')
  if (!secret) {
    const fix = lineInto(first.definition, first.value, `secret: "{{ ${pepperVariable} }}"`)
    return [
      { message: `version 1 of \`${name}\` has no \`secret\``, place: first.value.place, ...withFix(fix) },
    ]
  }
  const pepper = isUnset(host, pepperVariable) ? '' : plainText(host, pepperVariable)?.text
  if (secret.kind !== 'string' || pepper === undefined || secret.value === pepper) return []
  return [{ message: `the \`secret\` of version 1 is not \`${pepperVariable}\``, place: secret.place }]
}
