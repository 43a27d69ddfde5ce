import { isScalar, Scalar } from 'yaml'
import { synapseProvidersVariable } from './source.ts'

/** Kept where it is in a vault or names a variable; the text itself is never repeated but referred to. */
export function clientSecret(value: unknown, index: number): Scalar {
  if (isKept(value)) {
    const kept = new Scalar(value.value)
    Object.assign(kept, { tag: value.tag, type: value.type })
    return kept
  }
  const reference = new Scalar(`{{ ${synapseProvidersVariable}[${index}].client_secret }}`)
  reference.type = Scalar.QUOTE_DOUBLE
  reference.comment = ` give the secret a variable of its own before ${synapseProvidersVariable} goes`
  return reference
}

/** Whether a secret can stand in a proposal as it is. */
export function isKept(value: unknown): value is Scalar {
  return isScalar(value) && (value.tag === '!vault' || isReference(value.value))
}

/** Jinja that names a variable and holds no text of its own. */
export function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[\w\s.[\]|]+\}\}$/.test(value)
}

/** An address with a name and a password before its host, or a secret among its parameters. */
export function holdsCredentials(value: unknown): boolean {
  if (!isScalar(value)) return false
  const address = String(value.value)
  return /:\/\/[^/]*@/.test(address) || /[?&][^=&]*(?:secret|token|passw|key)[^=&]*=/i.test(address)
}
