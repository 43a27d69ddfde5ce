import type { Finding } from '../domain/finding.ts'
import type { ServerFacts, UnitFacts } from '../domain/server-facts.ts'
import type { ActualStage } from '../domain/stage.ts'
import { type DoctorResult, readDoctor } from '../mas/output/doctor-output.ts'
import { commandResult, type PlaybookOutcome } from '../playbook/outcome.ts'
import type { ToolkitError } from '../support/errors.ts'
import { actualStage } from './plan/actual-stage.ts'

/** What the doctor found on one host. */
export interface Examination {
  readonly host: string
  /** Absent where nobody could look. */
  readonly stage?: ActualStage
  readonly findings: readonly Finding[]
  /** How many checks of `mas-cli doctor` were good. */
  readonly good: number
  /** No finding is an error. */
  readonly healthy: boolean
}

export interface Examined {
  readonly facts: ServerFacts
  /** Of the playbook's doctor tag; absent where MAS is not installed. */
  readonly outcome?: PlaybookOutcome
  /** What Synapse answered to a token that nobody made; 0 where nobody answered. */
  readonly strangeTokenStatus: number
  /** What MAS's compatibility layer answered to who asks how to log in, likewise; absent where Synapse does not delegate. */
  readonly compatibilityStatus?: number
}

/**
 * `mas-cli doctor` by the playbook's tag, and what it does not notice: live without a migration every one of its lines is
 * good while nobody can log in (seen with v1.22.0).
 */
export function examine({ facts, outcome, strangeTokenStatus, compatibilityStatus }: Examined): Examination {
  const { stage, why } = actualStage(facts)
  const doctor = outcome === undefined ? undefined : readTag(outcome, facts)
  const findings = [
    ...(doctor?.findings ?? []),
    ...stageFindings(stage, why, facts),
    ...unitFindings(facts),
    ...missingAccounts(facts),
    ...tokenFindings(strangeTokenStatus),
    ...compatibilityFindings(compatibilityStatus),
    ...leftoverFindings(facts),
  ].map(finding => ({ ...finding, host: facts.host }))
  const healthy = !findings.some(({ severity }) => severity === 'error')
  return { host: facts.host, stage, findings, good: doctor?.good ?? 0, healthy }
}

/** A host that could not be looked at, and why. */
export function outOfReach(host: string, error: ToolkitError): Examination {
  const finding: Finding = {
    id: 'doctor/not-examined',
    severity: 'error',
    message: `The server could not be examined: ${error.message}`,
    host,
    why: 'It may be down, or reachable for users and not for us; nobody knows whether users are served.',
    remedy: error.remedy,
  }
  return { host, findings: [finding], good: 0, healthy: false }
}

function readTag(outcome: PlaybookOutcome, facts: ServerFacts): DoctorResult {
  const found = commandResult(outcome, ['mas-cli', 'doctor'], facts.host)?.result
  if (!found && outcome.code !== 0) return { findings: [playbookFailed(outcome)], good: 0, ran: false }
  const { rc = null, stdout = '', stderr = '' } = found ?? {}
  return readDoctor({ exitCode: rc, stdout, stderr }, facts.synapse.delegating)
}

function playbookFailed({ code }: PlaybookOutcome): Finding {
  return {
    id: 'doctor/playbook-failed',
    severity: 'error',
    message: `The playbook ended (exit code ${code ?? 'none'}) before mas-cli doctor was run.`,
    why: "The vars or the checkout are not in order, so that a deployment would fail too. What is below was seen without the playbook's help.",
    remedy: 'The log of this step names the task that failed, and why.',
  }
}

function stageFindings(stage: ActualStage, why: string, { ours }: ServerFacts): Finding[] {
  if (stage !== 'inconsistent' && stage !== 'partial') return []
  return [
    {
      id: 'doctor/stage',
      severity: 'error',
      message: `The server is ${stage}: ${why}`,
      why: 'It is between two states, and the next deployment could lock users out.',
      remedy:
        stage === 'partial'
          ? `Run migrate with operation: ${ours.journal.state === 'unfinished' ? 'resume' : 'rollback, which empties MAS and leaves Synapse alone'}.`
          : 'Compare what is named with the vars; nothing of this toolkit changes such a server by itself.',
    },
  ]
}

/** Synapse's unit is `activating` for as long as its health is waited for; whether it serves, the strange token tells. */
function isDown({ active, container }: UnitFacts): boolean {
  return !container || !['active', 'activating'].includes(active)
}

function unitFindings({ synapse, mas, postgres }: ServerFacts): Finding[] {
  const wanted: readonly UnitFacts[] = [
    synapse,
    ...synapse.workers.filter(worker => worker.exists),
    ...(mas.installed ? [mas] : []),
    postgres,
  ]
  return wanted.filter(isDown).map(unit => ({
    id: 'doctor/unit-down',
    severity: 'error',
    message: `${unit.name} does not run (${unit.active}).`,
    why: 'Users are not served, or not wholly.',
    remedy: `On the server: systemctl status ${unit.name}, journalctl -u ${unit.name} -n 50.`,
  }))
}

/** Accounts of Synapse that MAS does not have, while Synapse delegates: their owners are locked out. */
function missingAccounts({ synapse, mas }: ServerFacts): Finding[] {
  if (synapse.delegating === 'no' || synapse.delegating === 'unreadable' || mas.counts === undefined)
    return []
  const ours = (mas.counts.users ?? 0) - mas.strangers.count
  const missing = (synapse.migratable.users ?? 0) - ours
  if (missing <= 0) return []
  return [
    {
      id: 'doctor/accounts-missing-in-mas',
      severity: 'error',
      message: `${missing} accounts of Synapse are not in MAS, and Synapse delegates to it.`,
      why: 'Their owners cannot log in, and their sessions are refused; mas-cli doctor does not notice.',
      remedy:
        'If the migration never ran, set matrix_authentication_service_migration_in_progress: true and deploy, then migrate. Else run migrate with operation: rollback.',
    },
  ]
}

function tokenFindings(status: number): Finding[] {
  if (status === 401) return []
  return [
    {
      id: 'doctor/strange-token',
      severity: 'error',
      message: `A token that nobody made was answered ${status === 0 ? 'by nobody' : `with ${status}`}, not with 401.`,
      why: 'With 200 anybody gets in; with 503 Synapse cannot ask MAS and refuses everybody; no answer is an outage.',
      remedy: 'See that matrix-synapse and matrix-authentication-service run, and read their logs.',
    },
  ]
}

/** `mas-cli doctor` asks from outside, and Synapse itself where it finds no way there. */
function compatibilityFindings(status: number | undefined): Finding[] {
  if (status === undefined || status === 200) return []
  return [
    {
      id: 'doctor/compatibility-layer',
      severity: 'error',
      message: `MAS's compatibility layer was asked how to log in, and answered ${status === 0 ? 'nothing' : `with ${status}`}.`,
      why: 'Clients that know no OpenID Connect log in there, and most clients do.',
      remedy: 'See that matrix-authentication-service runs, and that its listener has the resource compat.',
    },
  ]
}

function leftoverFindings({ ours }: ServerFacts): Finding[] {
  if (!ours.hold) return []
  return [
    {
      id: 'doctor/hold',
      severity: 'error',
      message: 'A hold of an unfinished migration keeps Synapse from starting.',
      why: 'Synapse stays down until the hold is taken off.',
      remedy:
        'Run migrate with operation: resume; on the server itself: bash /matrix/auth-actions/guard/guard.sh restore.',
    },
  ]
}
