import type { Era } from '../era.ts'
import * as accounts from './accounts.ts'
import { statements, type Table } from './model.ts'
import { clients, oauthTables, personalTables, providers } from './oauth.ts'
import { browserTables, queueJobs, queueStatus, registrationTokens } from './service.ts'

const today: readonly Table[] = [
  providers,
  clients,
  accounts.users,
  accounts.userPasswords,
  accounts.userEmails,
  accounts.unsupportedThirdPartyIds,
  accounts.upstreamLinks,
  accounts.compatSessions,
  accounts.compatAccessTokens,
  accounts.compatRefreshTokens,
  ...browserTables,
  ...oauthTables,
  ...personalTables,
  registrationTokens,
  queueJobs,
]

const addedLater = new Set([
  'user_unsupported_third_party_ids',
  'personal_sessions',
  'personal_access_tokens',
  'user_registration_tokens',
])

/** What v0.13 has otherwise, by table: the Node tool `@vector-im/syn2mas` 0.15.0 writes into these columns. */
const then: Readonly<Record<string, Partial<Table>>> = {
  users: {
    columns:
      'user_id uuid!, username text!, created_at moment!, primary_user_email_id uuid, locked_at moment, can_request_admin flag',
    indexes: {},
  },
  user_emails: {
    columns: 'user_email_id uuid!, user_id uuid!, email text!, created_at moment!, confirmed_at moment',
    indexes: {},
  },
  user_passwords: { indexes: {} },
  upstream_oauth_links: { indexes: {} },
  compat_sessions: {
    columns:
      'compat_session_id uuid!, user_id uuid!, device_id text!, created_at moment!, finished_at moment, is_synapse_admin flag, last_active_at moment, last_active_ip inet, user_session_id uuid, user_agent text',
    indexes: {
      compat_sessions_last_active_at_idx: '(last_active_at)',
      compat_sessions_user_id_last_active_at: '(user_id, last_active_at)',
    },
  },
  compat_access_tokens: { indexes: {} },
  compat_refresh_tokens: { indexes: {} },
  upstream_oauth_providers: {
    columns: providers.columns.replace(/, ui_order .*/, ''),
  },
}

/** The tables of one era. */
export function tablesOf(era: Era): Table[] {
  if (era === '1.22') return [...today]
  return today
    .filter(table => !addedLater.has(table.name))
    .map(table => ({ ...table, ...(then[table.name] ?? {}) }))
}

/** All statements that make an empty database into MAS's. */
export function schemaOf(era: Era): string[] {
  const extension = era === '1.22' ? ['CREATE EXTENSION IF NOT EXISTS pg_trgm'] : []
  return [...extension, queueStatus, ...statements(tablesOf(era))]
}
