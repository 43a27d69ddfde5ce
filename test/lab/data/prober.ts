import { whoami } from './client.ts'
import type { Ledger } from './ledger.ts'
import { textField, type World, wait } from './world.ts'

/** Who decides about logins, as seen from outside; `down` where users get no useful answer. */
export type Answering = 'own' | 'delegated' | 'down'

export interface Probe {
  /** When it was asked and when the answer was there, in ms since 1970. */
  readonly askedAt: number
  readonly answeredAt: number
  /** What an old token was answered (0: nothing). */
  readonly tokenStatus: number
  readonly answering: Answering
}

/** A reverse proxy can keep a request for longer than the downtime: the next one would only be made after it. */
const timeoutMs = 1000

/**
 * Asks as a user does, with an old token (a worker may answer that), and for a path that Synapse's main process has only
 * while it has its built-in login: 405 `M_UNRECOGNIZED` for a GET of it then, 404 when it delegates
 * (synapse/rest/client/account.py, both versions and both modes of delegation).
 */
export async function probe(world: World, token: string): Promise<Probe> {
  const askedAt = Date.now()
  const ownPath = '/_matrix/client/v3/account/password'
  const [identity, own] = await Promise.all([
    whoami(world, token, timeoutMs),
    world.http({ to: 'client', method: 'GET', path: ownPath, timeoutMs }),
  ])
  const recognised = textField(own.body, 'errcode') === 'M_UNRECOGNIZED'
  const mode = own.status === 405 ? 'own' : own.status === 404 && recognised ? 'delegated' : 'down'
  return {
    askedAt,
    answeredAt: Date.now(),
    tokenStatus: identity.status,
    answering: identity.status === 200 ? mode : 'down',
  }
}

/** No refreshable ones: the first use of one has Synapse forget the refresh token before it, which is in the ledger. */
export function probeTokensOf(ledger: Ledger): string[] {
  return ledger.tokens.filter(({ what }) => what.startsWith('token of kind')).map(({ token }) => token)
}

export interface Prober {
  stop(): Promise<readonly Probe[]>
}

/** Probes every `everyMs`, with each of the tokens in turn, until stopped. */
export function startProber(world: World, tokens: readonly [string, ...string[]], everyMs: number): Prober {
  const probes: Probe[] = []
  let going = true
  const run = async (): Promise<void> => {
    for (let turn = 0; going; turn += 1) {
      const began = Date.now()
      probes.push(await probe(world, tokens[turn % tokens.length] ?? tokens[0]))
      await wait(Math.max(0, began + everyMs - Date.now()))
    }
  }
  const finished = run()
  return {
    stop: async () => {
      going = false
      await finished
      return probes
    },
  }
}

/** The time in which users were not served as before, in seconds; from the last answer before Synapse's stop. */
export interface Window {
  /** To the first answer of a Synapse that delegates; undefined where none came. */
  readonly total: number | undefined
  /** Of it, without a useful answer. */
  readonly down: number
  /** Of it, with Synapse's built-in login: what users change then is lost. */
  readonly ownLogin: number
  /** In ms since 1970. */
  readonly from: number | undefined
  readonly until: number | undefined
}

/**
 * Measures the window in a prober's record. It is as exact as the record is dense, and rather too long than too short.
 *
 * @param after do not look before this time (ms since 1970), where something else restarted Synapse earlier.
 */
export function windowOf(probes: readonly Probe[], after = 0): Window {
  const record = probes.filter(each => each.askedAt >= after)
  const stop = record.findIndex(each => each.answering === 'down')
  const firstDown = record[stop]
  if (firstDown === undefined)
    return { total: undefined, down: 0, ownLogin: 0, from: undefined, until: undefined }
  const from = record[stop - 1]?.answeredAt ?? firstDown.askedAt
  const length = record.slice(stop).findIndex(each => each.answering === 'delegated')
  const inside = length === -1 ? record.slice(stop) : record.slice(stop, stop + length + 1)
  const end = inside.at(-1)?.answeredAt ?? from
  const spent: Record<Answering, number> = { own: 0, delegated: 0, down: 0 }
  let before = from
  for (const each of inside) {
    // What the end of a down time brings was not there before it.
    spent[each.answering === 'own' ? 'own' : 'down'] += each.answeredAt - before
    before = each.answeredAt
  }
  const seconds = (ms: number): number => Math.round(ms / 10) / 100
  return {
    total: length === -1 ? undefined : seconds(end - from),
    down: seconds(spent.down),
    ownLogin: seconds(spent.own),
    from,
    until: length === -1 ? undefined : end,
  }
}
