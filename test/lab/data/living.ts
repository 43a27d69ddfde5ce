import { providers } from './accounts.ts'
import {
  changePassword,
  createRoom,
  demand,
  joinRoom,
  passwordLogin,
  registerBySecret,
  type Session,
  sendMessage,
  sessionOf,
} from './client.ts'
import type { LivingPlan, LivingRole } from './living-plan.ts'
import type { Plan } from './plan.ts'
import { textField, type World } from './world.ts'

export interface LivingAccount {
  readonly role: LivingRole
  readonly localpart: string
  readonly userId: string
  /** As its owner would type it now; undefined for the account without one. */
  readonly password?: string
  readonly sessions: readonly Session[]
  readonly roomId?: string
  readonly eventIds: readonly string[]
}

interface Making {
  readonly world: World
  readonly plan: Plan
  readonly secret: string
  readonly adminToken: string
}

const device = (localpart: string, number = 1): string => `LABLIVE${localpart.slice(-6)}${number}`

async function admin(making: Making, userId: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const path = `/_synapse/admin/v2/users/${encodeURIComponent(userId)}`
  const answer = await making.world.http({
    to: 'synapse',
    method: 'PUT',
    path,
    token: making.adminToken,
    body,
  })
  if (answer.status !== 201) demand('the user admin API', answer)
}

async function login(
  world: World,
  living: LivingPlan,
  number = 1,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Session> {
  const device_id = device(living.localpart, number)
  return sessionOf(
    await passwordLogin(world, living.localpart, living.password.typed, { device_id, ...extra }),
  )
}

type Made = Pick<LivingAccount, 'sessions' | 'eventIds'> & Partial<Pick<LivingAccount, 'password' | 'roomId'>>

/** What is special about each role, after its registration. */
async function specialties(making: Making, living: LivingPlan, userId: string): Promise<Made> {
  const { world, plan } = making
  const password = living.password.typed
  const plain = async (): Promise<Made> => ({
    password,
    sessions: [await login(world, living)],
    eventIds: [],
  })
  switch (living.role) {
    case 'owner':
      return { password, sessions: [await login(world, living), await login(world, living, 2)], eventIds: [] }
    case 'refreshable':
      return { password, sessions: [await login(world, living, 1, { refresh_token: true })], eventIds: [] }
    case 'changed': {
      const session = await login(world, living)
      const changed = `${password}-changed`
      demand('a password change', await changePassword(world, session, password, changed))
      return { password: changed, sessions: [session], eventIds: [] }
    }
    case 'contacts': {
      const phones = plan.options.phones ?? plan.options.dialect === 'mas-cli'
      const threepids = [
        { medium: 'email', address: `${living.localpart}@mail.example` },
        ...(phones ? [{ medium: 'msisdn', address: `4477008${living.localpart.slice(-6)}` }] : []),
      ]
      await admin(making, userId, { threepids })
      return plain()
    }
    case 'keycloak':
    case 'github': {
      const [keycloak, github] = providers
      const auth_provider = living.role === 'keycloak' ? keycloak : github
      await admin(making, userId, {
        external_ids: [{ auth_provider, external_id: `living-${living.localpart}` }],
      })
      return living.role === 'keycloak' ? { sessions: [], eventIds: [] } : plain()
    }
    case 'logged-out': {
      const made = await plain()
      for (const session of made.sessions)
        demand(
          'a logout',
          await world.http({
            to: 'login',
            method: 'POST',
            path: '/_matrix/client/v3/logout',
            token: session.token,
            body: {},
          }),
        )
      return made
    }
    case 'locked': {
      const made = await plain()
      await admin(making, userId, { locked: true })
      return made
    }
    case 'deactivated': {
      const made = await plain()
      await admin(making, userId, { deactivated: true })
      return made
    }
    default:
      return plain()
  }
}

async function makeOne(making: Making, living: LivingPlan): Promise<LivingAccount> {
  const { world, plan, secret } = making
  const userId = `@${living.localpart}:${plan.serverName}`
  if (living.role === 'keycloak') await admin(making, userId, { displayname: 'Linked' })
  else if (living.role !== 'admin')
    await registerBySecret(world, secret, {
      localpart: living.localpart,
      password: living.password.text,
      admin: false,
    })
  return {
    role: living.role,
    localpart: living.localpart,
    userId,
    ...(await specialties(making, living, userId)),
  }
}

/** A room of the owner's with the member in it, and a message of each. */
async function furnish(world: World, owner: LivingAccount, member: LivingAccount): Promise<LivingAccount[]> {
  const [ownerSession] = owner.sessions
  const [memberSession] = member.sessions
  if (ownerSession === undefined || memberSession === undefined)
    throw new Error('the room needs two sessions')
  const roomId = await createRoom(world, ownerSession.token, [member.userId])
  await joinRoom(world, memberSession.token, roomId)
  const say = async (session: Session, text: string): Promise<string> =>
    textField(demand('a message', await sendMessage(world, session.token, roomId, text)), 'event_id') ?? ''
  return [
    { ...owner, roomId, eventIds: [await say(ownerSession, 'Before the migration')] },
    { ...member, roomId, eventIds: [await say(memberSession, 'I was here before it')] },
  ]
}

/**
 * Makes the plan's living accounts on a running Synapse with its built-in login: registration by the shared secret,
 * logins with devices named `LABLIVE…`, a room with messages, the admin API for links, contacts, locks and deactivation.
 * Their tokens and ids are Synapse's own, so other ones at each run.
 *
 * @throws UnexpectedAnswer where Synapse refuses a step.
 */
export async function makeLiving(server: World, plan: Plan, secret: string): Promise<LivingAccount[]> {
  // A dozen logins at once, of a third of a second each, on a machine that may be busy with other labs.
  const world: World = { ...server, http: request => server.http({ timeoutMs: 60_000, ...request }) }
  const chief = plan.living.find(living => living.role === 'admin')
  if (chief === undefined) throw new Error('a plan without a living admin')
  await registerBySecret(world, secret, {
    localpart: chief.localpart,
    password: chief.password.text,
    admin: true,
  })
  const adminToken = (await login(world, chief, 9)).token
  const making: Making = { world, plan, secret, adminToken }
  const made = await Promise.all(plan.living.map(living => makeOne(making, living)))
  const owner = made.find(account => account.role === 'owner')
  const member = made.find(account => account.role === 'member')
  if (owner === undefined || member === undefined) throw new Error('a plan without a room')
  const furnished = await furnish(world, owner, member)
  return made.map(account => furnished.find(other => other.role === account.role) ?? account)
}
