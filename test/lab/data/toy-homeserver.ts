/** A stand-in for Synapse and MAS in memory, for unit tests: logins, passwords, rooms of one, and being stopped. Nothing else. */
import { hashSync } from 'bcryptjs'
import type { HttpRequest, HttpResponse, World } from './world.ts'
import { textField } from './world.ts'

interface State {
  readonly passwords: Map<string, string>
  readonly tokens: Map<string, string>
  readonly events: Set<string>
}

export interface ToyHomeserver {
  readonly world: World
  /** `own`: Synapse with its built-in login. */
  mode: 'own' | 'delegated' | 'down'
  /** How many of the next logins meet the limit. */
  limited: number
  /** The next password change stops the server: after it was committed, or before, and always before the answer. */
  stopsAtPassword: 'after-commit' | 'before-commit' | undefined
  /** MAS's accounts and sessions become what Synapse's are now. */
  migrate(): void
  /** What was sent is gone. */
  forgetMessages(): void
}

const unrecognised = { errcode: 'M_UNRECOGNIZED' }
const ok = (body: object): HttpResponse => ({ status: 200, body })
const error = (status: number, errcode: string): HttpResponse => ({ status, body: { errcode } })

export function toyHomeserver(): ToyHomeserver {
  const synapse: State = { passwords: new Map(), tokens: new Map(), events: new Set() }
  const mas: State = { passwords: new Map(), tokens: new Map(), events: synapse.events }
  let number = 0
  const state = (): State => (toy.mode === 'delegated' ? mas : synapse)

  function login(body: unknown): HttpResponse {
    if (toy.limited > 0) {
      toy.limited -= 1
      return { status: 429, body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1 } }
    }
    const { passwords, tokens } = state()
    const identifier =
      typeof body === 'object' && body !== null && 'identifier' in body ? body.identifier : {}
    const user = textField(identifier, 'user') ?? ''
    if (!passwords.has(user) || passwords.get(user) !== textField(body, 'password'))
      return error(403, 'M_FORBIDDEN')
    number += 1
    const token = `${toy.mode === 'own' ? 'syt' : 'mct'}_${number}`
    tokens.set(token, user)
    const device_id = textField(body, 'device_id') ?? `DEVICE${number}`
    return ok({ user_id: `@${user}:example.test`, access_token: token, device_id })
  }

  function password(request: HttpRequest, user: string): HttpResponse {
    const { body } = request
    const auth = typeof body === 'object' && body !== null && 'auth' in body ? body.auth : undefined
    if (auth === undefined) return { status: 401, body: { session: 'uia' } }
    if (textField(auth, 'password') !== synapse.passwords.get(user)) return error(401, 'M_FORBIDDEN')
    const stop = toy.stopsAtPassword
    if (stop !== 'before-commit') synapse.passwords.set(user, textField(body, 'new_password') ?? '')
    if (stop === undefined) return ok({})
    toy.stopsAtPassword = undefined
    toy.mode = 'down'
    return { status: 0, body: undefined }
  }

  function withToken(request: HttpRequest, user: string): HttpResponse {
    const last = decodeURIComponent(request.path.split('/').at(-1) ?? '')
    if (request.path.includes('/createRoom')) return ok({ room_id: '!room:example.test' })
    if (request.path.includes('/whoami')) return ok({ user_id: `@${user}:example.test` })
    if (request.path.includes('/sync?')) return ok({})
    if (request.path.includes('/account/password')) return password(request, user)
    if (request.path.includes('/send/')) {
      number += 1
      synapse.events.add(`$${number}`)
      return ok({ event_id: `$${number}` })
    }
    if (request.path.includes('/event/') && synapse.events.has(last)) return ok({})
    return error(404, 'M_NOT_FOUND')
  }

  function answer(request: HttpRequest): HttpResponse {
    if (toy.mode === 'down') return { status: 0, body: undefined }
    if (request.path.endsWith('/admin/v1/register')) {
      if (request.method === 'GET') return ok({ nonce: 'nonce' })
      synapse.passwords.set(
        textField(request.body, 'username') ?? '',
        textField(request.body, 'password') ?? '',
      )
      return ok({})
    }
    if (request.path.endsWith('/login')) return login(request.body)
    if (request.path.endsWith('/account/password') && (toy.mode === 'delegated' || request.method === 'GET'))
      return { status: toy.mode === 'delegated' ? 404 : 405, body: unrecognised }
    const user = state().tokens.get(request.token ?? '')
    return user === undefined ? error(401, 'M_UNKNOWN_TOKEN') : withToken(request, user)
  }

  const toy: ToyHomeserver = {
    mode: 'own',
    limited: 0,
    stopsAtPassword: undefined,
    world: {
      dialect: 'mas-cli',
      serverName: 'example.test',
      http: async request => answer(request),
      sql: async (database, text) => {
        const user = /'@?([^':]+)/.exec(text)?.[1] ?? ''
        const stored = (database === 'synapse' ? synapse : mas).passwords.get(user)
        return stored === undefined ? [] : [[hashSync(stored, 4)]]
      },
    },
    migrate: () => {
      for (const [user, each] of synapse.passwords) mas.passwords.set(user, each)
      for (const [token, user] of synapse.tokens) mas.tokens.set(token, user)
    },
    forgetMessages: () => synapse.events.clear(),
  }
  return toy
}
