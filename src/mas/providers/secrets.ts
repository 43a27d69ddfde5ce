import { isScalar, Scalar } from 'yaml'
import type { ListSource } from './list-source.ts'

/** Copies a secret that is in a vault or names a variable. Replaces any other by a reference. */
export function clientSecret(value: unknown, index: number, { variable, list }: ListSource): Scalar {
  if (isKept(value)) {
    const kept = new Scalar(value.value)
    Object.assign(kept, { tag: value.tag, type: value.type })
    return kept
  }
  const reference = new Scalar(`{{ ${list}[${index}].client_secret }}`)
  reference.type = Scalar.QUOTE_DOUBLE
  reference.comment = ` move the secret to its own variable before you remove ${variable === list ? variable : `the provider from ${variable}`}`
  return reference
}

/** Whether a proposed change may show the value as it is. */
export function isKept(value: unknown): value is Scalar {
  return isScalar(value) && (value.tag === '!vault' || isReference(value.value))
}

/** Jinja that only names a variable. */
export function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[\w\s.[\]|]+\}\}$/.test(value)
}

/** A URL with a user name and password, or with a secret in its query. */
export function holdsCredentials(value: unknown): boolean {
  if (!isScalar(value)) return false
  const address = String(value.value)
  const [, ...query] = address.split(/[?&]/)
  const names = query.map(part => part.slice(0, Math.max(0, part.indexOf('='))))
  return /:\/\/[^/]*@/.test(address) || names.some(name => /secret|token|passw|key/i.test(name))
}
