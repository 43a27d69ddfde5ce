import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Section } from '../yaml-values.ts'
import type { Context } from './context.ts'
import type { Reply } from './respond.ts'

/** `/.well-known/openid-configuration`: where things would be. Synapse reads `issuer`, `account_management_uri` and the introspection endpoint. */
export function openidConfiguration({ http, era }: Context): Reply {
  const at = (path: string) => new URL(path, http.publicBase).href
  const methods = [
    'client_secret_basic',
    'client_secret_post',
    'client_secret_jwt',
    'private_key_jwt',
    'none',
  ]
  return {
    status: 200,
    body: {
      issuer: http.issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('oauth2/token'),
      jwks_uri: at('oauth2/keys.json'),
      registration_endpoint: at('oauth2/registration'),
      introspection_endpoint: at('oauth2/introspect'),
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint: at('oauth2/revoke'),
      userinfo_endpoint: at('oauth2/userinfo'),
      device_authorization_endpoint: at('oauth2/device'),
      scopes_supported: ['openid', 'email'],
      response_types_supported: ['code', 'id_token', 'code id_token'],
      response_modes_supported: ['form_post', 'query', 'fragment'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_methods_supported: methods,
      code_challenge_methods_supported: ['plain', 'S256'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...(era === '1.22' ? { prompt_values_supported: ['login'] } : {}),
      account_management_uri: at('account/'),
    },
  }
}

function publicKey(values: Section): Record<string, unknown> | undefined {
  const file = values.text('key_file')
  const pem = file === undefined ? values.text('key') : readFileSync(file, 'utf8')
  if (pem === undefined) return undefined
  const key = createPublicKey(pem).export({ format: 'jwk' })
  const kid = values.text('kid')
  return { ...key, use: 'sig', ...(kid === undefined ? {} : { kid }) }
}

/** `/oauth2/keys.json`: the public halves of the signing keys, with which the stand-in signs nothing. */
export function keys({ secrets }: Context): Reply {
  const found = secrets.list('keys').map(publicKey)
  return { status: 200, body: { keys: found.filter(key => key !== undefined) } }
}
