import type { ServerFacts } from '../domain/server-facts.ts'
import type { Dialect } from '../domain/stage.ts'
import { type HttpClient, httpFrom } from './http.ts'
import { type NamesAndSecret, readNames } from './names.ts'
import { probeServer } from './probe.ts'
import type { ServerSession } from './session.ts'
import { querySql } from './sql.ts'
import { type Window, windowOver } from './window/window.ts'

/** The one port to a server; a plain object in tests. */
export interface Server {
  readonly session: ServerSession
  readonly window: Window
  probe(): Promise<ServerFacts>
  /** From the two configuration files on the server. */
  names(facts: ServerFacts): Promise<NamesAndSecret>
  /** From inside Synapse's container. */
  readonly http: HttpClient
  sql: Sql
}

/** Runs SQL in a database of the server. Returns the rows as psql prints them unaligned, without the trailing newline. */
export type Sql = (database: string, text: string) => Promise<string>

export function serverOver(session: ServerSession, dialect: Dialect): Server {
  return {
    session,
    window: windowOver(session),
    probe: () => probeServer(session, dialect),
    names: facts => readNames(session, facts),
    http: httpFrom(session),
    sql: (database, text) => querySql(session, database, text),
  }
}
