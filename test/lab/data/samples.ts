import type { Dialect } from '../../../src/domain/stage.ts'
import type { Account, PlannedToken } from './accounts.ts'
import type { Ledger, PasswordSample, TokenSample } from './ledger.ts'
import type { LivingAccount } from './living.ts'
import type { LivingRole } from './living-plan.ts'
import type { Plan } from './plan.ts'

const perKind = 2
const refreshSamples = 10

interface OwnedToken {
  readonly account: Account
  readonly token: PlannedToken
}

/** The first two of each kind that `kindOf` tells apart. */
function sampled<T>(
  values: readonly T[],
  kindOf: (value: T) => string | undefined,
): (readonly [string, T])[] {
  const seen = new Map<string, number>()
  return values.flatMap(value => {
    const kind = kindOf(value)
    const earlier = kind === undefined ? perKind : (seen.get(kind) ?? 0)
    if (kind === undefined || earlier >= perKind) return []
    seen.set(kind, earlier + 1)
    return [[kind, value] as const]
  })
}

function isActive(account: Account): boolean {
  return !account.deactivated && !account.locked && !account.guest && account.appservice === undefined
}

/** What kind of living token this is, or undefined for one that the migration does not carry over. */
function survivorKind({ account, token }: OwnedToken, dialect: Dialect, now: number): string | undefined {
  if (!isActive(account) || token.puppets !== undefined || token.refresh?.next !== undefined) return undefined
  if (token.validUntilMs !== undefined && token.validUntilMs < now) return undefined
  if (token.deviceId === undefined) return dialect === 'mas-cli' ? 'token without a device' : undefined
  if (!account.devices.some(device => device.id === token.deviceId)) return undefined
  return token.refresh === undefined ? `token of kind ${account.kind}` : 'refreshable token'
}

/** What kind of token this is that must be refused afterwards. The Node tool forgets that a token expires. */
function deadKind({ account, token }: OwnedToken, dialect: Dialect, now: number): string | undefined {
  if (token.puppets !== undefined) return 'puppet token'
  if (!isActive(account)) return undefined
  if (dialect === 'syn2mas-tool') return token.deviceId === undefined ? 'token without a device' : undefined
  return token.validUntilMs !== undefined && token.validUntilMs < now ? 'expired token' : undefined
}

function bulkTokens(
  plan: Plan,
  now: number,
): Pick<Ledger, 'tokens' | 'deadTokens' | 'refreshTokens' | 'adminTokens' | 'lockedTokens'> {
  const { dialect } = plan.options
  const owned = plan.accounts.flatMap(account => account.tokens.map(token => ({ account, token })))
  const sample = (what: string, pair: OwnedToken, text = pair.token.token): TokenSample => ({
    what: `${what} (${pair.account.localpart})`,
    userId: pair.account.userId,
    token: text,
  })
  const traded = owned
    .filter(({ account, token }) => isActive(account) && token.refresh?.next === undefined)
    .flatMap(pair =>
      pair.token.refresh === undefined ? [] : [sample('refresh token', pair, pair.token.refresh.token)],
    )
  const plainOf = (wanted: (account: Account) => boolean): TokenSample[] =>
    owned
      .filter(({ account, token }) => wanted(account) && token.puppets === undefined)
      .slice(0, perKind)
      .map(pair => sample(`token of kind ${pair.account.kind}`, pair))
  return {
    tokens: sampled(owned, pair => survivorKind(pair, dialect, now)).map(found => sample(...found)),
    deadTokens: sampled(owned, pair => deadKind(pair, dialect, now)).map(found => sample(...found)),
    refreshTokens: traded.slice(0, refreshSamples),
    adminTokens: plainOf(account => account.admin),
    lockedTokens: plainOf(account => account.locked),
  }
}

const withoutOldSessions: readonly LivingRole[] = ['logged-out', 'locked', 'deactivated']

function livingTokens(
  living: readonly LivingAccount[],
): Pick<Ledger, 'tokens' | 'deadTokens' | 'adminTokens' | 'lockedTokens'> {
  const of = (wanted: (role: LivingRole) => boolean): TokenSample[] =>
    living.flatMap(({ role, userId, localpart, sessions }) =>
      wanted(role)
        ? sessions.map(({ token }) => ({ what: `living ${role} (${localpart})`, userId, token }))
        : [],
    )
  return {
    // A refreshable one lives five minutes.
    tokens: of(role => !withoutOldSessions.includes(role) && role !== 'refreshable'),
    deadTokens: of(role => role === 'logged-out' || role === 'deactivated'),
    adminTokens: of(role => role === 'admin'),
    lockedTokens: of(role => role === 'locked'),
  }
}

/** Those that say most come first: proofs have few logins (three a minute and address). */
const loginOrder: readonly LivingRole[] = ['nfkc', 'owner', 'changed', 'github', 'contacts', 'member']

function passwordSamples(plan: Plan, living: readonly LivingAccount[]): Pick<Ledger, 'passwords' | 'closed'> {
  const ofLiving = (role: LivingRole): PasswordSample[] =>
    living.flatMap(account =>
      account.role === role && account.password !== undefined
        ? [
            {
              what: `living ${role}`,
              localpart: account.localpart,
              userId: account.userId,
              password: account.password,
              ...(account.roomId === undefined ? {} : { roomId: account.roomId }),
            },
          ]
        : [],
    )
  const bulk = sampled(plan.accounts, account =>
    account.password === undefined || !isActive(account)
      ? undefined
      : `${account.kind}${account.password.ascii ? '' : ', typed in another form'}`,
  ).map(([what, account]) => ({
    what,
    localpart: account.localpart,
    userId: account.userId,
    password: account.password?.typed ?? '',
  }))
  const [nfkc = [], ...rest] = loginOrder.map(ofLiving)
  return {
    passwords: [...nfkc, ...bulk.slice(0, 1), ...rest.flat(), ...bulk.slice(1)],
    // The Node tool forgets locks, so locked accounts can log in afterwards.
    closed: [...ofLiving('deactivated'), ...(plan.options.dialect === 'mas-cli' ? ofLiving('locked') : [])],
  }
}

/** What is tried over HTTP after a migration: a few of each kind, bulk and living. `now` in ms tells which tokens have expired. */
export function samplesOf(
  plan: Plan,
  living: readonly LivingAccount[],
  now: number,
): Pick<
  Ledger,
  | 'tokens'
  | 'deadTokens'
  | 'refreshTokens'
  | 'adminTokens'
  | 'lockedTokens'
  | 'passwords'
  | 'closed'
  | 'messages'
> {
  const bulk = bulkTokens(plan, now)
  const lived = livingTokens(living)
  return {
    tokens: [...bulk.tokens, ...lived.tokens],
    deadTokens: [...bulk.deadTokens, ...lived.deadTokens],
    refreshTokens: bulk.refreshTokens,
    adminTokens: [...bulk.adminTokens, ...lived.adminTokens],
    lockedTokens: [...bulk.lockedTokens, ...lived.lockedTokens],
    ...passwordSamples(plan, living),
    messages: living.flatMap(({ roomId, eventIds, sessions }) =>
      roomId === undefined
        ? []
        : eventIds.flatMap(eventId => sessions.map(({ token }) => ({ roomId, eventId, token }))),
    ),
  }
}
