import type { Table } from './model.ts'

/** What syn2mas of MAS 1.22 fills: names and types as MAS's own migrations leave them at that version. */
export const users: Table = {
  name: 'users',
  columns:
    'user_id uuid!, username text!, created_at moment!, locked_at moment, can_request_admin flag, is_guest flag, deactivated_at moment',
  primaryKey: 'user_id',
  unique: { users_username_unique: 'username' },
  indexes: {
    users_lower_username_idx: '(lower(username))',
    users_username_trgm_idx: 'USING gin (username gin_trgm_ops)',
  },
}

export const userPasswords: Table = {
  name: 'user_passwords',
  columns:
    'user_password_id uuid!, user_id uuid!, hashed_password text!, created_at moment!, version integer!, upgraded_from_id uuid',
  primaryKey: 'user_password_id',
  indexes: { user_passwords_user_fk: '(user_id)' },
  references: {
    user_passwords_user_id_fkey: 'user_id → users.user_id',
    user_passwords_upgraded_from_id_fkey: 'upgraded_from_id → user_passwords.user_password_id SET NULL',
  },
}

export const userEmails: Table = {
  name: 'user_emails',
  columns: 'user_email_id uuid!, user_id uuid!, email text!, created_at moment!',
  primaryKey: 'user_email_id',
  indexes: {
    user_emails_email_idx: '(email)',
    user_emails_user_fk: '(user_id)',
    user_emails_lower_email_idx: '(lower(email))',
  },
  references: { user_emails_user_id_fkey: 'user_id → users.user_id CASCADE' },
}

export const unsupportedThirdPartyIds: Table = {
  name: 'user_unsupported_third_party_ids',
  columns: 'user_id uuid!, medium text!, address text!, created_at moment!',
  primaryKey: 'user_id, medium, address',
  references: { user_unsupported_third_party_ids_user_id_fkey: 'user_id → users.user_id CASCADE' },
}

export const upstreamLinks: Table = {
  name: 'upstream_oauth_links',
  columns:
    'upstream_oauth_link_id uuid!, upstream_oauth_provider_id uuid!, user_id uuid, subject text!, created_at moment!, human_account_name text',
  primaryKey: 'upstream_oauth_link_id',
  unique: { upstream_oauth_links_subject_unique: 'upstream_oauth_provider_id, subject' },
  indexes: {
    upstream_oauth_links_provider_fk: '(upstream_oauth_provider_id)',
    upstream_oauth_links_user_fk: '(user_id)',
    idx_upstream_oauth_links_orphaned: '(upstream_oauth_link_id) WHERE user_id IS NULL',
    upstream_oauth_links_human_account_name_trgm_idx: 'USING gin (human_account_name gin_trgm_ops)',
  },
  references: {
    upstream_oauth_link_user_fkey: 'user_id → users.user_id',
    upstream_oauth_links_provider_fkey:
      'upstream_oauth_provider_id → upstream_oauth_providers.upstream_oauth_provider_id',
  },
}

export const compatSessions: Table = {
  name: 'compat_sessions',
  columns:
    'compat_session_id uuid!, user_id uuid!, device_id text, created_at moment!, finished_at moment, is_synapse_admin flag, last_active_at moment, last_active_ip inet, user_session_id uuid, user_agent text, human_name text',
  primaryKey: 'compat_session_id',
  indexes: {
    compat_sessions_last_active_at_idx: '(last_active_at)',
    compat_sessions_user_fk: '(user_id) INCLUDE (last_active_at)',
    compat_sessions_user_session_fk: '(user_session_id)',
    compat_sessions_finished_at_idx: '(finished_at) WHERE finished_at IS NOT NULL',
    compat_sessions_inactive_ips_idx:
      '(last_active_at) WHERE last_active_ip IS NOT NULL AND last_active_at IS NOT NULL',
    compat_sessions_active_user_idx: '(user_id) WHERE finished_at IS NULL',
  },
  references: {
    compat_sessions_user_id_fkey: 'user_id → users.user_id',
    compat_sessions_user_session_id_fkey: 'user_session_id → user_sessions.user_session_id',
  },
}

export const compatAccessTokens: Table = {
  name: 'compat_access_tokens',
  columns:
    'compat_access_token_id uuid!, compat_session_id uuid!, access_token text!, created_at moment!, expires_at moment',
  primaryKey: 'compat_access_token_id',
  unique: { compat_access_tokens_access_token_unique: 'access_token' },
  indexes: { compat_access_tokens_session_fk: '(compat_session_id)' },
  references: {
    compat_access_tokens_compat_session_id_fkey: 'compat_session_id → compat_sessions.compat_session_id',
  },
}

export const compatRefreshTokens: Table = {
  name: 'compat_refresh_tokens',
  columns:
    'compat_refresh_token_id uuid!, compat_session_id uuid!, compat_access_token_id uuid!, refresh_token text!, created_at moment!, consumed_at moment',
  primaryKey: 'compat_refresh_token_id',
  unique: { compat_refresh_tokens_refresh_token_unique: 'refresh_token' },
  indexes: {
    compat_refresh_tokens_session_fk: '(compat_session_id)',
    compat_refresh_tokens_access_token_fk: '(compat_access_token_id)',
  },
  references: {
    compat_refresh_tokens_compat_session_id_fkey: 'compat_session_id → compat_sessions.compat_session_id',
    compat_refresh_tokens_compat_access_token_id_fkey:
      'compat_access_token_id → compat_access_tokens.compat_access_token_id',
  },
}
