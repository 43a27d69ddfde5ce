const provider = [
  'enabled',
  'id',
  'synapse_idp_id',
  'issuer',
  'human_name',
  'brand_name',
  'client_id',
  'client_secret',
  'client_secret_file',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'sign_in_with_apple',
  'id_token_signed_response_alg',
  'scope',
  'discovery_mode',
  'pkce_method',
  'fetch_userinfo',
  'userinfo_signed_response_alg',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'response_mode',
  'additional_authorization_parameters',
  'forward_login_hint',
  'on_backchannel_logout',
  'registration_token_required',
  'claims_imports',
]
const claimsImports = ['subject', 'account_name', 'skip_confirmation', 'localpart', 'displayname', 'email']
const claim = ['template', 'action', 'on_conflict']

/** The keys that the schema of upstream providers allows at a place, for suggestions. */
export function keysAt(instancePath: string): readonly string[] {
  const [, ...path] = instancePath.split('/').slice(1)
  if (path.length === 0) return provider
  if (path[0] !== 'claims_imports') return []
  return path.length === 1 ? claimsImports : claim
}
