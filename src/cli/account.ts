import { createHmac } from 'node:crypto'
import { readInputs } from '../actions/inputs.ts'
import { resolveTargets, serverInputs } from '../actions/targets.ts'
import { withServer } from '../actions/with-server.ts'
import { systemClock } from '../domain/clock.ts'
import type { ServerFacts } from '../domain/server-facts.ts'
import { actualStage } from '../migration/plan/actual-stage.ts'
import { probeWhenUnlocked } from '../migration/probe-when-unlocked.ts'
import { masUnit, readRegistration, synapseUrl } from '../server/names.ts'
import type { Server } from '../server/server.ts'
import { ToolkitError } from '../support/errors.ts'
import { parseRecord } from '../support/json.ts'
import { failureLine } from '../support/lines.ts'
import type { Invocation } from './invocation.ts'
import { readPassword } from './password.ts'

interface Account {
  readonly schema: 'account/1'
  readonly host: string
  readonly name: string
  /** Where the account is. */
  readonly kept: 'synapse' | 'mas'
  readonly email?: string
  /** One sentence for people. */
  readonly sentence: string
}

/** The command `register-user`. */
export async function registerUser(invocation: Invocation): Promise<void> {
  const [name = ''] = invocation.args
  const email = invocation.source('email') || undefined
  requireName(name)
  if (email !== undefined) requireAddress(email)
  const { err } = invocation.terminal.screen
  const wanted = {
    name,
    admin: invocation.isSet('admin'),
    ...(email !== undefined && { email }),
    ...(invocation.isSet('password') && { readPassword: () => readPassword(err, process.stdin) }),
  }
  await onServer(invocation, (server, facts) => register(server, facts, wanted))
}

/** The command `verify-email`. */
export async function verifyEmail(invocation: Invocation): Promise<void> {
  const [name = '', email = ''] = invocation.args
  requireName(name)
  requireAddress(email)
  await onServer(invocation, (server, facts) => verify(server, facts, name, email))
}

/**
 * Creates an account where the server keeps accounts now.
 * @throws ToolkitError `input-invalid`, `refused-state` or `server-command-failed`.
 */
export function register(server: Server, facts: ServerFacts, wanted: Wanted): Promise<Result> {
  return usesMas(facts, 'register-user')
    ? registerInMas(server, wanted)
    : registerInSynapse(server, facts, wanted)
}

/**
 * Gives an account in MAS a verified address.
 * @throws ToolkitError `refused-state` or `server-command-failed`.
 */
export async function verify(
  server: Server,
  facts: ServerFacts,
  name: string,
  email: string,
): Promise<Result> {
  if (!usesMas(facts, 'verify-email')) {
    throw new ToolkitError({
      reason: 'refused-state',
      what: "The server uses Synapse's built-in login, and Synapse keeps only addresses that are verified.",
      where: facts.host,
      remedy: 'Nothing to do: the migration takes these addresses over.',
    })
  }
  // `verify-email` of today's mas-cli only logs that it is deprecated (crates/cli/src/commands/manage.rs).
  const { stdout } = await masManage(server, ['--help'])
  const isToday = /^[ \t]+add-email\b/m.test(stdout)
  await must(server, [isToday ? 'add-email' : 'verify-email', name, email])
  return { name, kept: 'mas', email, sentence: `${email} is a verified address of ${name} in MAS.` }
}

type Result = Omit<Account, 'schema' | 'host'>

async function onServer(
  invocation: Invocation,
  work: (server: Server, facts: ServerFacts) => Promise<Result>,
): Promise<void> {
  await invocation.provideAgent()
  const runtime = invocation.runtime()
  const targets = await resolveTargets(readInputs(serverInputs, invocation.source), runtime)
  const [target, ...others] = targets.targets
  if (target === undefined || others.length > 0)
    throw invalid(`\`limit\` matches ${targets.targets.length} hosts.`, 'Set `limit` to one host.')
  const account = await withServer(targets, target, runtime, async ({ server, print }) => {
    // Not in the middle of a migration, which decides who keeps the accounts.
    const facts = await probeWhenUnlocked(server.probe, systemClock, print)
    return { schema: 'account/1', host: facts.host, ...(await work(server, facts)) } satisfies Account
  })
  const { terminal } = invocation
  terminal.result(account, () => terminal.worded(account).sentence)
}

/** @throws ToolkitError `refused-state` where it is not certain who keeps the accounts. */
function usesMas(facts: ServerFacts, command: string): boolean {
  const { stage, why } = actualStage(facts)
  if (stage === 'live') return true
  if (stage === 'absent' || stage === 'installed') return false
  throw new ToolkitError({
    reason: 'refused-state',
    what: `${command} does nothing on a server in the stage ${stage}. ${why}`,
    where: facts.host,
    remedy: 'Run `matrix-auth-actions doctor`, which says how to leave this stage.',
  })
}

interface Wanted {
  readonly name: string
  readonly admin: boolean
  readonly email?: string
  /** Asks for it. Undefined for an account without one. */
  readonly readPassword?: () => Promise<string>
}

/** Synapse's shared-secret registration (docs/admin_api/register_api.md): the password is in the request alone. */
async function registerInSynapse(
  server: Server,
  facts: ServerFacts,
  { name, admin, email, readPassword }: Wanted,
): Promise<Result> {
  if (readPassword === undefined)
    throw invalid("Synapse's built-in login needs a password.", 'Add `--password`.')
  if (email !== undefined)
    throw invalid('Synapse cannot add an email address when it creates an account.', 'Remove `--email`.')
  const { serverName, registrationSecret } = await readRegistration(server.session)
  if (registrationSecret === undefined) {
    throw new ToolkitError({
      reason: 'refused-state',
      what: 'Synapse has no registration_shared_secret.',
      where: facts.host,
      remedy: 'Set matrix_synapse_registration_shared_secret in the vars, and deploy them.',
    })
  }
  const password = await readPassword()
  const ask = server.http
  const url = `${synapseUrl}/_synapse/admin/v1/register`
  const nonce = parseRecord((await ask({ url })).text)?.nonce
  const mac = createHmac('sha1', registrationSecret)
    .update([nonce, name, password, admin ? 'admin' : 'notadmin'].join('\0'))
    .digest('hex')
  const body = JSON.stringify({ nonce, username: name, password, admin, mac })
  const answer = await ask({ url, body })
  if (answer.status === 200)
    return { name, kept: 'synapse', sentence: `@${name}:${serverName} was created in Synapse.` }
  const reason = parseRecord(answer.text)?.error
  throw refused(
    facts.host,
    `Synapse did not create the account (HTTP ${answer.status})`,
    String(reason ?? ''),
  )
}

async function registerInMas(server: Server, { name, admin, email, readPassword }: Wanted): Promise<Result> {
  if (readPassword !== undefined) {
    throw invalid(
      'mas-cli takes a password on a command line, where every user of the server can read it, or typed at its own prompt.',
      'Remove `--password` and add `--email`, or run on the server: `docker exec -it matrix-authentication-service mas-cli manage register-user`',
    )
  }
  await must(server, [
    ...['register-user', '--yes', admin ? '--admin' : '--no-admin'],
    ...(email === undefined ? [] : ['--email', email]),
    name,
  ])
  return {
    name,
    kept: 'mas',
    ...(email !== undefined && { email }),
    sentence: `${name} was created in MAS, without a password.`,
  }
}

function masManage(server: Server, argv: readonly string[]) {
  return server.session.run(['docker', 'exec', masUnit, 'mas-cli', 'manage', ...argv], { timeoutMs: 60_000 })
}

async function must(server: Server, argv: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await masManage(server, argv)
  if (code !== 0)
    throw refused(server.session.host, `mas-cli manage ${argv[0]} failed`, failureLine(stderr || stdout))
}

function refused(where: string, what: string, detail: string): ToolkitError {
  return new ToolkitError({
    reason: 'server-command-failed',
    what: `${what}${detail === '' ? '' : `: ${detail}`}.`,
    where,
    remedy: 'Fix the name or the address, then run the command again.',
  })
}

/** The characters of a user ID (Matrix specification, appendix "User Identifiers"); the first is no dash, which starts an option. */
function requireName(name: string): void {
  if (!/^[a-z0-9._=/+][a-z0-9._=/+-]*$/.test(name))
    throw invalid(
      'The name of the account is not the local part of a user ID.',
      'Write it as alice, without @ and without the name of the server.',
    )
}

function requireAddress(email: string): void {
  if (!/^[^\s@-][^\s@]*@[^\s@]+$/.test(email))
    throw invalid('The email address is not valid.', 'Write it as alice@example.com.')
}

function invalid(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, remedy })
}
