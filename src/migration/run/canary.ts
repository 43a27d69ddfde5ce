import { createHmac, randomBytes } from 'node:crypto'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../server/http.ts'
import type { ServerNames, ServerSecrets } from '../../server/names.ts'
import { ToolkitError } from '../../support/errors.ts'
import { text } from '../../support/json.ts'

/** An account of our own, made before the stop, with sessions that nothing has used since. */
export interface CanaryAccount {
  readonly user: string
  readonly userId: string
  readonly password: string
  readonly tokens: readonly string[]
}

/** The names alone go to the journal; passwords and tokens live in memory only. */
export interface Canary {
  readonly plain: CanaryAccount
  readonly admin: CanaryAccount
}

/** Local parts of the plain account and of the administrator of one run. */
export function canaryNames(run: string): readonly [string, string] {
  return [`auth-actions-${run}`, `auth-actions-${run}-admin`]
}

export interface CanaryWorld {
  readonly ask: HttpClient
  readonly names: ServerNames
  readonly secrets: ServerSecrets
  readonly sleep: (ms: number) => Promise<void>
}

/**
 * Registers both accounts by Synapse's shared-secret registration (docs: admin_api/register_api), the plain one with
 * `sessions` sessions. Throws `refused-state` where Synapse has no such secret.
 */
export async function makeCanary(world: CanaryWorld, run: string, sessions: number): Promise<Canary> {
  const [plainName, adminName] = canaryNames(run)
  const plain = await register(world, plainName, false)
  const admin = await register(world, adminName, true)
  const more: string[] = []
  for (let index = 1; index < sessions; index += 1) {
    const token = await login(world, world.names.clientUrl, plain)
    if (token !== undefined) more.push(token)
  }
  return { plain: { ...plain, tokens: [...plain.tokens, ...more] }, admin }
}

/** A password login; undefined where this server has no password logins. Waits as long as a limit asks, a minute at most. */
export async function login(
  world: CanaryWorld,
  url: string,
  account: CanaryAccount,
): Promise<string | undefined> {
  const answer = await patiently(world, {
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

/** Asks again where the answer is 429, after the time it names. */
export async function patiently(
  world: Pick<CanaryWorld, 'ask' | 'sleep'>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  for (let waited = 0; ; ) {
    const answer = await world.ask(request)
    if (answer.status !== 429 || waited > 60_000) return answer
    const wait = Math.min(Number(answer.body.retry_after_ms) || 5000, 30_000)
    waited += wait
    await world.sleep(wait)
  }
}

/** Deactivates both accounts in Synapse, by the admin's old session. Returns what could not be done. */
export function retireCanary(world: CanaryWorld, { plain, admin }: Canary): Promise<readonly string[]> {
  return deactivate(world, admin.tokens[0], [plain.userId, admin.userId])
}

/** The same for accounts of a run that died, by their local parts; only while Synapse is on its own login. */
export async function retireAbandoned(
  world: CanaryWorld,
  run: string,
  users: readonly string[],
): Promise<readonly string[]> {
  const admin = await register(world, canaryNames(run)[1], true)
  const ids = users.map(user => `@${user}:${world.names.serverName}`)
  return deactivate(world, admin.tokens[0], [...ids, admin.userId])
}

/** SQL for Synapse's database: user ids of accounts of ours that are still open. */
export const openCanariesSql = "SELECT name FROM users WHERE name LIKE '@auth-actions-%' AND deactivated = 0"

/** By an administrator's token. Returns those that could not be deactivated. */
export async function deactivate(
  world: CanaryWorld,
  token: string | undefined,
  userIds: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = []
  for (const userId of userIds) {
    const answer = await patiently(world, {
      method: 'POST',
      url: `${world.names.synapseUrl}/_synapse/admin/v1/deactivate/${encodeURIComponent(userId)}`,
      // Erasing would write a row of its own into Synapse's tables.
      body: { erase: false },
      ...(token === undefined ? {} : { token }),
    })
    if (answer.status !== 200 && answer.status !== 404) left.push(userId)
  }
  return left
}

/**
 * SQL for MAS's database that ends accounts of ours, by their names: deactivated where the version knows that, else locked,
 * and their sessions finished.
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

async function register(world: CanaryWorld, user: string, admin: boolean): Promise<CanaryAccount> {
  const secret = world.secrets.registration
  if (secret === undefined) {
    throw new ToolkitError({
      kind: 'refused',
      reason: 'refused-state',
      what: 'Synapse has no registration_shared_secret, so no account can be made to prove the migration with.',
      where: world.names.host,
      remedy: 'Set matrix_synapse_registration_shared_secret (the playbook does so by itself), and deploy.',
    })
  }
  const url = `${world.names.synapseUrl}/_synapse/admin/v1/register`
  const nonce = text((await world.ask({ url })).body.nonce) ?? ''
  const password = randomBytes(24).toString('base64url')
  const mac = createHmac('sha1', secret)
    .update([nonce, user, password, admin ? 'admin' : 'notadmin'].join('\0'))
    .digest('hex')
  const answer = await patiently(world, {
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
      what: `Synapse refused to make an account for the proofs (HTTP ${answer.status}).`,
      where: world.names.host,
      remedy: "Read Synapse's log, then run this again.",
    })
  }
  return { user, userId, password, tokens: [token] }
}
