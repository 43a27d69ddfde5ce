import { countText } from '../../domain/account-counts.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Log } from '../../domain/log.ts'
import { isLocked, type ServerFacts } from '../../domain/server-facts.ts'
import { readSyn2mas, type Syn2masResult } from '../../mas/output/syn2mas-output.ts'
import type { Playbook } from '../../playbook/playbook.ts'
import type { ServerNames } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import type { ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import { estimateWindow } from './estimate.ts'
import { dropLeftovers, dropScratch, makeScratch } from './scratch.ts'
import { commandDigest, masConfigFolder, realCommand, tagCommand } from './syn2mas-command.ts'

export interface RehearsalPorts extends Server {
  readonly playbook: Playbook
  readonly clock: Clock
  readonly log: Log
  /** Aborted when the job is cancelled: Ansible is ended, and the server is restored. */
  readonly abort?: AbortSignal
}

export interface RehearsalOptions {
  /** Where no scratch database can be created: stop MAS and rehearse in its own database. */
  readonly allowInPlace: boolean
  /** The run that holds the lock. Any other lock ends the rehearsal. */
  readonly run?: string
}

export interface Rehearsal {
  readonly result: Syn2masResult
  /** The command of the real run. It holds paths and names, but no secret. */
  readonly command: readonly string[]
  readonly commandDigest: string
  /** Findings of syn2mas and of this rehearsal, each with the host. */
  readonly findings: readonly Finding[]
  /** Nothing in it would stop the real run. */
  readonly passes: boolean
  readonly facts: ServerFacts
  /** Duration of the playbook run, including Ansible. */
  readonly seconds: number
  /** Measured on this server. */
  readonly expectedWindowSeconds: number
  /** Measures again, for a server that is busier or less busy by now. */
  readonly estimate: () => Promise<number>
  /** ISO 8601. */
  readonly at: string
}

/**
 * Rehearses the migration on the real server by the playbook's own tag, and leaves no trace. The `mas-cli` dialect uses a
 * scratch database. The `syn2mas-tool` dialect runs in place, because its dry run writes nothing, and MAS is started again.
 * @throws ToolkitError where the server is not ready for a rehearsal, the tag ran nothing, or a service did not start again.
 */
export async function rehearse(ports: RehearsalPorts, options: RehearsalOptions): Promise<Rehearsal> {
  const { clock } = ports
  const before = await ports.probe()
  requireReady(before, options)
  const { names } = await ports.names(before)
  const at = clock.now().toISOString()
  const { ran, result } = await runUntilProven(ports, options, names)
  const after = await ports.probe()
  requireUntouched(before, after)
  const counts = before.synapse.migratable
  const estimate = await estimateWindow(ports.session, names, counts, ran.syn2masSeconds)
  const findings = [...masOnlyFinding(before), ...result.findings].map(finding => ({
    ...finding,
    host: before.host,
  }))
  return {
    result,
    command: ran.command,
    commandDigest: commandDigest(ran.command),
    findings,
    passes: passes(result) && before.mas.masOnlyAccounts.count === 0,
    facts: before,
    seconds: ran.seconds,
    expectedWindowSeconds: estimate.seconds,
    estimate: estimate.again,
    at,
  }
}

/** A warning of the Node tool about an account is fatal in the real run. With mas-cli only errors are. */
function passes({ dialect, outcome }: Syn2masResult): boolean {
  return outcome === 'clean' || (dialect === 'mas-cli' && outcome === 'warnings')
}

interface Ran {
  readonly command: readonly string[]
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
  readonly syn2masSeconds: number | undefined
}

const mostAttempts = 3

/** The Node tool's last lines, with its summary, can be missing although it completed. The rehearsal is repeated then. */
async function runUntilProven(
  ports: RehearsalPorts,
  options: RehearsalOptions,
  names: ServerNames,
): Promise<{ readonly ran: Ran; readonly result: Syn2masResult }> {
  for (let attempt = 1; ; attempt += 1) {
    const ran = await runTag(ports, options, names)
    const { exitCode, stdout, stderr } = ran
    const result = readSyn2mas({ dialect: names.dialect, exitCode, stdout, stderr })
    if (result.outcome !== 'unproven' || attempt === mostAttempts) return { ran, result }
    ports.log.warning(
      `The output of syn2mas does not show a result. Rehearsing again (${attempt + 1} of ${mostAttempts}).`,
    )
  }
}

async function runTag(ports: RehearsalPorts, options: RehearsalOptions, names: ServerNames): Promise<Ran> {
  if (names.dialect === 'syn2mas-tool') return withMasRestarted(ports, names, () => callTag(ports))
  try {
    return await againstScratch(ports, names)
  } catch (error) {
    const refused = error instanceof ToolkitError && error.reason === 'server-state-unreadable'
    if (!refused || !options.allowInPlace) throw error
    ports.log.warning(
      `No scratch database can be created: ${error.message} Rehearsing in MAS's own database, with MAS stopped.`,
    )
    return inPlace(ports, names)
  }
}

async function againstScratch(ports: RehearsalPorts, names: ServerNames): Promise<Ran> {
  const { clock } = ports
  await dropLeftovers(ports, clock)
  const scratch = await makeScratch(ports, names, clock)
  try {
    return await callTag(ports, scratch.folder)
  } finally {
    await dropScratch(ports, scratch)
  }
}

/** An interrupted dry run leaves MAS's tables renamed; a second one restores their names. */
async function inPlace(ports: RehearsalPorts, names: ServerNames): Promise<Ran> {
  await systemctl(ports.session, 'stop', names.masUnit)
  return withMasRestarted(ports, names, async () => {
    const ran = await callTag(ports)
    const { mas } = await ports.probe()
    if (mas.tables === 'renamed') await callTag(ports)
    return ran
  })
}

async function callTag({ playbook, log, abort }: RehearsalPorts, folder?: string): Promise<Ran> {
  const { checkout, host } = playbook.target
  if (abort?.aborted) throw cancelled(host)
  const { syn2masTag, dryRunVariable } = checkout.capabilities
  log.info(`Running the playbook's tag ${syn2masTag} as a dry run.`)
  const outcome = await playbook.run({
    tags: [syn2masTag],
    vars: {
      extraVars: {
        [dryRunVariable]: true,
        ...(folder === undefined ? {} : { matrix_authentication_service_config_path: folder }),
      },
    },
    timeoutMs: 30 * 60_000,
  })
  if (abort?.aborted) throw cancelled(host)
  const { command, result, seconds } = tagCommand(outcome, host)
  return {
    command: realCommand(command, checkout.dialect, folder ?? masConfigFolder),
    exitCode: result.code,
    stdout: result.stdout,
    stderr: result.stderr,
    seconds: outcome.seconds,
    syn2masSeconds: seconds,
  }
}

function cancelled(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'cancelled',
    what: 'The rehearsal was cancelled.',
    where: host,
    meaning: 'Users are not affected. The scratch database is removed, and MAS runs again if it was stopped.',
    remedy: 'Rehearse again. No receipt was written.',
  })
}

/** Starts MAS again after `work`, also after an error, and waits until it answers. */
async function withMasRestarted<T>(
  ports: RehearsalPorts,
  names: ServerNames,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } finally {
    await systemctl(ports.session, 'start', names.masUnit)
    await untilMasAnswers(ports, names)
  }
}

async function systemctl(session: ServerSession, verb: 'start' | 'stop', unit: string): Promise<void> {
  // Keeps a Synapse running whose unit requires MAS's, as in today's playbook without the three variables.
  const mode = verb === 'stop' ? ['--job-mode=ignore-dependencies'] : []
  const { code } = await session.run(['systemctl', verb, ...mode, unit], { timeoutMs: 120_000 })
  if (code === 0) return
  throw new ToolkitError({
    reason: 'server-command-failed',
    what: `systemctl ${verb} ${unit} failed with exit code ${code}.`,
    where: session.host,
    meaning: 'Users are not affected: Synapse uses its built-in login and was not touched.',
    remedy: `Run on the server: journalctl -u ${unit} -n 50`,
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
    reason: 'server-command-failed',
    what: 'MAS was stopped for the rehearsal, and does not answer after it was started again.',
    where: session.host,
    meaning: 'Users are not affected: Synapse uses its built-in login and was not touched.',
    remedy: `Run on the server: journalctl -u ${names.masUnit} -n 50`,
  })
}

function requireReady(facts: ServerFacts, { run }: RehearsalOptions): void {
  const { ours, host } = facts
  const held = isLocked(ours, run)
  const problem = held
    ? {
        why: `the server is locked by ${ours.lock?.owner ?? 'a run'}`,
        remedy: 'Wait until the other run has ended, then rehearse again.',
      }
    : notReady(facts)
  if (problem === undefined) return
  throw new ToolkitError({
    reason: held ? 'lock-held' : 'refused-state',
    what: `The migration cannot be rehearsed on this server: ${problem.why}.`,
    where: host,
    remedy: problem.remedy,
  })
}

/** Why the server is not prepared for a migration, and what to do; undefined where it is. */
function notReady({ mas, synapse }: ServerFacts): { why: string; remedy: string } | undefined {
  const prepare = 'Deploy the prepare pull request before you rehearse the migration.'
  if (!mas.installed) return { why: 'MAS is not installed', remedy: prepare }
  if (synapse.delegating === 'unreadable')
    return { why: "Synapse's homeserver.yaml cannot be read", remedy: prepare }
  if (synapse.delegating !== 'no') {
    const remedy = 'The server already uses MAS. There is nothing to rehearse.'
    return { why: 'Synapse delegates to MAS', remedy }
  }
  switch (mas.tables) {
    case 'whole':
      return undefined
    case 'none':
      return { why: "MAS's database has no tables", remedy: prepare }
    case 'renamed':
      return {
        why: "an earlier syn2mas run was interrupted, and left MAS's tables renamed",
        remedy:
          "To clean MAS's database, manually start the workflow that runs migrate, with operation: rollback.",
      }
    case 'unreadable':
      return {
        why: "MAS's database cannot be read",
        remedy: 'Run on the server: systemctl status matrix-postgres; journalctl -u matrix-postgres -n 50',
      }
  }
}

/** Throws where the rehearsal left a service stopped or tables renamed. */
function requireUntouched(before: ServerFacts, after: ServerFacts): void {
  const units = ({ synapse, mas, postgres }: ServerFacts) => [synapse, ...synapse.workers, mas, postgres]
  const changed = units(before).filter(unit => {
    const now = units(after).find(other => other.name === unit.name)
    return unit.container && !now?.container
  })
  const renamed = before.mas.tables === 'whole' && after.mas.tables !== 'whole'
  if (changed.length === 0 && !renamed) return
  throw new ToolkitError({
    reason: 'server-command-failed',
    what: `The rehearsal did not restore the server: ${[...changed.map(({ name }) => `${name} is not running`), ...(renamed ? ["syn2mas renamed MAS's tables and did not restore the names"] : [])].join(', ')}.`,
    where: before.host,
    remedy: [
      ...(changed.length > 0
        ? [`Run on the server: systemctl start ${changed.map(({ name }) => name).join(' ')}`]
        : []),
      ...(renamed
        ? [
            "To clean MAS's database, manually start the workflow that runs migrate, with operation: rollback.",
          ]
        : []),
    ].join('. '),
  })
}

function masOnlyFinding({ mas }: ServerFacts): Finding[] {
  const { count, names } = mas.masOnlyAccounts
  if (count === 0) return []
  return [
    {
      id: 'syn2mas/early-logins',
      severity: 'error',
      message: `MAS has ${countText('users', count)} that Synapse does not have: ${names.slice(0, 5).join(', ')}.`,
      why: 'They logged in through MAS before the migration. syn2mas refuses a database that is not empty.',
      remedy:
        'Set the three variables of the prepare pull request, so that MAS is not advertised while prepared, and delete these accounts in MAS.',
    },
  ]
}
