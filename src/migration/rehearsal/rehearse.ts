import type { Clock } from '../../domain/clock.ts'
import { type Finding, openFindings } from '../../domain/finding.ts'
import type { Log } from '../../domain/log.ts'
import type { ServerFacts } from '../../domain/server-facts.ts'
import { readSyn2mas, type Syn2masResult } from '../../mas/output/syn2mas-output.ts'
import type { Playbook } from '../../playbook/playbook.ts'
import type { ServerNames } from '../../server/names.ts'
import type { Server } from '../../server/server.ts'
import { ToolkitError } from '../../support/errors.ts'
import { estimateWindow } from './estimate.ts'
import { withMasRestarted } from './restart-mas.ts'
import { dropLeftovers, withScratch } from './scratch.ts'
import { masOnlyFinding, requireReady, requireUntouched } from './server-state.ts'
import { commandDigest, masConfigFolder, realCommand, tagCommand } from './syn2mas-command.ts'

export interface RehearsalPorts extends Server {
  readonly playbook: Playbook
  readonly clock: Clock
  readonly log: Log
  /** What the rules find with the values that Ansible evaluates. */
  readonly decided: () => Promise<readonly Finding[]>
  /** Marks accepted findings. */
  readonly accept: (findings: readonly Finding[]) => readonly Finding[]
  /** Aborted when the job is cancelled: Ansible is ended, and the server is restored. */
  readonly abort: AbortSignal
}

export interface RehearsalOptions {
  /** The state of the server, where it was probed just before. */
  readonly facts?: ServerFacts
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
  /** Measures again, for a server that was busier before. */
  readonly estimate: () => Promise<number>
  /** ISO 8601. */
  readonly at: string
}

/**
 * Rehearses the migration on the real server by the playbook's own tag, and leaves no trace. The `mas-cli` dialect uses a
 * scratch database. The `syn2mas-tool` dialect runs in place, because its dry run writes nothing, and MAS is started again.
 * @throws ToolkitError where the server is not ready for a rehearsal, the tag ran nothing, or a service did not start again.
 */
export async function rehearse(ports: RehearsalPorts, options: RehearsalOptions = {}): Promise<Rehearsal> {
  const { clock } = ports
  const before = options.facts ?? (await ports.probe())
  requireReady(before, options.run)
  const { names } = await ports.names(before)
  const at = clock.now().toISOString()
  const decided = await ports.decided()
  const { command, result, seconds, syn2masSeconds } = await runUntilProven(ports, options, names)
  const after = await ports.probe()
  requireUntouched(before, after)
  const estimate = await estimateWindow(ports.session, names, before, syn2masSeconds)
  const findings = marked(ports, before, decided, result)
  const ofRules = new Set(decided.map(({ id }) => id))
  return {
    result,
    command,
    commandDigest: commandDigest(command),
    findings,
    passes:
      passes(result) &&
      before.mas.masOnlyAccounts.count === 0 &&
      !openFindings(findings).some(({ id, severity }) => ofRules.has(id) && severity === 'error'),
    facts: before,
    seconds,
    expectedWindowSeconds: estimate.seconds,
    estimate: estimate.again,
    at,
  }
}

/** All findings, with the host. What stops syn2mas cannot be accepted. */
function marked(
  { accept }: RehearsalPorts,
  before: ServerFacts,
  decided: readonly Finding[],
  { dialect, findings }: Syn2masResult,
): readonly Finding[] {
  const stops = ({ severity }: Finding) =>
    severity === 'error' || (severity === 'warning' && dialect === 'syn2mas-tool')
  const withHost = (found: readonly Finding[]) => found.map(finding => ({ ...finding, host: before.host }))
  return [
    ...withHost([...masOnlyFinding(before), ...findings.filter(stops)]),
    ...accept(withHost([...decided, ...findings.filter(finding => !stops(finding))])),
  ]
}

/** A warning of the Node tool about an account is fatal in the real run. With mas-cli only errors are. */
function passes({ dialect, outcome }: Syn2masResult): boolean {
  return outcome === 'clean' || (dialect === 'mas-cli' && outcome === 'warnings')
}

interface Ran {
  readonly command: readonly string[]
  readonly result: Syn2masResult
  readonly seconds: number
  readonly syn2masSeconds: number | undefined
}

const mostAttempts = 3

/** The Node tool's last lines, with its summary, can be missing although it completed. The rehearsal is repeated then. */
async function runUntilProven(
  ports: RehearsalPorts,
  options: RehearsalOptions,
  names: ServerNames,
): Promise<Ran> {
  for (let attempt = 1; ; attempt += 1) {
    const ran = await runTag(ports, options, names)
    if (ran.result.outcome !== 'unproven' || attempt === mostAttempts) return ran
    ports.log.warning(
      `The output of syn2mas does not show a result. Rehearsing again (${attempt + 1} of ${mostAttempts}).`,
    )
  }
}

async function runTag(ports: RehearsalPorts, options: RehearsalOptions, names: ServerNames): Promise<Ran> {
  if (ports.playbook.target.checkout.dialect === 'syn2mas-tool')
    return withMasRestarted(ports, names, () => callTag(ports))
  await dropLeftovers(ports, options.run !== undefined)
  return withScratch(ports, names, folder => callTag(ports, folder))
}

async function callTag({ playbook, log, abort }: RehearsalPorts, folder?: string): Promise<Ran> {
  const { checkout, host } = playbook.target
  if (abort.aborted) throw cancelled(host)
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
  if (abort.aborted) throw cancelled(host)
  const { command, result, seconds } = tagCommand(outcome, host)
  const { code: exitCode, stdout, stderr } = result
  return {
    command: realCommand(command, checkout.dialect, folder ?? masConfigFolder),
    result: readSyn2mas({ dialect: checkout.dialect, exitCode, stdout, stderr }),
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
