import type { Client } from 'pg'
import { advisoryLock } from './advisory-lock.ts'
import {
  checkSecrets,
  clientsConfig,
  type ProviderConfig,
  providersConfig,
  type RootConfig,
} from './config.ts'
import { inTransaction } from './database.ts'
import { currentEra, type Era } from './era.ts'
import { log } from './log.ts'
import { fromUlid, toUlid } from './ulid.ts'
import type { Section } from './yaml-values.ts'

const module = 'mas_cli::sync'
const at = (line: number) => ({ module, line, span: 'cli.config.sync', file: 'crates/cli/src/sync.rs' })

export interface SyncOptions {
  readonly prune: boolean
  readonly dryRun: boolean
}

/** Writes the providers and clients of the configuration into the database; providers no longer in it are disabled. */
export async function syncConfig(client: Client, root: RootConfig, options: SyncOptions): Promise<void> {
  const providers = providersConfig(root)
  checkSecrets(root)
  await inTransaction(client, async () => {
    log('INFO', at(101), 'Acquiring configuration lock')
    await client.query('SELECT pg_advisory_xact_lock($1)', [advisoryLock('MAS config sync')])
    const fields = { prune: options.prune, dry_run: options.dryRun }
    log('INFO', at(108), 'Syncing providers and clients defined in config to database', fields)
    await syncProviders(client, providers, options)
    await syncClients(client, root, options)
  })
}

async function syncProviders(client: Client, providers: readonly ProviderConfig[], options: SyncOptions) {
  const rows = await client.query<{ id: string; enabled: boolean }>(
    'SELECT upstream_oauth_provider_id AS id, disabled_at IS NULL AS enabled FROM upstream_oauth_providers ORDER BY 1',
  )
  const configured = new Set(providers.filter(({ enabled }) => enabled).map(({ id }) => fromUlid(id)))
  const enabled = new Set<string>()
  const disabled = new Set<string>()
  for (const row of rows.rows) {
    if (row.enabled && configured.has(row.id)) enabled.add(row.id)
    else disabled.add(row.id)
    if (!row.enabled || configured.has(row.id)) continue
    log('INFO', at(151), 'Disabling provider', { 'provider.id': toUlid(row.id) })
    if (options.dryRun) continue
    const disable =
      'UPDATE upstream_oauth_providers SET disabled_at = now() WHERE upstream_oauth_provider_id = $1'
    await client.query(disable, [row.id])
  }
  await pruneProviders(client, disabled, options)
  for (const [order, provider] of providers.entries()) {
    if (!provider.enabled) continue
    const id = fromUlid(provider.id)
    const known = enabled.has(id) ? 'Updating' : disabled.has(id) ? 'Enabling and updating' : 'Adding'
    log('INFO', at(known === 'Adding' ? 205 : 201), `${known} provider`, { 'provider.id': provider.id })
    if (!options.dryRun) await upsertProvider(client, provider, order)
  }
}

async function pruneProviders(client: Client, disabled: ReadonlySet<string>, options: SyncOptions) {
  if (!options.prune && disabled.size > 0) {
    const command = 'Run `mas-cli config sync --prune` to delete'
    const text =
      disabled.size === 1
        ? `A provider is soft-deleted in the database. ${command} it.`
        : `${disabled.size} providers are soft-deleted in the database. ${command} them.`
    log('WARN', at(186), text)
  }
  for (const id of options.prune ? disabled : []) {
    log('INFO', at(170), 'Deleting provider', { 'provider.id': toUlid(id) })
    if (options.dryRun) continue
    await client.query('DELETE FROM upstream_oauth_links WHERE upstream_oauth_provider_id = $1', [id])
    await client.query('DELETE FROM upstream_oauth_providers WHERE upstream_oauth_provider_id = $1', [id])
  }
}

const pkceModes: Readonly<Record<string, string>> = { always: 's256', never: 'disabled' }

function providerColumns(values: Section, order: number, era: Era): Record<string, unknown> {
  const parameters = values.raw('additional_authorization_parameters')
  const columns = {
    issuer: values.text('issuer'),
    scope: values.text('scope') ?? 'openid',
    client_id: values.requiredText('client_id'),
    // The real one encrypts it. The stand-in never asks a provider for anything, so it keeps none.
    encrypted_client_secret: null,
    token_endpoint_auth_method: values.requiredText('token_endpoint_auth_method'),
    token_endpoint_signing_alg: values.text('token_endpoint_auth_signing_alg'),
    claims_imports: JSON.stringify(values.raw('claims_imports') ?? {}),
    jwks_uri_override: values.text('jwks_uri'),
    authorization_endpoint_override: values.text('authorization_endpoint'),
    token_endpoint_override: values.text('token_endpoint'),
    userinfo_endpoint_override: values.text('userinfo_endpoint'),
    discovery_mode: values.text('discovery_mode') ?? 'oidc',
    pkce_mode: pkceModes[values.text('pkce_method') ?? 'auto'] ?? 'auto',
    human_name: values.text('human_name'),
    brand_name: values.text('brand_name'),
    additional_parameters: parameters === undefined ? null : JSON.stringify(parameters),
    response_mode: values.text('response_mode'),
    fetch_userinfo: values.flag('fetch_userinfo', false),
    id_token_signed_response_alg: values.text('id_token_signed_response_alg') ?? 'RS256',
    userinfo_signed_response_alg: values.text('userinfo_signed_response_alg'),
  }
  if (era === '0.13') return columns
  return {
    ...columns,
    ui_order: order,
    forward_login_hint: values.flag('forward_login_hint', false),
    on_backchannel_logout: values.text('on_backchannel_logout') ?? 'do_nothing',
    registration_token_required: values.flag('registration_token_required', false),
  }
}

async function upsertProvider(client: Client, provider: ProviderConfig, order: number): Promise<void> {
  const columns = providerColumns(provider.values, order, currentEra())
  const names = Object.keys(columns)
  const places = names.map((_, index) => `$${index + 2}`)
  const updates = names.map(name => `${name} = excluded.${name}`)
  await client.query(
    `INSERT INTO upstream_oauth_providers (upstream_oauth_provider_id, created_at, ${names.join(', ')})
     VALUES ($1, now(), ${places.join(', ')})
     ON CONFLICT (upstream_oauth_provider_id) DO UPDATE SET disabled_at = NULL, ${updates.join(', ')}`,
    [fromUlid(provider.id), ...Object.values(columns).map(value => value ?? null)],
  )
}

async function syncClients(client: Client, root: RootConfig, options: SyncOptions): Promise<void> {
  const clients = clientsConfig(root)
  const rows = await client.query<{ id: string }>(
    'SELECT oauth2_client_id AS id FROM oauth2_clients WHERE is_static ORDER BY 1',
  )
  const known = new Set(rows.rows.map(row => toUlid(row.id)))
  const gone = [...known].filter(id => !clients.some(configured => configured.id === id))
  await pruneClients(client, gone, options)
  for (const configured of clients) {
    const verb = known.has(configured.id) ? 'Updating' : 'Adding'
    log('INFO', at(verb === 'Adding' ? 402 : 400), `${verb} client`, { 'client.id': configured.id })
    if (options.dryRun) continue
    await client.query(
      `INSERT INTO oauth2_clients (oauth2_client_id, token_endpoint_auth_method, redirect_uris, is_static,
         grant_type_authorization_code, grant_type_refresh_token, grant_type_client_credentials, created_at)
       VALUES ($1, $2, $3, true, true, true, true, now())
       ON CONFLICT (oauth2_client_id) DO UPDATE
         SET token_endpoint_auth_method = excluded.token_endpoint_auth_method, redirect_uris = excluded.redirect_uris`,
      [fromUlid(configured.id), configured.authMethod, configured.redirectUris],
    )
  }
}

async function pruneClients(client: Client, gone: readonly string[], options: SyncOptions): Promise<void> {
  if (!options.prune && gone.length === 1) {
    log(
      'WARN',
      at(385),
      'A static client in the database is not in the config. Run with `--prune` to delete it.',
    )
  }
  if (!options.prune && gone.length > 1) {
    const text = `${gone.length} static clients in the database are not in the config. Run with \`--prune\` to delete them.`
    log('WARN', at(388), text)
  }
  for (const id of options.prune ? gone : []) {
    log('INFO', at(374), 'Deleting client', { 'client.id': id })
    if (!options.dryRun) {
      await client.query('DELETE FROM oauth2_clients WHERE oauth2_client_id = $1', [fromUlid(id)])
    }
  }
}
