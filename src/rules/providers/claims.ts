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
  const all = part('claims_imports')
  if (all?.kind !== 'map') return []
  const violations: Violation[] = []
  const skip = valueAt(all, 'skip_confirmation')
  if (skip?.kind === 'boolean' && skip.value) {
    if (isOther(actionOf(all, 'localpart'), ['require'])) {
      violations.push({
        message: `\`localpart.action\` of ${name} must be \`require\` with \`skip_confirmation\``,
        place: skip.place,
      })
    }
    for (const claim of ['email', 'displayname']) {
      const action = actionOf(all, claim)
      if (typeof action === 'string' && action === 'suggest') {
        violations.push({
          message: `\`${claim}.action\` of ${name} cannot be \`suggest\` with \`skip_confirmation\``,
          place: skip.place,
        })
      }
    }
  }
  const conflict = valueAt(all, 'localpart', 'on_conflict')
  if (
    conflict?.kind === 'string' &&
    conflict.value !== 'fail' &&
    isOther(actionOf(all, 'localpart'), ['force', 'require'])
  ) {
    violations.push({
      message: `\`localpart.on_conflict\` of ${name} needs the action \`force\` or \`require\``,
      place: conflict.place,
    })
  }
  return violations
}

/** The action of a claim; `isUnknown` if it is Jinja or in a vault. */
function actionOf(claimsImports: Value, claim: string): string | { readonly isUnknown: true } {
  const whole = valueAt(claimsImports, claim)
  const action = valueAt(claimsImports, claim, 'action')
  if (action?.kind === 'string') return action.value
  const isHidden = [whole, action].some(value => value && isOpaque(value))
  return isHidden ? { isUnknown: true } : 'ignore'
}

function isOther(action: ReturnType<typeof actionOf>, allowed: readonly string[]): boolean {
  return typeof action === 'string' && !allowed.includes(action)
}
