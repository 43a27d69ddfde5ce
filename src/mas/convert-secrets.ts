import { isMap, isScalar, Scalar, type YAMLSeq } from 'yaml'
import { createMasker, maskText } from '../support/redaction.ts'

export const synapseProvidersVariable = 'matrix_synapse_oidc_providers'

/** Kept where it is in a vault or names a variable; the text itself is never repeated, nor a comment beside it. */
export function clientSecret(value: unknown, index: number): Scalar {
  if (isScalar(value) && (value.tag === '!vault' || isReference(value.value))) {
    const kept = new Scalar(value.value)
    Object.assign(kept, { tag: value.tag, type: value.type })
    return kept
  }
  const reference = new Scalar(`{{ ${synapseProvidersVariable}[${index}].client_secret }}`)
  reference.type = Scalar.QUOTE_DOUBLE
  reference.comment = ` move the secret itself here before ${synapseProvidersVariable} goes`
  return reference
}

/** A comment may repeat the secret that it is about, or hold an older one: a proposal is shown to people. */
export function withoutSecrets(text: string, list: YAMLSeq): string {
  const { mask } = createMasker(
    list.items.flatMap(item => {
      const value = isMap(item) ? item.get('client_secret') : undefined
      return typeof value === 'string' && !isReference(value) ? [value] : []
    }),
  )
  return text.replaceAll(
    /(^|[ \t])#(.*)$/gm,
    (_, before: string, comment: string) => `${before}#${maskTokens(mask(comment))}`,
  )
}

/** Long words of letters and digits, such as keys that no name stands before. Addresses stay. */
function maskTokens(comment: string): string {
  return comment.replaceAll(/\S{16,}/g, word =>
    /\d/.test(word) && /[A-Za-z]/.test(word) && !word.includes('://') ? maskText : word,
  )
}

/** Jinja that names a variable and holds no text of its own. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[\w\s.[\]|]+\}\}$/.test(value)
}
