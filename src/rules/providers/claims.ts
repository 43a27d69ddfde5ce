import { isOpaque, type Value, valueAt } from '../../inventory/value.ts'
import { eachProvider, type Provider, providerList, whole } from '../facts/providers.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const claims = (...lines: readonly string[]) =>
  providerList(...whole, 'claims_imports:', ...lines.map(line => `  ${line}`))

export const providerClaims = defineRule({
  id: 'providers/claims',
  severity: 'error',
  why: 'MAS does not start if claims contradict each other. Without a confirmation page, a claim cannot be only suggested. A conflict with an existing account can be handled only if the local part is forced.',
  remedy:
    'With `skip_confirmation: true`, set `localpart.action: require`, and do not set `email.action` or `displayname.action` to `suggest`. With `localpart.on_conflict` other than `fail`, set `localpart.action` to `force` or `require`.',
  examples: {
    wrong: [
      claims('skip_confirmation: true'),
      claims('skip_confirmation: true', 'localpart: {action: force}'),
      claims('skip_confirmation: true', 'localpart: {action: require}', 'email: {action: suggest}'),
      claims('localpart: {on_conflict: add}'),
      claims('localpart: {on_conflict: set, action: suggest}'),
    ],
    right: [
      claims('skip_confirmation: false'),
      claims('skip_confirmation: true', 'localpart: {action: require}', 'email: {action: force}'),
      claims('localpart: {on_conflict: add, action: force}'),
      claims('localpart: {on_conflict: fail}'),
      claims('localpart: {on_conflict: add, action: "{{ action }}"}'),
    ],
  },
  check: ({ host }) => eachProvider(host).flatMap(violationsOf),
})

/** Follows `validate` of `crates/config/src/sections/upstream_oauth2.rs`. The default action is `ignore`. */
function violationsOf({ name, part }: Provider): Violation[] {
  const claims = part('claims_imports')
  if (claims?.kind !== 'map') return []
  const violations: Violation[] = []
  const add = (message: string, { place }: Value) => violations.push({ message, place })
  const localpart = actionOf(claims, 'localpart')
  const skip = valueAt(claims, 'skip_confirmation')
  if (skip?.kind === 'boolean' && skip.value) {
    if (localpart !== undefined && localpart !== 'require') {
      add(`\`localpart.action\` of ${name} must be \`require\` with \`skip_confirmation\``, skip)
    }
    for (const claim of ['email', 'displayname'].filter(claim => actionOf(claims, claim) === 'suggest')) {
      add(`\`${claim}.action\` of ${name} cannot be \`suggest\` with \`skip_confirmation\``, skip)
    }
  }
  const conflict = valueAt(claims, 'localpart', 'on_conflict')
  const mayConflict = localpart === undefined || localpart === 'force' || localpart === 'require'
  if (conflict?.kind === 'string' && conflict.value !== 'fail' && !mayConflict) {
    add(`\`localpart.on_conflict\` of ${name} needs the action \`force\` or \`require\``, conflict)
  }
  return violations
}

/** The action of a claim; `undefined` if it is Jinja or in a vault. */
function actionOf(claimsImports: Value, claim: string): string | undefined {
  const whole = valueAt(claimsImports, claim)
  const action = valueAt(whole, 'action')
  if (action?.kind === 'string') return action.value
  return [whole, action].some(value => value && isOpaque(value)) ? undefined : 'ignore'
}
