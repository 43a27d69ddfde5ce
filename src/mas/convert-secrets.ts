import { isMap, isScalar, Scalar, type YAMLSeq } from 'yaml'

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

/** A comment may repeat the secret that it is about. */
export function withoutSecrets(text: string, list: YAMLSeq): string {
  const secrets = list.items.flatMap(item => {
    const value = isMap(item) ? item.get('client_secret') : undefined
    return typeof value === 'string' && value.length >= 6 && !isReference(value) ? [value] : []
  })
  const cleaned = (line: string) => {
    const [code = '', ...comment] = line.split('#')
    return [
      code,
      ...secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), comment.join('#')).split('#'),
    ]
  }
  return text
    .split('\n')
    .map(line => (line.includes('#') ? cleaned(line).join('#') : line))
    .join('\n')
}

/** Jinja that names a variable and holds no text of its own. */
function isReference(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[\w\s.[\]|]+\}\}$/.test(value)
}
