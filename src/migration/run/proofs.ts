import { randomBytes } from 'node:crypto'
import { countDifferences } from '../../domain/account-counts.ts'
import type { Proof } from '../../domain/reports.ts'
import type { HttpClient } from '../../server/http.ts'
import { record } from '../../support/json.ts'
import { countBoth, countClosed } from './accounts.ts'
import { type Canary, type CanaryAccount, login } from './canary.ts'
import type { Context } from './context.ts'

/** MAS has the same counts as Synapse in every category. Checked before MAS starts, because MAS deletes some rows later. */
export async function proveCounts(context: Context): Promise<readonly Proof[]> {
  const { counts } = context.report
  if (!counts) throw new Error('nothing was counted')
  const differences = countDifferences(counts.synapse, counts.mas)
  const seen = differences.map(({ category, synapse, mas }) => `${category}: ${mas} of ${synapse}`).join(', ')
  const closed = await countClosed(context.deps.sql, context.names)
  return [
    proof(
      'MAS has the same counts as Synapse',
      differences.length === 0,
      seen || `${counts.synapse.users} accounts, all categories equal`,
    ),
    proof(
      'locked and deactivated accounts stay closed',
      closed.mas === closed.synapse,
      `${closed.mas} of ${closed.synapse}`,
    ),
  ]
}

/** The proofs that must hold before the migration counts as done. A proof that fails is a result, not an error. */
export async function proveLive(context: Context): Promise<readonly Proof[]> {
  const { names, canary } = context
  if (!canary) throw new Error('there is no canary to prove with')
  const ask = context.deps.http(names)
  return [
    await oldSession(ask, names.clientUrl, canary),
    await delegation(ask, names.synapseUrl),
    await badToken(ask, names.clientUrl),
    await oldAdminSession(ask, names.synapseUrl, canary),
    await adminsKept(context),
    await compatibility(ask, names.masUrl),
    ...(await newLogin(context, ask, canary)),
    await workers(context, ask, canary),
    await doctor(context),
  ]
}

/** Synapse caches MAS's answers for two minutes, so this needs a token that has not been used since Synapse started. */
async function oldSession(ask: HttpClient, url: string, { plain }: Canary): Promise<Proof> {
  const token = plain.tokens.at(-1) ?? ''
  const answer = await ask({ url: `${url}/_matrix/client/v3/account/whoami`, token })
  return proof(
    'an existing session is still valid',
    answer.status === 200 && answer.body.user_id === plain.userId,
    http(answer.status),
  )
}

async function delegation(ask: HttpClient, url: string): Promise<Proof> {
  const answer = await ask({ url: `${url}/_matrix/client/v3/login` })
  return proof(
    'Synapse delegates to MAS',
    answer.status === 404,
    `its built-in login returns ${http(answer.status)}`,
  )
}

async function badToken(ask: HttpClient, url: string): Promise<Proof> {
  const token = `mct_${randomBytes(12).toString('hex')}`
  const answer = await ask({ url: `${url}/_matrix/client/v3/account/whoami`, token })
  const known = answer.status === 401 && answer.body.errcode === 'M_UNKNOWN_TOKEN'
  return proof('an invalid access token is rejected', known, http(answer.status))
}

async function oldAdminSession(ask: HttpClient, url: string, { admin }: Canary): Promise<Proof> {
  const token = admin.tokens[0] ?? ''
  const answer = await ask({ url: `${url}/_synapse/admin/v2/users?limit=1&guests=false`, token })
  return proof(
    "an administrator's existing session keeps its rights",
    answer.status === 200,
    http(answer.status),
  )
}

async function adminsKept(context: Context): Promise<Proof> {
  const { synapse, mas } = await countBoth(context.deps.sql, context.names)
  const name = 'administrators keep their rights'
  if (mas.admins === null) return { name, result: 'skipped', detail: 'this version of MAS cannot store them' }
  return proof(name, mas.admins === synapse.admins, `${mas.admins} of ${synapse.admins}`)
}

async function compatibility(ask: HttpClient, url: string): Promise<Proof> {
  const answer = await ask({ url: `${url}/_matrix/client/v3/login` })
  return proof('the compatibility layer answers', answer.status === 200, http(answer.status))
}

async function newLogin(context: Context, ask: HttpClient, { plain }: Canary): Promise<readonly Proof[]> {
  const name = 'a new login through MAS can write data'
  const { names, secrets, deps } = context
  const flows = (await ask({ url: `${names.masUrl}/_matrix/client/v3/login` })).body.flows
  if (Array.isArray(flows) && !flows.some(flow => isPasswordFlow(flow))) {
    return [{ name, result: 'skipped', detail: 'MAS offers no password logins' }]
  }
  const canaryContext = { ask, names, secrets, sleep: deps.clock.sleep }
  const token = await login(canaryContext, names.masUrl, plain)
  if (token === undefined) return [proof(name, false, 'MAS rejected the login')]
  const written = await writes(ask, names.clientUrl, plain, token)
  const out = await ask({ method: 'POST', url: `${names.masUrl}/_matrix/client/v3/logout`, token, body: {} })
  return [written, proof('a session can log out through MAS', out.status === 200, http(out.status))]
}

async function writes(
  ask: HttpClient,
  url: string,
  { userId }: CanaryAccount,
  token: string,
): Promise<Proof> {
  const mark = randomBytes(8).toString('hex')
  const data = `${url}/_matrix/client/v3/user/${encodeURIComponent(userId)}/account_data/matrix-auth-actions.proof`
  const put = await ask({ method: 'PUT', url: data, token, body: { mark } })
  const got = await ask({ url: data, token })
  const name = 'a new login through MAS can write data'
  return proof(
    name,
    put.status === 200 && got.body.mark === mark,
    `write ${http(put.status)}, read ${http(got.status)}`,
  )
}

async function workers(context: Context, ask: HttpClient, { plain }: Canary): Promise<Proof> {
  const name = 'workers respond'
  const { names } = context
  if (names.workerUnits.length === 0) return { name, result: 'skipped', detail: 'this server has no workers' }
  const running = await context.deps.session.run(['docker', 'ps', '--format', '{{.Names}}'])
  const up = new Set(running.stdout.split('\n'))
  const missing = names.workerUnits.filter(unit => !up.has(unit))
  const token = plain.tokens[0] ?? ''
  const sync = await ask({ url: `${names.clientUrl}/_matrix/client/v3/sync?timeout=0`, token })
  const detail =
    missing.length > 0
      ? `not running: ${missing.join(', ')}`
      : `${names.workerUnits.length} running, sync ${http(sync.status)}`
  return proof(name, missing.length === 0 && sync.status === 200, detail)
}

/** mas-cli doctor passes during a lockout, and fails on a healthy server in an old mode. So its errors are only warnings here. */
async function doctor(context: Context): Promise<Proof> {
  const name = 'mas-cli doctor reports no error'
  const { findings } = await context.deps.doctor()
  context.report.found(findings.map(finding => ({ ...finding, host: context.names.host })))
  const errors = findings.filter(finding => finding.severity === 'error')
  if (errors.length === 0) return proof(name, true, `${findings.length} warnings`)
  const detail = errors.map(error => error.id).join(', ')
  context.report.warnings.push(`mas-cli doctor reports ${detail}.`)
  return { name, result: 'skipped', detail }
}

function isPasswordFlow(flow: unknown): boolean {
  return record(flow).type === 'm.login.password'
}

function proof(name: string, holds: boolean, detail: string): Proof {
  return { name, result: holds ? 'holds' : 'fails', detail }
}

function http(status: number): string {
  return status === 0 ? 'no answer' : `HTTP ${status}`
}
