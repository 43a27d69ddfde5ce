import type { Pool } from 'pg'
import type { ClientConfig, MatrixConfig } from '../config.ts'
import type { Era } from '../era.ts'
import type { HttpConfig } from '../http-config.ts'
import type { Passwords } from '../passwords.ts'
import type { Section } from '../yaml-values.ts'
import type { Homeserver } from './homeserver.ts'
import type { Limiter } from './limiter.ts'

/** What handlers share. */
export interface Context {
  readonly era: Era
  readonly pool: Pool
  readonly http: HttpConfig
  readonly matrix: MatrixConfig
  readonly clients: readonly ClientConfig[]
  readonly secrets: Section
  readonly passwords: Passwords
  readonly homeserver: Homeserver
  readonly loginsPerAddress: Limiter
  readonly loginsPerAccount: Limiter
}

/** Milliseconds that a refreshable compatibility token lives (`experimental.compat_token_ttl` of the real one). */
export const tokenLifetime = 300_000
