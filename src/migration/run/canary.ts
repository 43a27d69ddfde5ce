import { createHmac, randomBytes } from 'node:crypto'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../server/http.ts'
import type { ServerNames, ServerSecrets } from '../../server/names.ts'
import { ToolkitError } from '../../support/errors.ts'
import { text } from '../../support/json.ts'

/** A test account, created before the stop, with sessions that have not been used since. */
export interface CanaryAccount {
  readonly user: string
  readonly userId: string
  readonly password: string
  readonly tokens: readonly string[]
}

/** Only the names go into the journal; passwords and tokens stay in memory. */
export interface Canary {
  readonly plain: CanaryAccount
  readonly admin: CanaryAccount
}

/** Local parts of a run's plain account and of its administrator. */
export function canaryNames(run: string): readonly [string, string] {
  return [`auth-actions-${run}`, `auth-actions-${run}-admin`]
}

export interface CanaryContext {
  readonly ask: HttpClient
  readonly names: ServerNames
  readonly secrets: ServerSecrets
  readonly sleep: (ms: number) => Promise<void>
}

/**
 * Registers both accounts by Synapse's shared-secret registration (docs: admin_api/register_api), the plain one with
 * `sessions` sessions. Throws `refused-state` where Synapse has no such secret.
 */
export async function makeCanary(context: CanaryContext, run: string, sessions: number): Promise<Canary> {
  const [plainName, adminName] = canaryNames(run)
  const plain = await register(context, plainName, false)
  const admin = await register(context, adminName, true)
  const more: string[] = []
  for (let index = 1; index < sessions; index += 1) {
    const token = await login(context, context.names.clientUrl, plain)
    if (token !== undefined) more.push(token)
  }
  return { plain: { ...plain, tokens: [...plain.tokens, ...more] }, admin }
}

/** A password login; undefined where this server has no password logins. Waits up to a minute for rate limits. */
export async function login(
  context: CanaryContext,
  url: string,
  account: CanaryAccount,
): Promise<string | undefined> {
  const answer = await askWithRetry(context, {
    method: 'POST',
    url: `${url}/_matrix/client/v3/login`,
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: account.user },
      password: account.password,
      initial_device_display_name: 'matrix-auth-actions',
    },
  })
  return answer.status === 200 ? text(answer.body.access_token) : undefined
}

/** Repeats the request after HTTP 429, after the time that the answer gives. */
export async function askWithRetry(
  context: Pick<CanaryContext, 'ask' | 'sleep'>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  for (let waited = 0; ; ) {
    const answer = await context.ask(request)
    if (answer.status !== 429 || waited > 60_000) return answer
    const wait = Math.min(Number(answer.body.retry_after_ms) || 5000, 30_000)
    waited += wait
    await context.sleep(wait)
  }
}

/** Deactivates both accounts in Synapse, with the administrator's session. Returns the accounts where it failed. */
export function retireCanary(context: CanaryContext, { plain, admin }: Canary): Promise<readonly string[]> {
  return deactivate(context, admin.tokens[0], [plain.userId, admin.userId])
}

/** The same for accounts of an interrupted run, by their local parts; only while Synapse uses its built-in login. */
export async function retireAbandoned(
  context: CanaryContext,
  run: string,
  users: readonly string[],
): Promise<readonly string[]> {
  const admin = await register(context, canaryNames(run)[1], true)
  const ids = users.map(user => `@${user}:${context.names.serverName}`)
  return deactivate(context, admin.tokens[0], [...ids, admin.userId])
}

/** SQL for Synapse's database: user ids of test accounts that are still active. */
export const openCanariesSql = "SELECT name FROM users WHERE name LIKE '@auth-actions-%' AND deactivated = 0"

/** Uses an administrator's token. Returns the accounts where it failed. */
export async function deactivate(
  context: CanaryContext,
  token: string | undefined,
  userIds: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = []
  for (const userId of userIds) {
    const answer = await askWithRetry(context, {
      method: 'POST',
      url: `${context.names.synapseUrl}/_synapse/admin/v1/deactivate/${encodeURIComponent(userId)}`,
      // Erasing would write another row into Synapse's tables.
      body: { erase: false },
      ...(token === undefined ? {} : { token }),
    })
    if (answer.status !== 200 && answer.status !== 404) left.push(userId)
  }
  return left
}

/**
 * SQL for MAS's database that closes test accounts, by their names: deactivates them where this version supports it, locks
 * them otherwise, and ends their sessions.
 */
export function retireInMasSql(users: readonly string[]): string {
  const names = users.filter(user => /^auth-actions-[a-z0-9-]+$/.test(user)).map(user => `'${user}'`)
  if (names.length === 0) return 'SELECT 1;'
  const list = names.join(', ')
  return `UPDATE users SET locked_at = now() WHERE username IN (${list}) AND locked_at IS NULL;
UPDATE compat_sessions SET finished_at = now() WHERE finished_at IS NULL
 AND user_id IN (SELECT user_id FROM users WHERE username IN (${list}));
DO $$ BEGIN
 IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'deactivated_at') THEN
  UPDATE users SET deactivated_at = now() WHERE username IN (${list});
 END IF;
END $$;`
}

async function register(context: CanaryContext, user: string, admin: boolean): Promise<CanaryAccount> {
  const secret = context.secrets.registration
  if (secret === undefined) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: 'Synapse has no registration_shared_secret, so no test accounts can be created for the proofs.',
      where: context.names.host,
      remedy: 'Set matrix_synapse_registration_shared_secret (the playbook sets it by default), then deploy.',
    })
  }
  const url = `${context.names.synapseUrl}/_synapse/admin/v1/register`
  const nonce = text((await context.ask({ url })).body.nonce) ?? ''
  const password = randomBytes(24).toString('base64url')
  const mac = createHmac('sha1', secret)
    .update([nonce, user, password, admin ? 'admin' : 'notadmin'].join('\0'))
    .digest('hex')
  const answer = await askWithRetry(context, {
    method: 'POST',
    url,
    body: { nonce, username: user, displayname: 'matrix-auth-actions', password, admin, mac },
  })
  const token = text(answer.body.access_token)
  const userId = text(answer.body.user_id)
  if (answer.status !== 200 || token === undefined || userId === undefined) {
    throw new ToolkitError({
      kind: 'server',
      reason: 'unhealthy',
      what: `Synapse refused to create a test account for the proofs (HTTP ${answer.status}).`,
      where: context.names.host,
      remedy: 'Run on the server: journalctl -u matrix-synapse -n 50. Fix the cause, then run this again.',
    })
  }
  return { user, userId, password, tokens: [token] }
}
