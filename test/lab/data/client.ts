import { createHmac } from 'node:crypto'
import { type HttpResponse, numberField, textField, type World, wait } from './world.ts'

export interface Session {
  readonly userId: string
  readonly token: string
  readonly deviceId: string
  readonly refreshToken?: string
}

/** The answer was not the one that the data rests on. Holds the status and Matrix's error code, never a token. */
export class UnexpectedAnswer extends Error {
  constructor(what: string, answer: HttpResponse) {
    super(`${what}: HTTP ${answer.status} ${textField(answer.body, 'errcode') ?? ''}`.trim())
  }
}

export function demand(what: string, answer: HttpResponse): unknown {
  if (answer.status !== 200) throw new UnexpectedAnswer(what, answer)
  return answer.body
}

function demandText(what: string, body: unknown, name: string): string {
  const text = textField(body, name)
  if (text === undefined) throw new Error(`${what}: no ${name} in the answer`)
  return text
}

export function passwordLogin(
  world: World,
  localpart: string,
  password: string,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<HttpResponse> {
  return world.http({
    to: 'login',
    method: 'POST',
    path: '/_matrix/client/v3/login',
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: localpart },
      password,
      ...extra,
    },
  })
}

export function sessionOf(answer: HttpResponse): Session {
  const body = demand('login', answer)
  const refreshToken = textField(body, 'refresh_token')
  return {
    userId: demandText('login', body, 'user_id'),
    token: demandText('login', body, 'access_token'),
    deviceId: demandText('login', body, 'device_id'),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

/** Waits as long as the server asks after a 429, again and again until `patienceMs` are over; a 429 is no failure. */
export async function askWithRetry(
  ask: () => Promise<HttpResponse>,
  patienceMs: number,
): Promise<HttpResponse> {
  const until = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    const pause = Math.max(numberField(answer.body, 'retry_after_ms') ?? 10_000, 250)
    if (answer.status !== 429 || Date.now() + pause > until) return answer
    await wait(pause)
  }
}

/** Registers by Synapse's shared secret (its admin API `register`), without a session. */
export async function registerBySecret(
  world: World,
  secret: string,
  account: { readonly localpart: string; readonly password: string; readonly admin: boolean },
): Promise<void> {
  const path = '/_synapse/admin/v1/register'
  const asked = demand('nonce for a registration', await world.http({ to: 'synapse', method: 'GET', path }))
  const nonce = demandText('nonce for a registration', asked, 'nonce')
  const role = account.admin ? 'admin' : 'notadmin'
  const mac = createHmac('sha1', secret)
    .update([nonce, account.localpart, account.password, role].join('\0'), 'utf8')
    .digest('hex')
  const body = {
    nonce,
    mac,
    username: account.localpart,
    password: account.password,
    admin: account.admin,
    inhibit_login: true,
  }
  demand(
    `registration of ${account.localpart}`,
    await world.http({ to: 'synapse', method: 'POST', path, body }),
  )
}

export async function createRoom(world: World, token: string, invite: readonly string[]): Promise<string> {
  const body = { preset: 'private_chat', name: 'Ledger', invite }
  const answer = await world.http({
    to: 'client',
    method: 'POST',
    path: '/_matrix/client/v3/createRoom',
    token,
    body,
  })
  return demandText('a room', demand('a room', answer), 'room_id')
}

export async function joinRoom(world: World, token: string, roomId: string): Promise<void> {
  const path = `/_matrix/client/v3/join/${encodeURIComponent(roomId)}`
  demand('joining a room', await world.http({ to: 'client', method: 'POST', path, token, body: {} }))
}

let transactions = 0

export function sendMessage(
  world: World,
  token: string,
  roomId: string,
  text: string,
): Promise<HttpResponse> {
  transactions += 1
  const transaction = `${Date.now()}-${transactions}`
  return world.http({
    to: 'client',
    method: 'PUT',
    path: `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${transaction}`,
    token,
    body: { msgtype: 'm.text', body: text },
  })
}

/** Changes a password as a client does: with the old one, in user-interactive authentication. */
export async function changePassword(
  world: World,
  session: { readonly userId: string; readonly token: string },
  oldPassword: string,
  newPassword: string,
): Promise<HttpResponse> {
  const ask = (auth: Readonly<Record<string, unknown>>): Promise<HttpResponse> =>
    world.http({
      to: 'client',
      method: 'POST',
      path: '/_matrix/client/v3/account/password',
      token: session.token,
      body: { new_password: newPassword, logout_devices: false, ...auth },
    })
  const first = await ask({})
  const uiaSession = textField(first.body, 'session')
  if (first.status !== 401 || uiaSession === undefined) return first
  const identifier = { type: 'm.id.user', user: session.userId }
  return ask({ auth: { type: 'm.login.password', identifier, password: oldPassword, session: uiaSession } })
}

export function whoami(world: World, token: string, timeoutMs = 10_000): Promise<HttpResponse> {
  return world.http({
    to: 'client',
    method: 'GET',
    path: '/_matrix/client/v3/account/whoami',
    token,
    timeoutMs,
  })
}
