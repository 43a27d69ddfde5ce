import type { Table } from './model.ts'

/** The tables around accounts that point at what syn2mas writes. */
export const browserTables: readonly Table[] = [
  {
    name: 'user_sessions',
    columns:
      'user_session_id uuid!, user_id uuid!, created_at moment!, finished_at moment, user_agent text, last_active_at moment, last_active_ip inet',
    primaryKey: 'user_session_id',
    references: { user_sessions_user_id_fkey: 'user_id → users.user_id' },
  },
  {
    name: 'user_session_authentications',
    columns:
      'user_session_authentication_id uuid!, user_session_id uuid!, created_at moment!, user_password_id uuid, upstream_oauth_authorization_session_id uuid',
    primaryKey: 'user_session_authentication_id',
    references: {
      user_session_authentications_user_session_id_fkey: 'user_session_id → user_sessions.user_session_id',
      user_session_authentications_user_password_id_fkey:
        'user_password_id → user_passwords.user_password_id SET NULL',
    },
  },
  {
    name: 'compat_sso_logins',
    columns:
      'compat_sso_login_id uuid!, redirect_uri text!, login_token text!, compat_session_id uuid, created_at moment!, fulfilled_at moment, exchanged_at moment, user_session_id uuid',
    primaryKey: 'compat_sso_login_id',
    unique: { compat_sessions_login_token_unique: 'login_token' },
    references: {
      compat_sso_logins_compat_session_id_fkey:
        'compat_session_id → compat_sessions.compat_session_id SET NULL',
    },
  },
  {
    name: 'upstream_oauth_authorization_sessions',
    columns:
      'upstream_oauth_authorization_session_id uuid!, upstream_oauth_provider_id uuid!, upstream_oauth_link_id uuid, state text!, created_at moment!, completed_at moment, consumed_at moment, user_session_id uuid',
    primaryKey: 'upstream_oauth_authorization_session_id',
    references: {
      upstream_oauth_authorization_sessions_link_fkey:
        'upstream_oauth_link_id → upstream_oauth_links.upstream_oauth_link_id',
    },
  },
  {
    name: 'user_terms',
    columns: 'user_terms_id uuid!, user_id uuid!, terms_url text!, created_at moment!',
    primaryKey: 'user_terms_id',
    references: { user_terms_user_id_fkey: 'user_id → users.user_id CASCADE' },
  },
  {
    name: 'user_recovery_sessions',
    columns: 'user_recovery_session_id uuid!, email text!, created_at moment!, consumed_at moment',
    primaryKey: 'user_recovery_session_id',
  },
  {
    name: 'user_recovery_tickets',
    columns:
      'user_recovery_ticket_id uuid!, user_recovery_session_id uuid!, user_email_id uuid!, ticket text!, created_at moment!, expires_at moment!',
    primaryKey: 'user_recovery_ticket_id',
    references: {
      user_recovery_tickets_user_email_id_fkey: 'user_email_id → user_emails.user_email_id CASCADE',
    },
  },
  {
    name: 'user_email_authentications',
    columns:
      'user_email_authentication_id uuid!, user_session_id uuid, email text!, created_at moment!, completed_at moment, user_registration_id uuid',
    primaryKey: 'user_email_authentication_id',
    references: {
      user_email_authentications_user_session_id_fkey:
        'user_session_id → user_sessions.user_session_id SET NULL',
    },
  },
  {
    name: 'user_email_authentication_codes',
    columns:
      'user_email_authentication_code_id uuid!, user_email_authentication_id uuid!, code text!, created_at moment!, expires_at moment!',
    primaryKey: 'user_email_authentication_code_id',
    references: {
      user_email_authentication_codes_authentication_fkey:
        'user_email_authentication_id → user_email_authentications.user_email_authentication_id CASCADE',
    },
  },
  {
    name: 'user_registrations',
    columns:
      'user_registration_id uuid!, username text!, email_authentication_id uuid, hashed_password text, hashed_password_version integer, created_at moment!, completed_at moment',
    primaryKey: 'user_registration_id',
    references: {
      user_registrations_email_authentication_id_fkey:
        'email_authentication_id → user_email_authentications.user_email_authentication_id SET NULL',
    },
  },
]

export const registrationTokens: Table = {
  name: 'user_registration_tokens',
  columns:
    'user_registration_token_id uuid!, token text!, usage_limit integer, times_used integer NOT NULL DEFAULT 0, created_at moment!, last_used_at moment, expires_at moment, revoked_at moment',
  primaryKey: 'user_registration_token_id',
  unique: { user_registration_tokens_token_key: 'token' },
}

/** Work for later: what keeps Synapse's devices like MAS's sessions. */
export const queueJobs: Table = {
  name: 'queue_jobs',
  columns:
    "queue_job_id uuid!, status queue_job_status NOT NULL DEFAULT 'available', created_at moment!, started_at moment, started_by uuid, completed_at moment, queue_name text!, payload jsonb NOT NULL DEFAULT '{}', metadata jsonb NOT NULL DEFAULT '{}', failed_at moment, failed_reason text, attempt integer NOT NULL DEFAULT 0, next_attempt_id uuid, scheduled_at moment, schedule_name text",
  primaryKey: 'queue_job_id',
}

export const queueStatus =
  "CREATE TYPE queue_job_status AS ENUM ('available', 'running', 'completed', 'lost', 'failed', 'scheduled')"
