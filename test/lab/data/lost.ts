import { compare } from 'bcryptjs'
import { askWithRetry, passwordLogin, whoami } from './client.ts'
import { type Window, windowOf } from './prober.ts'
import { type HttpResponse, type World, wait } from './world.ts'
import type { WriterReport } from './writer.ts'

type Counts = Readonly<Record<'message' | 'login' | 'password', number>>

/** How often something was done with a server's yes, and how much of it does not hold. */
export interface Kept {
  readonly done: number
  readonly lost: number
}

export interface Losses {
  readonly sessions: Kept
  readonly passwords: Kept
  readonly messages: Kept
  /** Whether the session from before everything still works. */
  readonly oldSession: boolean
  /** What could not be told (a server that gave no clear answer); 0 in a sound measurement. */
  readonly unclear: number
  /** Actions that users saw refused, by kind. */
  readonly refused: Counts
  /** Actions that users got no answer to, by kind: whether the server did them or not, nothing is lost. */
  readonly unanswered: Counts
  readonly window: Window
}

export interface LostOptions {
  /** Synapse's pepper, if it has one. */
  readonly pepper?: string
  /** How long to wait for the login limit. Default 120,000 ms. */
  readonly patienceMs?: number
  /** Whose password counts in the end: MAS's (default), or Synapse's own after a rollback. */
  readonly passwordsOf?: 'mas' | 'synapse'
  /** Where the window is looked for, in ms since 1970; default from the writer's start. */
  readonly after?: number
}

/** Asks again for a while where the server had no clear answer: nothing, or a 5xx. */
async function clearly(ask: () => Promise<HttpResponse>): Promise<HttpResponse> {
  let answer = await ask()
  for (let turn = 0; turn < 10 && (answer.status === 0 || answer.status >= 500); turn += 1) {
    await wait(500)
    answer = await ask()
  }
  return answer
}

type Verdict = 'holds' | 'lost' | 'unclear'

async function sessionVerdict(world: World, token: string): Promise<Verdict> {
  const { status } = await askWithRetry(() => clearly(() => whoami(world, token)), 30_000)
  return status === 200 ? 'holds' : status === 401 ? 'lost' : 'unclear'
}

async function messageVerdict(world: World, report: WriterReport, eventId: string): Promise<Verdict> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(report.roomId)}/event/${encodeURIComponent(eventId)}`
  const { status } = await clearly(() =>
    world.http({ to: 'client', method: 'GET', path, token: report.oldToken }),
  )
  return status === 200 ? 'holds' : status === 404 ? 'lost' : 'unclear'
}

/** The place in the record of the password that a bcrypt hash is of; undefined if it is of none, or no bcrypt hash. */
async function placeOf(hash: string, report: WriterReport, pepper: string): Promise<number | undefined> {
  if (!hash.startsWith('$2')) return undefined
  for (let place = report.passwords.length - 1; place >= 0; place -= 1) {
    const password = report.passwords[place]?.password ?? ''
    if (await compare(password.normalize('NFKC') + pepper, hash)) return place
  }
  return undefined
}

async function storedHash(world: World, report: WriterReport, whose: 'mas' | 'synapse'): Promise<string> {
  const ofMas = `SELECT hashed_password FROM user_passwords JOIN users USING (user_id)
    WHERE username = '${report.localpart}' ORDER BY user_passwords.created_at DESC, version DESC LIMIT 1;\n`
  const ofSynapse = `SELECT password_hash FROM users WHERE name = '${report.userId}';\n`
  const rows =
    whose === 'mas'
      ? await world.sql('matrix_authentication_service', ofMas)
      : await world.sql('synapse', ofSynapse)
  return rows[0]?.[0] ?? ''
}

/**
 * How many of the password changes that the server confirmed are void. The last one must log in, or the one after it that
 * was not answered. Otherwise the stored hash tells which one is in force, and all later ones are lost; a hash of none of
 * the recorded passwords proves nothing.
 */
async function lostPasswords(
  world: World,
  report: WriterReport,
  options: LostOptions,
): Promise<{ readonly lost: number; readonly unclear: number }> {
  const changes = report.passwords.length - 1
  if (changes === 0) return { lost: 0, unclear: 0 }
  const place = await placeOf(
    await storedHash(world, report, options.passwordsOf ?? 'mas'),
    report,
    options.pepper ?? '',
  )
  const right = [report.passwords.at(-1)?.password, report.doubtfulPassword].filter(
    each => each !== undefined,
  )
  for (const password of right) {
    const { status } = await askWithRetry(
      () => clearly(() => passwordLogin(world, report.localpart, password)),
      options.patienceMs ?? 120_000,
    )
    if (status === 200) return { lost: 0, unclear: 0 }
    if (status !== 403) return { lost: 0, unclear: 1 }
  }
  return place === undefined ? { lost: 0, unclear: 1 } : { lost: changes - place, unclear: 0 }
}

function kept(verdicts: readonly Verdict[]): Kept {
  return { done: verdicts.length, lost: verdicts.filter(verdict => verdict === 'lost').length }
}

function counted(actions: readonly { readonly what: keyof Counts }[]): Counts {
  const of = (what: keyof Counts) => actions.filter(action => action.what === what).length
  return { message: of('message'), login: of('login'), password: of('password') }
}

async function verdicts<T>(values: readonly T[], judge: (value: T) => Promise<Verdict>): Promise<Verdict[]> {
  const all: Verdict[] = []
  for (const value of values) all.push(await judge(value))
  return all
}

/**
 * Counts which of the writer's actions do not hold on the migrated homeserver: sessions that are refused, password
 * changes that are void, messages that are gone; and measures the window. A message is lost where the old session can't
 * find it; if that session itself is gone, messages are unclear.
 */
export async function countLost(
  report: WriterReport,
  world: World,
  options: LostOptions = {},
): Promise<Losses> {
  const old = await sessionVerdict(world, report.oldToken)
  const sessions = await verdicts(report.logins, login => sessionVerdict(world, login.token))
  const messages = await verdicts(report.messages, message => messageVerdict(world, report, message.eventId))
  const passwords = await lostPasswords(world, report, options)
  const unclear = [...sessions, ...messages, old].filter(verdict => verdict === 'unclear').length
  return {
    sessions: kept(sessions),
    messages: kept(messages),
    passwords: { done: report.passwords.length - 1, lost: passwords.lost },
    oldSession: old === 'holds',
    unclear: unclear + passwords.unclear,
    refused: counted(report.refusals),
    unanswered: counted(report.unanswered),
    window: windowOf(report.probes, options.after ?? report.startedAt),
  }
}
