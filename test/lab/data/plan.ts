import { type Account, type AccountKind, type PlannedToken, type PlanOptions, providers } from './accounts.ts'
import { type LivingPlan, type LivingRole, livingRoles } from './living-plan.ts'
import { withOddities } from './oddities.ts'
import { type PlannedPassword, passwordPool } from './passwords.ts'
import { type Random, randomOf, synapseToken } from './random.ts'
import {
  deviceOf,
  hiddenDeviceOf,
  type SessionShape,
  type Sessions,
  sessionShapes,
  sessionsOf,
} from './sessions.ts'

export const leastAccounts = 50
export const mostAccounts = 100_000

export interface Plan {
  readonly seed: number
  readonly serverName: string
  readonly pepper: string
  readonly options: PlanOptions
  /** For the bulk: written straight into Synapse's tables. */
  readonly accounts: readonly Account[]
  /** For the rest, which are made through Synapse's own APIs. */
  readonly living: readonly LivingPlan[]
}

const firstNames = [
  'alma',
  'boris',
  'chidi',
  'dalia',
  'emre',
  'fatou',
  'goran',
  'hana',
  'iris',
  'jonas',
] as const

/** Every plan begins with these, so that the smallest has one of everything; the rest is drawn by weight. */
const showcase: readonly AccountKind[] = [
  ...sessionShapes.map((): AccountKind => 'password'),
  'password', // this one's password needs NFKC
  'admin',
  'keycloak',
  'github',
  'both',
  'deactivated',
  'deactivated-long-ago',
  'locked',
  'appservice',
  'appservice',
  'guest',
]

const weights: readonly (readonly [AccountKind, number])[] = [
  ['password', 0.6],
  ['keycloak', 0.11],
  ['github', 0.06],
  ['both', 0.05],
  ['admin', 0.005],
  ['deactivated', 0.025],
  ['deactivated-long-ago', 0.01],
  ['locked', 0.01],
  ['appservice', 0.11],
  ['guest', 0.02],
]

function kindOf(index: number, random: Random, guests: boolean): AccountKind {
  let kind = showcase[index]
  if (kind === undefined) {
    let point = random.below(1_000_000) / 1_000_000
    kind = weights.find(([, weight]) => {
      point -= weight
      return point < 0
    })?.[0]
  }
  return kind === undefined || (kind === 'guest' && !guests) ? 'password' : kind
}

function localpartOf(index: number, kind: AccountKind, random: Random): string {
  const number = String(index).padStart(6, '0')
  if (kind === 'appservice') return `_bridge_${number}`
  if (kind === 'guest') return String(7_000_000 + index)
  return `${random.pick(firstNames)}.${number}`
}

function shapeOf(index: number, kind: AccountKind, random: Random): SessionShape {
  if (kind === 'admin' || kind === 'locked') return 'plain'
  const fixed = sessionShapes[index]
  if (fixed !== undefined) return fixed
  return random.chance(0.7) ? random.pick(['plain', 'plain-twice'] as const) : random.pick(sessionShapes)
}

/** The same for every account of a plan. */
interface Surroundings {
  readonly seed: number
  readonly options: PlanOptions
  readonly serverName: string
  readonly passwords: readonly [PlannedPassword, ...PlannedPassword[]]
}

interface Identity {
  readonly index: number
  readonly kind: AccountKind
  readonly localpart: string
  readonly createdAt: number
}

const withPassword: readonly AccountKind[] = ['password', 'both', 'admin', 'locked', 'deactivated-long-ago']

function passwordOf(who: Identity, random: Random, around: Surroundings): PlannedPassword | undefined {
  const drawn = random.pick(around.passwords)
  if (!withPassword.includes(who.kind)) return undefined
  const needsNfkc = who.index === sessionShapes.length
  return needsNfkc ? (around.passwords.find(password => !password.ascii) ?? drawn) : drawn
}

function linksOf(who: Identity, random: Random): Account['links'] {
  const [keycloak, github] = providers
  switch (who.kind) {
    case 'keycloak':
    case 'both':
      return [{ provider: keycloak, subject: `kc-${random.text(24, 'abcdef0123456789')}` }]
    case 'github':
      return [{ provider: github, subject: String(9_000_000 + who.index) }]
    case 'deactivated':
      // Deactivating leaves links in place (synapse/handlers/deactivate_account.py).
      return random.chance(0.3) ? [{ provider: github, subject: String(9_000_000 + who.index) }] : []
    default:
      return []
  }
}

function contactsOf(who: Identity, random: Random, options: PlanOptions): Pick<Account, 'emails' | 'phones'> {
  const wantsPhones = options.phones ?? options.dialect === 'mas-cli'
  const email = who.index === 0 || random.chance(0.5)
  const phone = who.index === 1 || random.chance(0.06)
  const number = `4477009${String(who.index).padStart(6, '0')}`
  if (!isActiveHuman(who.kind)) return { emails: [], phones: [] }
  return {
    emails: email ? [`${who.localpart}@mail.example`] : [],
    phones: phone && wantsPhones ? [number] : [],
  }
}

function isActiveHuman(kind: AccountKind): boolean {
  return !['deactivated', 'deactivated-long-ago', 'appservice', 'guest'].includes(kind)
}

/** A puppet token belongs to an admin and acts as another: Synapse's admin API makes it without a device. */
function puppetOf(who: Identity, random: Random, around: Surroundings): PlannedToken {
  const target = localpartOf(0, 'password', randomOf(around.seed, 0))
  return {
    token: synapseToken('syt', who.localpart, random),
    deviceId: undefined,
    puppets: `@${target}:${around.serverName}`,
  }
}

function loginsOf(who: Identity, random: Random, around: Surroundings): Sessions {
  const shape = shapeOf(who.index, who.kind, random)
  const sessions = sessionsOf(shape, who.localpart, random, who.createdAt * 1000)
  const signsDevices = who.index === 2 || random.chance(0.25)
  switch (who.kind) {
    case 'deactivated':
    case 'deactivated-long-ago':
      return { devices: [], tokens: [] }
    case 'guest':
      return {
        devices: [{ ...deviceOf(random, who.createdAt * 1000), id: 'guest_device' }],
        tokens: [{ token: synapseToken('syt', who.localpart, random), deviceId: 'guest_device' }],
      }
    case 'admin':
      return { ...sessions, tokens: [...sessions.tokens, puppetOf(who, random, around)] }
    case 'appservice':
      return sessions
    default:
      return signsDevices ? { ...sessions, devices: [...sessions.devices, hiddenDeviceOf(random)] } : sessions
  }
}

function accountOf(index: number, around: Surroundings): Account {
  const random = randomOf(around.seed, index)
  const kind = kindOf(index, random, around.options.guests === true)
  const localpart = localpartOf(index, kind, random)
  const createdAt = Date.UTC(2021, 0, 1) / 1000 + random.below(90_000_000)
  const who: Identity = { index, kind, localpart, createdAt }
  return {
    localpart,
    userId: `@${localpart}:${around.serverName}`,
    kind,
    createdAt,
    displayName: `${localpart.charAt(0).toUpperCase()}${localpart.slice(1)}`,
    password: passwordOf(who, random, around),
    links: linksOf(who, random),
    admin: kind === 'admin',
    deactivated: kind === 'deactivated' || kind === 'deactivated-long-ago',
    locked: kind === 'locked',
    guest: kind === 'guest',
    appservice: kind === 'appservice' ? 'bridge' : undefined,
    ...contactsOf(who, random, around.options),
    ...loginsOf(who, random, around),
  }
}

/** Numbers from 900,001 on, beyond those of the bulk. */
function livingOf(role: LivingRole, index: number, around: Surroundings): LivingPlan {
  const random = randomOf(around.seed, 1_000_000 + index)
  const suitable = around.passwords.filter(password => password.ascii === (role !== 'nfkc'))
  return {
    role,
    localpart: `living.${900_001 + index}`,
    password: suitable[random.below(suitable.length)] ?? around.passwords[0],
  }
}

/**
 * Plans `count` accounts, twelve of them living ones. The same seed, count and options give the same plan on every machine, and a longer plan begins
 * with the shorter one (odd accounts, if asked for, replace the last ones). Nothing is read or written.
 *
 * What each kind uses in Synapse, the same in 1.121.1 and 1.163.2 unless said otherwise:
 * - every account: `users` (name, creation_ts in seconds, admin, deactivated, is_guest smallint; locked boolean;
 *   appservice_id, password_hash), `profiles` (user_id is the local part, full_user_id, displayname; 1.163 adds `fields`)
 * - links: `user_external_ids` (auth_provider, external_id, user_id)
 * - e-mail addresses and phone numbers: `user_threepids` (user_id, medium `email` or `msisdn`, address, times in ms)
 * - devices: `devices` (hidden for cross-signing keys; `guest_device` is every guest's one device)
 * - tokens: `access_tokens` (valid_until_ms, puppets_user_id, refresh_token_id, used), `refresh_tokens` (next_token_id)
 *
 * @throws RangeError where `count` is not a whole number from 50 to 100,000.
 */
export function planAccounts(seed: number, count: number, options: PlanOptions): Plan {
  if (!Number.isInteger(count) || count < leastAccounts || count > mostAccounts)
    throw new RangeError(
      `count must be a whole number from ${leastAccounts} to ${mostAccounts}, not ${count}`,
    )
  const serverName = options.serverName ?? 'example.test'
  const pepper = options.pepper ?? ''
  const around: Surroundings = { seed, options, serverName, passwords: passwordPool(seed, pepper) }
  const living = livingRoles.map((role, index) => livingOf(role, index, around))
  const accounts = Array.from({ length: count - living.length }, (_, index) => accountOf(index, around))
  return {
    seed,
    serverName,
    pepper,
    options,
    living,
    accounts: options.oddities === true ? withOddities(accounts, serverName) : accounts,
  }
}
