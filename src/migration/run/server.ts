import type { Dialect } from '../../domain/stage.ts'
import { readSyn2mas } from '../../mas/output/syn2mas-output.ts'
import type { Checkout } from '../../playbook/checkout.ts'
import { tellingFailures } from '../../playbook/narrate.ts'
import type { RenderedFile } from '../../playbook/render.ts'
import { readDeleted, renderedFiles } from '../../playbook/render.ts'
import { type PlaybookTrust, runPlaybook } from '../../playbook/run.ts'
import { renderTags, userTags } from '../../playbook/tags.ts'
import { ServerTools } from '../../server/guard/guard.ts'
import { askFrom } from '../../server/http.ts'
import { readNames } from '../../server/names.ts'
import { probeServer } from '../../server/probe.ts'
import type { RunResult, ServerSession } from '../../server/session.ts'
import { ToolkitError } from '../../support/errors.ts'
import { sqlOn } from './accounts.ts'
import type { Clock, Deps, Log, Syn2masVerdict } from './context.ts'

/** The playbook and the vars on both sides of the migration. */
export interface PlaybookSide {
  readonly checkout: Checkout
  readonly inventory: string | readonly string[]
  readonly host: string
  readonly extraVars: Readonly<Record<string, unknown>>
  /** The vars that are deployed now: an inventory of its own, or variables that win over the final ones. */
  readonly present: {
    readonly inventory?: string | readonly string[]
    readonly extraVars?: Readonly<Record<string, unknown>>
  }
  readonly trust: PlaybookTrust
  readonly vaultPassword?: string
  readonly ansibleBin?: string
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
}

/** The parts that every operation shares: session, scripts, probe, HTTP, SQL and the playbook's check run. */
export function serverDeps(
  session: ServerSession,
  playbook: PlaybookSide,
  log: Log,
): Omit<Deps, 'checkReceipt' | 'rehearse' | 'doctor'> {
  return {
    session,
    tools: new ServerTools(session),
    clock: systemClock,
    log,
    probe: () => probeServer(session, playbook.checkout.dialect),
    names: facts => readNames(session, facts),
    ask: names => askFrom(session, names.synapseUnit),
    sql: names => sqlOn(session, names),
    render: vars => render(session, playbook, vars, log),
    judge: result => judge(playbook.checkout.dialect, result),
    createUsers: () => createUsers(playbook, log),
  }
}

/** Variables that say prepared, whatever the inventory says: today's playbook needs the last three with the first. */
export function preparedVariables(checkout: Checkout): Readonly<Record<string, unknown>> {
  const { delegatesWhilePrepared, advertisingVariables } = checkout.capabilities
  return {
    matrix_authentication_service_migration_in_progress: true,
    ...(delegatesWhilePrepared ? { matrix_synapse_matrix_authentication_service_enabled: false } : {}),
    ...Object.fromEntries(advertisingVariables.map(name => [name, false])),
  }
}

/**
 * A real run is good where it exits with 0 and reports nothing that it left out: the Node tool leaves out an account with a
 * warning. A missing summary is no failure: the counts in both databases, which are compared next, prove more than a line.
 */
export function judge(dialect: Dialect, { code, stdout, stderr }: RunResult): Syn2masVerdict {
  const result = readSyn2mas({ dialect, exitCode: code, stdout, stderr })
  const isUnproven = result.outcome === 'unproven'
  const ok =
    isUnproven || result.outcome === 'clean' || (dialect === 'mas-cli' && result.outcome === 'warnings')
  const findings = result.findings.filter(({ id }) => !(isUnproven && id === 'syn2mas/no-result'))
  const errors = findings.filter(finding => finding.severity === 'error').map(finding => finding.message)
  const { exitMeaning, lastLines } = result
  return { ok, what: `syn2mas: ${[exitMeaning, ...errors].join(' ')}`, findings, lastLines }
}

async function render(
  session: ServerSession,
  playbook: PlaybookSide,
  vars: 'final' | 'present',
  log: Log,
): Promise<readonly RenderedFile[]> {
  const { checkout, host, trust, vaultPassword, ansibleBin, present } = playbook
  const here = vars === 'present' ? present : {}
  const outcome = await runPlaybook({
    checkout,
    inventory: here.inventory ?? playbook.inventory,
    limit: host,
    tags: renderTags,
    extraVars: { ...playbook.extraVars, ...here.extraVars },
    check: true,
    diff: true,
    trust,
    ...(vaultPassword === undefined ? {} : { vaultPassword }),
    ...(ansibleBin === undefined ? {} : { ansibleBin }),
    timeoutMs: 20 * 60_000,
    ...tellingFailures(log.info),
  })
  if (outcome.code !== 0) throw failed(host, `The playbook's check run ended with exit code ${outcome.code}.`)
  const { files, unreadable } = renderedFiles(outcome.results, host)
  if (unreadable.length === 0) {
    return readDeleted(files, async path => (await session.readFile(path))?.toString('utf8'))
  }
  throw failed(host, `The playbook does not show what it would write to ${unreadable.join(', ')}.`)
}

/** Bots' accounts among them: while the migration was in progress the playbook made none. */
async function createUsers(playbook: PlaybookSide, log: Log): Promise<void> {
  const { checkout, inventory, host, extraVars, trust, vaultPassword, ansibleBin } = playbook
  const outcome = await runPlaybook({
    checkout,
    inventory,
    limit: host,
    tags: userTags,
    extraVars,
    trust,
    ...(vaultPassword === undefined ? {} : { vaultPassword }),
    ...(ansibleBin === undefined ? {} : { ansibleBin }),
    timeoutMs: 10 * 60_000,
    ...tellingFailures(log.info),
  })
  if (outcome.code === 0 && outcome.stats[host] !== undefined) return
  throw new ToolkitError({
    kind: 'tool',
    reason: 'playbook-failed',
    what: `The playbook's tag ${userTags.join(',')} ended with exit code ${outcome.code}.`,
    where: host,
    remedy: 'Run the action deploy with the same vars: it makes these accounts too.',
  })
}

function failed(host: string, what: string): ToolkitError {
  return new ToolkitError({
    kind: 'tool',
    reason: 'playbook-failed',
    what,
    where: host,
    remedy: 'The log of this step names the task that failed, and why; put that right, then run this again.',
  })
}
