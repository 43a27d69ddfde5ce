import type { Client } from 'pg'
import { Failure } from '../failure.ts'
import { newId } from '../ulid.ts'
import type { Progress } from './progress.ts'
import type { MasWriter } from './writer.ts'

export interface Person {
  /** Undefined for users of application services: they stay Synapse's. */
  readonly id: string | undefined
  readonly admin: boolean
  /** Neither deactivated nor a guest: such a user's sessions are taken over. */
  readonly active: boolean
}

export interface MigrationInput {
  readonly synapse: Client
  readonly writer: MasWriter
  readonly serverName: string
  /** `auth_provider` → provider id, as UUID. */
  readonly providers: ReadonlyMap<string, string>
  readonly ignoreMissingProviders: boolean
  readonly progress: Progress
}

/** The moment in the form that PostgreSQL reads. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function momentOrNull(milliseconds: string | null): string | null {
  return milliseconds === null ? null : moment(Number(milliseconds))
}

/** @throws Failure where the user is of another server or no user id at all. */
export function localpart(user: string, serverName: string): string {
  const fail = (reason: string) =>
    new Failure(`failed to extract localpart of FullUserId(${JSON.stringify(user)}): ${reason}`)
  if (!user.startsWith('@')) throw fail('user ID does not start with `@` sigil')
  const colon = user.indexOf(':')
  if (colon === -1) throw fail('user ID does not have a `:` separator')
  const found = user.slice(colon + 1)
  if (found === serverName) return user.slice(1, colon)
  throw fail(`wrong server name: expected ${JSON.stringify(serverName)}, got ${JSON.stringify(found)}`)
}

/** Who was met so far, and the sessions made up for their devices. */
export class State {
  readonly input: MigrationInput
  /** By local part. */
  readonly people = new Map<string, Person>()
  readonly #sessions = new Map<string, string>()

  constructor(input: MigrationInput) {
    this.input = input
  }

  /** @throws Failure where a row belongs to nobody. */
  person(user: string, table: string): Person {
    const person = this.people.get(localpart(user, this.input.serverName))
    if (person !== undefined) return person
    throw new Failure(`user ${user} was not found for migration but a row in ${table} was found for them`)
  }

  /** The session of a device, made up at the moment of its first token. */
  session(user: string, device: string, milliseconds: number): string {
    const key = `${user} ${device}`
    const known = this.#sessions.get(key)
    if (known !== undefined) return known
    const session = newId(milliseconds)
    this.#sessions.set(key, session)
    return session
  }
}
