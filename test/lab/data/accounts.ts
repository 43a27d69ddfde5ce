import type { Dialect } from '../../../src/domain/stage.ts'
import type { PlannedPassword } from './passwords.ts'

/** As Synapse stores them: the provider's `idp_id` with `oidc-` before it. */
export const providers = ['oidc-keycloak', 'oidc-github'] as const
export type Provider = (typeof providers)[number]

export interface PlanOptions {
  readonly dialect: Dialect
  /** Default `example.test`. */
  readonly serverName?: string
  /** Synapse's `password_config.pepper`; default none. */
  readonly pepper?: string
  /** Default no. The Node tool refuses guests, today's warns and takes them over without their sessions. */
  readonly guests?: boolean
  /** Default yes with `mas-cli`, no with `syn2mas-tool`: there a phone number is fatal in the real run. */
  readonly phones?: boolean
  /**
   * Default no. Local parts that differ in case only or are not ASCII, an e-mail address with capitals, a device whose IP
   * cannot be read, tokens whose device is gone.
   */
  readonly oddities?: boolean
}

/** A row of `devices`. `hidden` ones hold cross-signing keys and are no sessions. Times in ms. */
export interface PlannedDevice {
  readonly id: string
  readonly displayName: string | undefined
  readonly hidden: boolean
  readonly lastSeenMs: number | undefined
  readonly ip: string | undefined
}

export interface PlannedRefresh {
  readonly token: string
  /** The refresh token that replaced this one. */
  readonly next?: string
}

/** A row of `access_tokens`, with its row of `refresh_tokens` where it is refreshable. */
export interface PlannedToken {
  readonly token: string
  /** Undefined: a token without a device, as the admin API makes them. */
  readonly deviceId: string | undefined
  /** When it expires, in ms since 1970; undefined: never. */
  readonly validUntilMs?: number
  /** The user id that this token acts as; its owner is an admin. */
  readonly puppets?: string
  readonly refresh?: PlannedRefresh
  /** Whether a request was made with it. Only refreshable tokens remember. */
  readonly used?: boolean
}

export const kinds = [
  'password',
  'keycloak',
  'github',
  'both', // a password and a link
  'admin',
  'deactivated',
  'deactivated-long-ago', // by an old Synapse that kept the hash
  'locked',
  'appservice',
  'guest',
] as const
export type AccountKind = (typeof kinds)[number]

export interface Account {
  readonly localpart: string
  readonly userId: string
  readonly kind: AccountKind
  /** In seconds: `users.creation_ts`. */
  readonly createdAt: number
  readonly displayName: string
  readonly password: PlannedPassword | undefined
  readonly links: readonly { readonly provider: Provider; readonly subject: string }[]
  readonly admin: boolean
  readonly deactivated: boolean
  readonly locked: boolean
  readonly guest: boolean
  readonly appservice: string | undefined
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  readonly devices: readonly PlannedDevice[]
  readonly tokens: readonly PlannedToken[]
}

/** Local parts of the accounts that are in the ledger: a name, a dot, six digits. Others (canaries, writers) are not in it. */
export const ledgeredLocalpart = '^[^_.]+[.][0-9]{6}$'
/** Devices that the generator made; a session that came later has another name. */
export const ledgeredDevicePrefix = 'LAB'
