import type { Table } from './model.ts'

/** Providers and clients, which `config sync` fills. */
export const providers: Table = {
  name: 'upstream_oauth_providers',
  columns: [
    'upstream_oauth_provider_id uuid!, issuer text, scope text!, client_id text!, encrypted_client_secret text',
    "token_endpoint_signing_alg text, token_endpoint_auth_method text!, created_at moment!, claims_imports jsonb NOT NULL DEFAULT '{}'",
    'jwks_uri_override text, authorization_endpoint_override text, token_endpoint_override text',
    "discovery_mode text NOT NULL DEFAULT 'oidc', pkce_mode text NOT NULL DEFAULT 'auto', human_name text, brand_name text",
    "additional_parameters jsonb, disabled_at moment, response_mode text DEFAULT 'query', fetch_userinfo flag",
    "userinfo_endpoint_override text, id_token_signed_response_alg text NOT NULL DEFAULT 'RS256', userinfo_signed_response_alg text",
    "ui_order integer NOT NULL DEFAULT 0, forward_login_hint flag, on_backchannel_logout text NOT NULL DEFAULT 'do_nothing'",
    'registration_token_required flag',
  ].join(', '),
  primaryKey: 'upstream_oauth_provider_id',
}

export const clients: Table = {
  name: 'oauth2_clients',
  columns: [
    'oauth2_client_id uuid!, encrypted_client_secret text, grant_type_authorization_code boolean!, grant_type_refresh_token boolean!',
    'client_name text, logo_uri text, client_uri text, policy_uri text, tos_uri text, jwks_uri text, jwks jsonb',
    'id_token_signed_response_alg text, token_endpoint_auth_method text, token_endpoint_auth_signing_alg text',
    "initiate_login_uri text, userinfo_signed_response_alg text, created_at moment, is_static flag, redirect_uris text[] NOT NULL DEFAULT '{}'",
    "application_type text, contacts text[] NOT NULL DEFAULT '{}', grant_type_client_credentials flag, grant_type_device_code flag",
    'metadata_digest text',
  ].join(', '),
  primaryKey: 'oauth2_client_id',
}

/** The stand-in grants nothing by OAuth: these are there because a dry run empties them with the rest. */
export const oauthTables: readonly Table[] = [
  {
    name: 'oauth2_sessions',
    columns:
      'oauth2_session_id uuid!, user_session_id uuid, oauth2_client_id uuid!, created_at moment!, finished_at moment, user_id uuid, scope_list text[]!, last_active_at moment, last_active_ip inet, user_agent text, human_name text',
    primaryKey: 'oauth2_session_id',
    references: {
      oauth2_sessions_oauth2_client_id_fkey: 'oauth2_client_id → oauth2_clients.oauth2_client_id',
      oauth2_sessions_user_id_fkey: 'user_id → users.user_id CASCADE',
      oauth2_sessions_user_session_id_fkey: 'user_session_id → user_sessions.user_session_id',
    },
  },
  {
    name: 'oauth2_access_tokens',
    columns:
      'oauth2_access_token_id uuid!, oauth2_session_id uuid!, access_token text!, created_at moment!, expires_at moment, revoked_at moment, first_used_at moment',
    primaryKey: 'oauth2_access_token_id',
    references: {
      oauth2_access_tokens_oauth2_session_id_fkey: 'oauth2_session_id → oauth2_sessions.oauth2_session_id',
    },
  },
  {
    name: 'oauth2_refresh_tokens',
    columns:
      'oauth2_refresh_token_id uuid!, oauth2_session_id uuid!, oauth2_access_token_id uuid, refresh_token text!, created_at moment!, consumed_at moment, revoked_at moment',
    primaryKey: 'oauth2_refresh_token_id',
    references: {
      oauth2_refresh_tokens_oauth2_session_id_fkey: 'oauth2_session_id → oauth2_sessions.oauth2_session_id',
    },
  },
  {
    name: 'oauth2_authorization_grants',
    columns:
      'oauth2_authorization_grant_id uuid!, oauth2_client_id uuid!, oauth2_session_id uuid, scope text!, created_at moment!, user_session_id uuid',
    primaryKey: 'oauth2_authorization_grant_id',
    references: { tbl_oauth2_session_fkey: 'oauth2_session_id → oauth2_sessions.oauth2_session_id' },
  },
  {
    name: 'oauth2_device_code_grant',
    columns:
      'oauth2_device_code_grant_id uuid!, oauth2_client_id uuid!, scope text!, created_at moment!, oauth2_session_id uuid, user_session_id uuid',
    primaryKey: 'oauth2_device_code_grant_id',
    references: {
      oauth2_device_code_grant_oauth2_session_id_fkey:
        'oauth2_session_id → oauth2_sessions.oauth2_session_id CASCADE',
    },
  },
]

export const personalTables: readonly Table[] = [
  {
    name: 'personal_sessions',
    columns:
      'personal_session_id uuid!, owner_user_id uuid, owner_oauth2_client_id uuid, actor_user_id uuid!, human_name text!, scope_list text[]!, created_at moment!, revoked_at moment, last_active_at moment, last_active_ip inet',
    primaryKey: 'personal_session_id',
    references: {
      personal_sessions_owner_user_id_fkey: 'owner_user_id → users.user_id',
      personal_sessions_actor_user_id_fkey: 'actor_user_id → users.user_id',
    },
  },
  {
    name: 'personal_access_tokens',
    columns:
      'personal_access_token_id uuid!, personal_session_id uuid!, access_token_sha256 bytea!, created_at moment!, expires_at moment, revoked_at moment',
    primaryKey: 'personal_access_token_id',
    references: {
      personal_access_tokens_personal_session_id_fkey:
        'personal_session_id → personal_sessions.personal_session_id',
    },
  },
]
