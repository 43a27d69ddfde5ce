/** One value of the Node tool's option `--upstreamProviderMapping`. */
export interface ProviderMapping {
  /** The value in Synapse's `user_external_ids.auth_provider`, such as `oidc-keycloak`. */
  readonly authProvider: string
  /** MAS's id of the provider, a ULID. */
  readonly ulid: string
}

export interface MappingProblem {
  readonly kind: 'not-a-mapping' | 'not-a-ulid' | 'missing-prefix' | 'duplicate'
  /** The mapping with the missing prefix added, where that is what is wrong. */
  readonly right?: string
}

const option = '--upstreamProviderMapping'
/** Crockford's base 32, as MAS's schema requires for `upstream_oauth2.providers[].id`. */
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

/**
 * The name under which Synapse stores links to a provider: `oidc-` plus `idp_id`, or `oidc` without an `idp_id`
 * (synapse/config/oidc.py prefixes every `idp_id` except that of the legacy `oidc_config`).
 */
export function authProviderOf(idpId: string | undefined): string {
  return idpId === undefined || idpId === 'oidc' ? 'oidc' : `oidc-${idpId}`
}

export function isUlid(text: string): boolean {
  return ulidPattern.test(text)
}

/** The entries for `matrix_authentication_service_syn2mas_process_extra_arguments`, one per provider. */
export function mappingArguments(mappings: readonly ProviderMapping[]): string[] {
  return mappings.map(({ authProvider, ulid }) => `${option} ${authProvider}:${ulid}`)
}

/**
 * Reads the mappings from `matrix_authentication_service_syn2mas_process_extra_arguments`, whose entries the playbook joins
 * with spaces. Other arguments are ignored.
 */
export function readMappingArguments(extraArguments: readonly string[]): {
  mappings: ProviderMapping[]
  problems: MappingProblem[]
} {
  const words = extraArguments.join(' ').split(/\s+/).filter(Boolean)
  const values = words.flatMap((word, index) => {
    if (word === option) return [words[index + 1] ?? '']
    return word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : []
  })
  const mappings: ProviderMapping[] = []
  const problems: MappingProblem[] = []
  for (const argument of values) {
    const [authProvider, ulid, ...rest] = argument.split(':')
    if (!authProvider || !ulid || rest.length > 0) problems.push({ kind: 'not-a-mapping' })
    else if (!isUlid(ulid)) problems.push({ kind: 'not-a-ulid' })
    else if (mappings.some(known => known.authProvider === authProvider)) problems.push({ kind: 'duplicate' })
    else {
      if (authProvider !== 'oidc' && !/^(?:oidc-|saml$|cas$)/.test(authProvider)) {
        problems.push({ kind: 'missing-prefix', right: `${option} oidc-${argument}` })
      }
      mappings.push({ authProvider, ulid })
    }
  }
  return { mappings, problems }
}
