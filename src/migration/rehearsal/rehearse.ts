import type { Finding } from '../../domain/finding.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { readSyn2mas, type Syn2masResult } from '../../mas/output/syn2mas-output.ts'
import type { Playbook } from '../../playbook/playbook.ts'
import type { ServerNames } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { Clock, Log } from '../run/context.ts'
import { dropLeftovers, dropScratch, makeScratch } from './scratch.ts'
import { commandDigest, masConfigFolder, realCommand, tagCommand } from './syn2mas-command.ts'

export interface RehearsalPorts extends Pick<Server, 'session' | 'probe' | 'names' | 'http' | 'sql'> {
  readonly playbook: Playbook
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the job is cancelled: Ansible is ended, and what the rehearsal made or stopped is put back. */
  readonly abort?: AbortSignal
}

export interface RehearsalOptions {
  /** Rehearse in MAS's own database, MAS stopped meanwhile, where no database can be made beside it. */
  readonly allowInPlace: boolean
  /** The number of our own lock on the server; a lock of anybody else ends the rehearsal. */
  readonly fence?: number
}

export interface Rehearsal {
  readonly result: Syn2masResult
  /** Words of the command that the real run is. They hold paths and names, no secret. */
  readonly command: readonly string[]
  readonly commandDigest: string
  /** The tool's and ours, with the host in each. */
  readonly findings: readonly Finding[]
  /** Nothing in it keeps the real run from being done. */
  readonly passes: boolean
  readonly facts: ServerFacts
  /** Of the playbook's call, Ansible included. */
  readonly seconds: number
  /** ISO 8601. */
  readonly at: string
}

/**
 * Rehearses the migration on the real server and leaves no trace: by the playbook's own tag, in the `mas-cli` dialect against
 * a scratch database, in the `syn2mas-tool` dialect in place (its dry run writes nothing) with MAS started again afterwards.
 * @throws ToolkitError where the server is in no state to be rehearsed on, the tag ran nothing, or something did not come back.
 */
export async function rehearse(side: RehearsalPorts, options: RehearsalOptions): Promise<Rehearsal> {
  const { clock } = side
  const before = await side.probe()
  requireReady(before, options)
  const { names } = await side.names(before)
  const at = clock.now().toISOString()
  const { ran, result } = await runUntilProven(side, options, names)
  const after = await side.probe()
  requireUntouched(before, after)
  const findings = [...strangersFinding(before), ...result.findings].map(finding => ({
    ...finding,
    host: before.host,
  }))
  return {
    result,
    command: ran.command,
    commandDigest: commandDigest(ran.command),
    findings,
    passes: passes(result) && before.mas.strangers.count === 0,
    facts: before,
    seconds: ran.seconds,
    at,
  }
}

/**
 * Of the Node tool a warning for an account is fatal in the real run, so none may be left; of mas-cli only errors keep the
 * real run from being done.
 */
function passes({ dialect, outcome }: Syn2masResult): boolean {
  return outcome === 'clean' || (dialect === 'mas-cli' && outcome === 'warnings')
}

interface Ran {
  readonly command: readonly string[]
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

const mostAttempts = 3

/**
 * The Node tool's last lines, its summary among them, can be missing although it ran to its end: then the rehearsal is
 * repeated. It changes nothing, so it can be.
 */
async function runUntilProven(
  side: RehearsalPorts,
  options: RehearsalOptions,
  names: ServerNames,
): Promise<{ readonly ran: Ran; readonly result: Syn2masResult }> {
  for (let attempt = 1; ; attempt += 1) {
    const ran = await runTag(side, options, names)
    const { exitCode, stdout, stderr } = ran
    const result = readSyn2mas({ dialect: names.dialect, exitCode, stdout, stderr })
    if (result.outcome !== 'unproven' || attempt === mostAttempts) return { ran, result }
    side.log.warning(
      `The output of syn2mas does not show a result. Rehearsing again (${attempt + 1} of ${mostAttempts}).`,
    )
  }
}

async function runTag(side: RehearsalPorts, options: RehearsalOptions, names: ServerNames): Promise<Ran> {
  if (names.dialect === 'syn2mas-tool') return masAgain(side, names, () => callTag(side))
  try {
    return await againstScratch(side, names)
  } catch (error) {
    const refused = error instanceof ToolkitError && error.reason === 'server-state-unreadable'
    if (!refused || !options.allowInPlace) throw error
    side.log.warning(
      `No database can be made beside MAS's own: ${error.message} Rehearsing in place, MAS stopped.`,
    )
    return inPlace(side, names)
  }
}

async function againstScratch(side: RehearsalPorts, names: ServerNames): Promise<Ran> {
  const { clock } = side
  await dropLeftovers(side, clock)
  const scratch = await makeScratch(side, names, clock)
  try {
    return await callTag(side, scratch.folder)
  } finally {
    await dropScratch(side, scratch)
  }
}

/** A dry run that dies leaves MAS's tables renamed; a second one puts them back. */
async function inPlace(side: RehearsalPorts, names: ServerNames): Promise<Ran> {
  await systemctl(side.session, 'stop', names.masUnit)
  return masAgain(side, names, async () => {
    const ran = await callTag(side)
    const { mas } = await side.probe()
    if (mas.tables === 'renamed') await callTag(side)
    return ran
  })
}

async function callTag({ playbook, log, abort }: RehearsalPorts, folder?: string): Promise<Ran> {
  const { checkout, host } = playbook.target
  if (abort?.aborted) throw cancelled(host)
  const { syn2masTag, dryRunVariable } = checkout.capabilities
  log.info(`The playbook runs ${syn2masTag} as a dry run.`)
  const outcome = await playbook.run({
    tags: [syn2masTag],
    vars: {
      extraVars: {
        [dryRunVariable]: true,
        ...(folder === undefined ? {} : { matrix_authentication_service_config_path: folder }),
      },
    },
    timeoutMs: 30 * 60_000,
    ...(abort === undefined ? {} : { abort }),
  })
  if (abort?.aborted) throw cancelled(host)
  const { command, result } = tagCommand(outcome, host)
  return {
    command: realCommand(command, checkout.dialect, folder ?? masConfigFolder),
    exitCode: result.code,
    stdout: result.stdout,
    stderr: result.stderr,
    seconds: outcome.seconds,
  }
}

function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    kind: 'refused',
    reason: 'cancelled',
    what: 'The rehearsal was cancelled.',
    where: host,
    meaning: 'Nothing: what the rehearsal made is removed, and MAS runs again where it was stopped for it.',
    remedy: 'Run it again; no receipt was written.',
  })
}

/** Whatever happens meanwhile, MAS is started again and answers before this returns. */
async function masAgain<T>(side: RehearsalPorts, names: ServerNames, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await systemctl(side.session, 'start', names.masUnit)
    await untilMasAnswers(side, names)
  }
}

async function systemctl(session: ServerSession, verb: 'start' | 'stop', unit: string): Promise<void> {
  // A Synapse whose unit requires MAS's, as today's playbook has it without the three variables, goes on.
  const mode = verb === 'stop' ? ['--job-mode=ignore-dependencies'] : []
  const { code } = await session.run(['systemctl', verb, ...mode, unit], { timeoutMs: 120_000 })
  if (code === 0) return
  throw new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: `systemctl ${verb} ${unit} failed with exit code ${code}.`,
    where: session.host,
    meaning: 'Nothing for users: Synapse is on its own login and was not touched.',
    remedy: `Look at the log on the server: journalctl -u ${unit} -n 50.`,
  })
}

async function untilMasAnswers({ session, http, clock }: RehearsalPorts, names: ServerNames): Promise<void> {
  const ask = http(names)
  const url = `${names.masUrl}/.well-known/openid-configuration`
  for (let turn = 0; turn < 60; turn += 1) {
    const answer = await ask({ url }).catch(() => undefined)
    if (answer?.status === 200) return
    await clock.sleep(1000)
  }
  throw new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: 'MAS was stopped for the rehearsal and does not answer again after its start.',
    where: session.host,
    meaning: 'Nothing for users: Synapse is on its own login and was not touched.',
    remedy: `Look at the log on the server: journalctl -u ${names.masUnit} -n 50.`,
  })
}

function requireReady(facts: ServerFacts, options: RehearsalOptions): void {
  const { mas, synapse, ours, host } = facts
  const held = ours.lock && ours.lock.leaseSeconds > 0 && ours.lock.fence !== options.fence
  const why = held
    ? `the server is held by ${ours.lock?.owner}`
    : !mas.installed
      ? 'MAS is not installed on it'
      : synapse.delegating !== 'no'
        ? 'Synapse delegates already'
        : mas.tables !== 'whole'
          ? `the tables of MAS are ${mas.tables}`
          : undefined
  if (why === undefined) return
  throw new ToolkitError({
    kind: 'refused',
    reason: held ? 'lock-held' : 'refused-state',
    what: `There is nothing to rehearse on this server: ${why}.`,
    where: host,
    remedy: held
      ? 'Wait until the other run has ended.'
      : 'A rehearsal wants a server on which the prepare pull request was deployed, and no migration begun.',
  })
}

/** Nothing may be stopped, started or renamed that was not before. */
function requireUntouched(before: ServerFacts, after: ServerFacts): void {
  const units = ({ synapse, mas, postgres }: ServerFacts) => [synapse, ...synapse.workers, mas, postgres]
  const changed = units(before).filter(unit => {
    const now = units(after).find(other => other.name === unit.name)
    return unit.container && !now?.container
  })
  const renamed = before.mas.tables === 'whole' && after.mas.tables !== 'whole'
  if (changed.length === 0 && !renamed) return
  throw new ToolkitError({
    kind: 'server',
    reason: 'server-command-failed',
    what: `The rehearsal left a trace: ${[...changed.map(({ name }) => `${name} does not run`), ...(renamed ? ['the tables of MAS are renamed'] : [])].join(', ')}.`,
    where: before.host,
    remedy: 'Start what does not run with systemctl; run the rehearsal again, which puts the tables back.',
  })
}

function strangersFinding({ mas }: ServerFacts): Finding[] {
  const { count, names } = mas.strangers
  if (count === 0) return []
  return [
    {
      id: 'syn2mas/early-logins',
      severity: 'error',
      message: `MAS holds ${count} accounts that Synapse does not have: ${names.slice(0, 5).join(', ')}.`,
      why: 'Somebody logged in through MAS before the migration; syn2mas then refuses the database as not empty.',
      remedy:
        'Keep MAS from being advertised while prepared (the three variables of the prepare pull request), and delete these accounts in MAS.',
    },
  ]
}
