import { schemesVariable as name } from '../../domain/variables.ts'
import type { Host } from '../../inventory/inventory.ts'
import { beforeMigration, inSynapse } from '../facts/extensions.ts'
import {
  argon2id,
  bcrypt,
  firstScheme,
  isPepperVariable,
  pepperVariable,
  schemes,
  synapsePepper,
  variablePepper,
} from '../facts/password-schemes.ts'
import { isUnset, subjectOf } from '../facts/values.ts'
import { lineInto } from '../kit/fix.ts'
import { defineRule, type HostContext, live, prepared, type Violation } from '../kit/rule.ts'

const extended = inSynapse('password_config:', '  pepper: invented')
const withSecret = (secret: string) =>
  `version: 1, algorithm: bcrypt, secret: ${secret}, unicode_normalization: true`

export const passwordPepper = defineRule({
  id: 'mas/password-pepper',
  severity: 'error',
  why: 'Synapse adds its pepper to every password before it hashes it. The `secret` of version 1 must be the same pepper: otherwise MAS rejects every old password, and syn2mas refuses to run. The playbook always sets a pepper in Synapse, even an empty one. For MAS, an empty `secret` is not the same as no `secret`.',
  remedy: `Add \`secret: "{{ ${pepperVariable} }}"\` to version 1, as the playbook does by default.`,
  examples: {
    wrong: [
      schemes('version: 1, algorithm: bcrypt', argon2id),
      schemes(withSecret('invented')),
      `${schemes(withSecret('invented'))}${pepperVariable}: other`,
      `${schemes(withSecret("''"))}${pepperVariable}: invented`,
      prepared + extended,
      `${prepared}${extended}${pepperVariable}: other\n`,
      { base: prepared + extended, vars: live },
      schemes(bcrypt, argon2id) + extended,
      schemes(withSecret("''")) + extended,
    ],
    right: [
      schemes(bcrypt, argon2id),
      schemes(withSecret("''")),
      `${schemes(withSecret('invented'))}${pepperVariable}: invented`,
      `${schemes(withSecret('invented'))}${pepperVariable}: "{{ x }}"`,
      `${schemes(withSecret('"{{ x }}"'))}${pepperVariable}: invented`,
      schemes('version: 1, algorithm: bcrypt, secret_file: /pepper'),
      schemes('version: 1, algorithm: argon2id'),
      `${prepared}${extended}${pepperVariable}: invented\n`,
      schemes(withSecret('invented')).replace(prepared, live),
      { base: prepared + extended, vars: `${live}${pepperVariable}: invented\n` },
      `${prepared}${extended}${pepperVariable}: "{{ x }}"\n`,
      schemes(withSecret('invented')) + extended,
      prepared + inSynapse('password_config:', '  pepper: "{{ x }}"'),
    ],
  },
  check: passwordPepperViolations,
})

export function passwordPepperViolations(context: HostContext): readonly Violation[] {
  const before = beforeMigration(context)
  if (!before) return []
  const { host } = context
  if (isUnset(host, name)) return pepperPastVariable(context, before)
  const first = firstScheme(host)
  const algorithm = first?.part('algorithm')
  if (!first || algorithm?.kind !== 'string' || algorithm.value !== 'bcrypt' || first.part('secret_file'))
    return []
  const secret = first.part('secret')
  if (!secret) {
    const suggestion = lineInto(first.definition, first.value, `secret: "{{ ${pepperVariable} }}"`)
    return [{ message: `version 1 of \`${name}\` has no \`secret\``, place: first.value.place, suggestion }]
  }
  if (isPepperVariable(secret)) return pepperPastVariable(context, before)
  const pepper = synapsePepper(before)
  if (secret.kind !== 'string' || pepper === undefined || secret.value === pepper) return []
  const other = subjectOf(before.variable(pepperVariable))
  return [{ message: `the \`secret\` of version 1 is not ${other}`, place: secret.place }]
}

/** MAS uses the pepper of the variable, but Synapse uses another one from its extension. */
function pepperPastVariable({ host, stage }: HostContext, before: Host): readonly Violation[] {
  const theirs = before.variable(pepperVariable)
  const [synapse, mas] = [synapsePepper(before), variablePepper(host)]
  const isKnown = synapse !== undefined && mas !== undefined
  if (theirs.definition?.inExtension === undefined || !isKnown || synapse === mas) return []
  const message = `${subjectOf(theirs)} is not \`${pepperVariable}\`, which MAS uses`
  const remedy = `Remove the line here, and set \`${pepperVariable}\` to the same value: the playbook passes it to Synapse and to MAS.`
  return [{ message, remedy, place: before === host ? theirs.value?.place : stage.place }]
}
