import { masTallyQuery, type Tally, talliesOf } from './categories.ts'
import { askWithRetry, createRoom, passwordLogin, sendMessage, sessionOf, whoami } from './client.ts'
import { fingerprints } from './fingerprint.ts'
import type { Ledger, PasswordSample, TokenSample } from './ledger.ts'
import { type HttpResponse, textField, type World } from './world.ts'

export interface VerifiedRow {
  readonly name: string
  readonly expected: string
  readonly actual: string
  readonly ok: boolean
}

export interface VerifyOptions {
  /** How many password logins to spend; MAS allows three a minute and address. Default 3. */
  readonly logins?: number
  /** How many of the logins that must be refused to try; they count as logins too. Default 1. */
  readonly refusals?: number
  /** Which of the refresh tokens to trade: each can be traded once, so a second round takes another. Default the first. */
  readonly refreshRound?: number
  /**
   * Whether the server has been migrated. Default yes. Before, no refresh token is traded, for that changes what is to be
   * migrated.
   */
  readonly migrated?: boolean
  /**
   * `forgotten` after a migration by the Node tool alone, as the guide has it: it forgets locks, and a Synapse that delegates
   * leaves locking to MAS, so locked accounts are open again (seen with 1.121.1). Default `kept`.
   */
  readonly locks?: 'kept' | 'forgotten'
  /** How long to wait for the login limit (429) in all, per login. Default 120,000. */
  readonly patienceMs?: number
}

function row(name: string, expected: string, actual: string): VerifiedRow {
  return { name, expected, actual, ok: expected === actual }
}

function compared(prefix: string, expected: readonly Tally[], actual: readonly Tally[]): VerifiedRow[] {
  return expected.map(({ name, count, hash }) => {
    const found = actual.find(tally => tally.name === name)
    const same = found?.count === count && found.hash === hash
    const other = found?.count === count ? `${count}, but other ones` : String(found?.count ?? 'none')
    return row(`${prefix}: ${name}`, String(count), same ? String(count) : other)
  })
}

/** What the Node tool alone leaves: where locks are set again too, more accounts are locked. */
const lockedByTool = 'deactivated, as locked'

/** MAS's database: every category of the ledger, the same in number and content. */
export async function verifyMas(
  ledger: Ledger,
  world: World,
  { locks = 'kept' }: Pick<VerifyOptions, 'locks'> = {},
): Promise<VerifiedRow[]> {
  const tallies = talliesOf(await world.sql('matrix_authentication_service', masTallyQuery(ledger.dialect)))
  const expected = ledger.categories.filter(({ name }) => locks === 'forgotten' || name !== lockedByTool)
  const rows = compared('in MAS', expected, tallies)
  if (expected.length < ledger.categories.length) rows.push(await closedAccounts(world))
  if (ledger.dialect === 'syn2mas-tool' || ledger.guests === 0) return rows
  const guests = await world.sql(
    'matrix_authentication_service',
    'SELECT count(*) FROM users WHERE is_guest;\n',
  )
  return [...rows, row('in MAS: guests', String(ledger.guests), guests[0]?.[0] ?? 'none')]
}

/**
 * The accounts that are locked or deactivated, compared by name, except those that a migration creates for its proofs. No
 * migration may change Synapse's own table of accounts.
 */
async function closedAccounts(world: World): Promise<VerifiedRow> {
  const names = async (...query: Parameters<World['sql']>) => new Set((await world.sql(...query)).flat())
  const inSynapse = `SELECT substr(split_part(name, ':', 1), 2) FROM users
    WHERE appservice_id IS NULL AND (locked OR deactivated <> 0) AND name NOT LIKE '@auth-actions-%';\n`
  const inMas = `SELECT username FROM users WHERE locked_at IS NOT NULL AND username NOT LIKE 'auth-actions-%';\n`
  const expected = await names('synapse', inSynapse)
  const actual = await names('matrix_authentication_service', inMas)
  const open = [...expected].filter(name => !actual.has(name)).sort()
  const others = [...actual].filter(name => !expected.has(name)).sort()
  const wrong = [
    ...(open.length > 0 ? [`open: ${open.join(' ')}`] : []),
    ...(others.length > 0 ? [`locked by mistake: ${others.join(' ')}`] : []),
  ]
  const all = String(expected.size)
  return row('in MAS: locked or deactivated, as locked', all, wrong.length === 0 ? all : wrong.join('; '))
}

/** Synapse's database: what no migration may change. Tables are named only where they differ. */
export async function verifyUntouched(ledger: Ledger, world: World): Promise<VerifiedRow[]> {
  const rows = compared('', ledger.fingerprints, await fingerprints(world, ledger.guarded))
  const changed = rows.filter(each => !each.ok).map(each => each.name.slice(2))
  const total = `${rows.length} tables as they were`
  return [
    row("Synapse's other tables", total, changed.length === 0 ? total : `changed: ${changed.join(', ')}`),
  ]
}

/**
 * One row for many samples: how many behave, and which do not. They are asked in turn: while it delegates, Synapse 1.121
 * answers two first requests of an account at the same time with 500. `askedTogether`: the world puts them in turn by itself.
 */
async function each<T extends { readonly what: string }>(
  name: string,
  samples: readonly T[],
  ask: (sample: T) => Promise<string>,
  expected: string,
  askedTogether = false,
): Promise<VerifiedRow[]> {
  if (samples.length === 0) return []
  const answers: Promise<string>[] = []
  for (const sample of samples) {
    answers.push(ask(sample))
    if (!askedTogether) await answers.at(-1)
  }
  const wrong = (await Promise.all(answers)).flatMap((actual, index) =>
    actual === expected ? [] : [`${samples[index]?.what}: ${actual}`],
  )
  const all = `${samples.length} × ${expected}`
  return [row(name, all, wrong.length === 0 ? all : wrong.join('; '))]
}

function said(answer: HttpResponse): string {
  return [answer.status === 0 ? 'no answer' : answer.status, textField(answer.body, 'errcode')]
    .filter(Boolean)
    .join(' ')
}

async function ownerOf(world: World, sample: TokenSample): Promise<string> {
  const answer = await whoami(world, sample.token)
  const owner = textField(answer.body, 'user_id')
  return answer.status === 200 && owner !== sample.userId ? `answers for ${owner}` : said(answer)
}

/** Synapse calls it `M_USER_LOCKED`; a MAS that knows of the lock lets Synapse answer `M_UNKNOWN_TOKEN`. */
async function refusedOwner(world: World, sample: TokenSample): Promise<string> {
  const answer = await whoami(world, sample.token)
  return answer.status === 401 ? 'refused' : said(answer)
}

/** Logs in as its owner types it, and writes with the new session: in the room of before, or a room of its own. */
async function loginAndWrite(world: World, who: PasswordSample, patienceMs: number): Promise<string> {
  const answer = await askWithRetry(() => passwordLogin(world, who.localpart, who.password), patienceMs)
  if (answer.status !== 200) return `login ${said(answer)}`
  const session = sessionOf(answer)
  if (session.userId !== who.userId) return `logged in as ${session.userId}`
  const roomId = who.roomId ?? (await createRoom(world, session.token, []))
  const sent = await sendMessage(world, session.token, roomId, 'After the migration')
  const logout = { to: 'login', method: 'POST', path: '/_matrix/client/v3/logout', body: {} } as const
  await world.http({ ...logout, token: session.token })
  return said(sent)
}

async function traded(world: World, sample: TokenSample): Promise<string> {
  const answer = await world.http({
    to: 'login',
    method: 'POST',
    path: '/_matrix/client/v3/refresh',
    body: { refresh_token: sample.token },
  })
  const token = textField(answer.body, 'access_token')
  if (token === undefined) return said(answer)
  return ownerOf(world, { ...sample, token })
}

async function closedFor(world: World, who: PasswordSample, patienceMs: number): Promise<string> {
  const { status } = await askWithRetry(() => passwordLogin(world, who.localpart, who.password), patienceMs)
  return status === 401 || status === 403 ? 'refused' : String(status)
}

const sync = '/_matrix/client/v3/sync?timeout=0&filter={"room":{"timeline":{"limit":1}}}'

/**
 * The passwords that their owners can go on typing. MAS before v0.17 does not normalise them as Synapse does, so in the 2024
 * playbook who types a composed or compatibility form of a character is refused: no migration can keep that.
 */
function enterable({ dialect, passwords }: Ledger): readonly PasswordSample[] {
  if (dialect === 'mas-cli') return passwords
  return passwords.filter(({ password }) => password.normalize('NFKC') === password)
}

/**
 * The ledger counts on no lock in the dialect whose tool forgets them; a locked one comes first where MAS keeps it out.
 * The built-in login of that dialect's Synapse accepts it, and refuses the token.
 */
function closedOf({ dialect, living, closed }: Ledger, keptOut: boolean): readonly PasswordSample[] {
  if (dialect === 'mas-cli' || !keptOut) return closed
  const locked = living.flatMap(({ role, localpart, userId, password }) =>
    role === 'locked' && password !== undefined
      ? [{ what: 'living locked', localpart, userId, password }]
      : [],
  )
  return [...locked, ...closed]
}

/** What users have: sessions on Synapse and its worker, rights, passwords that log in and write, messages. */
export async function verifyUsers(
  ledger: Ledger,
  world: World,
  options: VerifyOptions = {},
): Promise<VerifiedRow[]> {
  const patience = options.patienceMs ?? 120_000
  const get = async (to: 'synapse' | 'worker' | 'client', path: string, token: string): Promise<string> =>
    said(await world.http({ to, method: 'GET', path, token }))
  const round = options.refreshRound ?? 0
  const migrated = options.migrated ?? true
  const forgotten = migrated && options.locks === 'forgotten'
  const messages = ledger.messages.map(message => ({ ...message, what: message.eventId }))
  const eventPath = (roomId: string, eventId: string): string =>
    `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/event/${encodeURIComponent(eventId)}`
  const adminPath = '/_synapse/admin/v2/users?limit=1&guests=false'
  return [
    await each('old tokens on Synapse', ledger.tokens, sample => ownerOf(world, sample), '200'),
    await each(
      'old tokens on the worker',
      ledger.tokens,
      each => get('worker', encodeURI(sync), each.token),
      '200',
      true,
    ),
    await each(
      'old tokens of admins on the admin API',
      ledger.adminTokens,
      each => get('synapse', adminPath, each.token),
      '200',
      true,
    ),
    await each(
      'messages from before',
      messages,
      each => get('client', eventPath(each.roomId, each.eventId), each.token),
      '200',
    ),
    await each(
      'tokens of locked accounts',
      forgotten ? [] : ledger.lockedTokens,
      sample => refusedOwner(world, sample),
      'refused',
    ),
    await each(
      'refresh tokens',
      migrated ? ledger.refreshTokens.slice(round, round + 1) : [],
      sample => traded(world, sample),
      '200',
    ),
    await each(
      'passwords log in and write',
      enterable(ledger).slice(0, options.logins ?? 3),
      who => loginAndWrite(world, who, patience),
      '200',
    ),
    await each(
      'logins of closed accounts',
      closedOf(ledger, migrated && !forgotten).slice(0, options.refusals ?? 1),
      who => closedFor(world, who, patience),
      'refused',
    ),
  ].flat()
}

/** Tokens that had no claim to go on: expired, a puppet's, logged out, and what the dialect's tool leaves behind. */
export function verifyEnded(ledger: Ledger, world: World): Promise<VerifiedRow[]> {
  return each('tokens that end', ledger.deadTokens, sample => ownerOf(world, sample), '401 M_UNKNOWN_TOKEN')
}

/**
 * Whether a homeserver that has been migrated is what the ledger says. Every row of the result must be `ok`.
 * Beside counting it logs in and writes a message, so it leaves a few rows of its own in MAS and Synapse; the ledger's
 * queries do not see them.
 */
export async function verifyLedger(
  ledger: Ledger,
  world: World,
  options: VerifyOptions = {},
): Promise<VerifiedRow[]> {
  return [
    ...(await verifyMas(ledger, world, options)),
    ...(await verifyUntouched(ledger, world)),
    ...(await verifyUsers(ledger, world, options)),
    ...(await verifyEnded(ledger, world)),
  ]
}
