import { randomBytes } from 'node:crypto'
import {
  changePassword,
  createRoom,
  passwordLogin,
  registerBySecret,
  type Session,
  sendMessage,
  sessionOf,
} from './client.ts'
import { type Probe, type Prober, startProber } from './prober.ts'
import { type HttpResponse, numberField, textField, type World, wait } from './world.ts'

export interface WriterOptions {
  /** Synapse's `registration_shared_secret`: the writer's account is made before it begins. */
  readonly registrationSecret: string
  /** Old tokens for the prober, in turn; the writer's first session otherwise. */
  readonly probeTokens?: readonly string[]
  /** Defaults, in ms: 200 between probes, 2,000 between messages, 4,000 between logins, 6,000 between password changes. */
  readonly every?: Partial<Record<'probe' | 'message' | 'login' | 'password', number>>
  /** The pause after a login that MAS answered. Default 30,000: MAS allows three a minute and address, to proofs too. */
  readonly delegatedLoginMs?: number
}

type Kind = 'message' | 'login' | 'password'

export interface Refusal {
  readonly at: number
  readonly what: Kind
  readonly status: number
}

/** An action without an answer: the server may have done it or not, and either is right. */
export interface Unanswered {
  readonly at: number
  readonly what: Kind
}

/** Plain JSON. Times in ms since 1970. It holds the passwords and tokens of an account that exists for this only. */
export interface WriterReport {
  readonly localpart: string
  readonly userId: string
  readonly roomId: string
  /** The session that was there before everything. */
  readonly oldToken: string
  readonly startedAt: number
  readonly stoppedAt: number
  /** Each action was answered 200: as far as its user knows, it is done. */
  readonly logins: readonly { readonly at: number; readonly token: string; readonly deviceId: string }[]
  readonly messages: readonly { readonly at: number; readonly eventId: string }[]
  /** The first one is that of the registration. */
  readonly passwords: readonly { readonly at: number; readonly password: string }[]
  /** The password of the last change that was not answered, where the server never told afterwards whether it made it. */
  readonly doubtfulPassword?: string
  /** Actions that were refused: no loss, the user knows. A 429 is not counted. */
  readonly refusals: readonly Refusal[]
  readonly unanswered: readonly Unanswered[]
  readonly probes: readonly Probe[]
}

export interface Writer {
  /** Ends after the action under way, so within some seconds. */
  stop(): Promise<WriterReport>
}

/** What the loops share: who works, where, and the record of what was answered. */
interface Work {
  readonly world: World
  readonly session: Session
  readonly localpart: string
  readonly roomId: string
  readonly logins: { at: number; token: string; deviceId: string }[]
  readonly messages: { at: number; eventId: string }[]
  readonly passwords: { at: number; password: string }[]
  readonly refusals: Refusal[]
  readonly unanswered: Unanswered[]
  /** The password of a change that was not answered, until an answer settles whether it was made. At most one at a time. */
  doubtful: string | undefined
}

/** A 5xx is no answer either: the server may have failed after its commit. */
const isUnanswered = ({ status }: HttpResponse): boolean => status === 0 || status >= 500

function notDone(work: Work, what: Kind, answer: HttpResponse): void {
  const at = Date.now()
  if (isUnanswered(answer)) work.unanswered.push({ at, what })
  else if (answer.status !== 429) work.refusals.push({ at, what, status: answer.status })
}

/** The server's yes to a password settles which one is in force. */
function inForce(work: Work, password: string): void {
  if (password !== presentPassword(work)) work.passwords.push({ at: Date.now(), password })
  work.doubtful = undefined
}

/** Each turn gives how long to pause before the next, in ms, or undefined for the usual pause. */
type Turn = () => Promise<number | undefined>

function messageTurn(work: Work): Turn {
  return async () => {
    const text = `Message ${work.messages.length + 1}`
    const answer = await sendMessage(work.world, work.session.token, work.roomId, text)
    const eventId = textField(answer.body, 'event_id')
    if (answer.status === 200 && eventId !== undefined) work.messages.push({ at: Date.now(), eventId })
    else notDone(work, 'message', answer)
    return undefined
  }
}

function presentPassword(work: Work): string {
  return work.passwords.at(-1)?.password ?? ''
}

function loginTurn(work: Work, delegatedLoginMs: number): Turn {
  return async () => {
    const device_id = `WRITER${String(work.logins.length + 1).padStart(4, '0')}`
    const login = (password: string) => passwordLogin(work.world, work.localpart, password, { device_id })
    const { doubtful } = work
    let answer = await login(presentPassword(work))
    if (answer.status === 403 && doubtful !== undefined) {
      answer = await login(doubtful)
      if (answer.status === 200) inForce(work, doubtful)
    }
    if (answer.status !== 200) {
      notDone(work, 'login', answer)
      return numberField(answer.body, 'retry_after_ms')
    }
    const { token, deviceId } = sessionOf(answer)
    work.logins.push({ at: Date.now(), token, deviceId })
    return token.startsWith('mct_') ? delegatedLoginMs : undefined
  }
}

function passwordTurn(work: Work): Turn {
  const { world, session } = work
  return async () => {
    // A user whose change was not answered tries the same one again, with the old password and then with the new one.
    const { doubtful } = work
    const wanted = doubtful ?? `writer-${randomBytes(9).toString('base64url')}`
    let answer = await changePassword(world, session, presentPassword(work), wanted)
    if (answer.status === 401 && doubtful !== undefined)
      answer = await changePassword(world, session, doubtful, wanted)
    if (answer.status === 200) inForce(work, wanted)
    else {
      if (isUnanswered(answer)) work.doubtful = wanted
      notDone(work, 'password', answer)
    }
    return undefined
  }
}

/** Takes turns until told to stop; pauses are cut short then. */
async function repeat(turn: Turn, everyMs: number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const until = Date.now() + ((await turn()) ?? everyMs)
    while (!isOver() && Date.now() < until) await wait(Math.min(100, Math.max(1, until - Date.now())))
  }
}

async function prepared(world: World, secret: string): Promise<Work> {
  const localpart = `writer-${randomBytes(4).toString('hex')}`
  const password = `writer-${randomBytes(9).toString('base64url')}`
  await registerBySecret(world, secret, { localpart, password, admin: false })
  const session = sessionOf(await passwordLogin(world, localpart, password, { device_id: 'WRITER0000' }))
  return {
    world,
    session,
    localpart,
    roomId: await createRoom(world, session.token, []),
    logins: [],
    messages: [],
    passwords: [{ at: Date.now(), password }],
    refusals: [],
    unanswered: [],
    doubtful: undefined,
  }
}

/**
 * Starts a user who sends messages, logs in and changes the password now and then, also while the server is down, and a
 * prober. The account is new and not in the ledger. Synapse must have its built-in login when the writer starts.
 *
 * @throws UnexpectedAnswer where the account, its session or its room cannot be made.
 */
export async function startWriter(world: World, options: WriterOptions): Promise<Writer> {
  const work = await prepared(world, options.registrationSecret)
  const startedAt = Date.now()
  const { every = {}, delegatedLoginMs = 30_000 } = options
  const [first = work.session.token, ...others] = options.probeTokens ?? []
  const prober: Prober = startProber(world, [first, ...others], every.probe ?? 200)
  let over = false
  const isOver = (): boolean => over
  const loops = [
    repeat(messageTurn(work), every.message ?? 2_000, isOver),
    repeat(loginTurn(work, delegatedLoginMs), every.login ?? 4_000, isOver),
    repeat(passwordTurn(work), every.password ?? 6_000, isOver),
  ]
  return {
    stop: async () => {
      over = true
      await Promise.all(loops)
      const probes: readonly Probe[] = await prober.stop()
      const { localpart, roomId, session, logins, messages, passwords, refusals, unanswered, doubtful } = work
      return {
        localpart,
        roomId,
        userId: session.userId,
        oldToken: session.token,
        startedAt,
        stoppedAt: Date.now(),
        logins,
        messages,
        passwords,
        ...(doubtful !== undefined && { doubtfulPassword: doubtful }),
        refusals,
        unanswered,
        probes,
      }
    },
  }
}
