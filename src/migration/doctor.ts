import type { Finding } from '../domain/finding.ts'
import type { HealthReport } from '../domain/reports.ts'
import { isDown, isLocked, notRunning, type ServerFacts, type UnitFacts } from '../domain/server-facts.ts'
import type { ActualStage } from '../domain/stage.ts'
import { type DoctorResult, readDoctor } from '../mas/output/doctor-output.ts'
import { commandResult, failureOf, type PlaybookOutcome } from '../playbook/outcome.ts'
import type { ToolkitError } from '../support/errors.ts'
import { actualStage } from './plan/actual-stage.ts'
import { unfinished } from './unfinished.ts'

/** What a health check is based on. */
export interface Observations {
  readonly facts: ServerFacts
  /** The run of the playbook's doctor tag; absent where MAS is not installed. */
  readonly outcome?: PlaybookOutcome
  /** Synapse's HTTP status for an invalid access token; 0 where it did not answer. */
  readonly unknownTokenStatus: number
  /** The HTTP status of `/login` in MAS's compatibility layer, 0 likewise; absent where Synapse does not delegate. */
  readonly compatibilityStatus?: number
}

/**
 * Combines `mas-cli doctor`, run by the playbook's tag, with checks of what it does not notice: after going live without a
 * migration all of its checks pass while all users are locked out (seen with v1.22.0).
 */
export function healthCheck({
  facts,
  outcome,
  unknownTokenStatus,
  compatibilityStatus,
}: Observations): HealthReport {
  const { stage, why } = actualStage(facts)
  const doctor = outcome === undefined ? undefined : readTag(outcome, facts)
  const findings = [
    ...(doctor?.findings ?? []),
    ...stageFindings(stage, why, facts),
    ...unitFindings(facts),
    ...missingAccounts(facts),
    ...tokenFindings(unknownTokenStatus),
    ...compatibilityFindings(compatibilityStatus),
    ...leftoverFindings(facts),
  ].map(finding => ({ ...finding, host: facts.host }))
  const healthy = !findings.some(({ severity }) => severity === 'error')
  return { host: facts.host, stage, findings, good: doctor?.good ?? 0, healthy }
}

/** The report of a server that could not be checked. */
export function unreachable(host: string, error: ToolkitError): HealthReport {
  const finding: Finding = {
    id: 'doctor/unreachable',
    severity: 'error',
    message: `The server could not be checked: ${error.message}`,
    host,
    why: 'It may be down, or reachable for users but not for this check. It is unknown whether users are served.',
    remedy: error.remedy,
  }
  return { host, findings: [finding], good: 0, healthy: false }
}

function readTag(outcome: PlaybookOutcome, facts: ServerFacts): DoctorResult {
  const found = commandResult(outcome, ['mas-cli', 'doctor'], facts.host)?.result
  if (!found && outcome.code !== 0) return { findings: [playbookFailed(outcome)], good: 0 }
  const { rc = null, stdout = '', stderr = '' } = found ?? {}
  return readDoctor({ exitCode: rc, stdout, stderr }, facts.synapse.delegating)
}

function playbookFailed(outcome: PlaybookOutcome): Finding {
  return {
    id: 'doctor/playbook-failed',
    severity: 'error',
    message: `The playbook failed (exit code ${outcome.code ?? 'none'}) before it ran mas-cli doctor${failureOf(outcome) || '.'}`,
    why: 'A deployment would probably fail too. The other findings of this check do not depend on the playbook.',
    remedy: 'Fix the cause that the message names. The log has all of it.',
  }
}

function stageFindings(stage: ActualStage, why: string, { ours }: ServerFacts): Finding[] {
  if (stage !== 'inconsistent' && stage !== 'partial') return []
  return [
    {
      id: 'doctor/stage',
      severity: 'error',
      message: `Stage of the server: ${stage}. ${why}`,
      why: 'The server is between two stages. The next deployment could lock users out.',
      remedy:
        stage === 'partial'
          ? `Manually start the workflow that runs migrate, with operation: ${ours.open !== undefined ? 'resume' : "rollback. It empties MAS's database and does not touch Synapse"}.`
          : 'Compare the server with the vars. No action changes a server in this state automatically. docs/stages.md lists the causes.',
    },
  ]
}

function unitFindings({ synapse, mas, postgres }: ServerFacts): Finding[] {
  const expected: readonly UnitFacts[] = [
    synapse,
    ...synapse.workers.filter(worker => worker.exists),
    ...(mas.installed ? [mas] : []),
    postgres,
  ]
  return expected.filter(isDown).map(unit => ({
    id: 'doctor/unit-down',
    severity: 'error',
    message: notRunning(unit),
    why: 'Users cannot use some or all of the service.',
    remedy: `Run on the server: systemctl status ${unit.name}; journalctl -u ${unit.name} -n 50`,
  }))
}

/** Synapse delegates, but MAS does not have all accounts: the owners of the others are locked out. */
function missingAccounts({ synapse, mas }: ServerFacts): Finding[] {
  if (synapse.delegating === 'no' || synapse.delegating === 'unreadable' || mas.counts === undefined)
    return []
  const migrated = (mas.counts.users ?? 0) - mas.masOnlyAccounts.count
  const missing = (synapse.migratable.users ?? 0) - migrated
  if (missing <= 0) return []
  return [
    {
      id: 'doctor/accounts-missing-in-mas',
      severity: 'error',
      message: `Synapse delegates to MAS, but ${missing} of Synapse's accounts are not in MAS.`,
      why: 'Their owners cannot log in, and their sessions are rejected. mas-cli doctor does not notice this.',
      remedy:
        (mas.counts.users ?? 0) > 0
          ? 'Manually start the workflow that runs migrate, with operation: rollback. Then migrate again.'
          : 'If the migration never ran, restore the lines of the prepare pull request. No action deploys them in this state, so run the playbook yourself: ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start. Then migrate. If MAS has lost its accounts, restore its database from a backup.',
    },
  ]
}

function tokenFindings(status: number): Finding[] {
  if (status === 401) return []
  return [
    {
      id: 'doctor/unknown-token',
      severity: 'error',
      message:
        status === 200
          ? 'Synapse accepted an invalid access token (HTTP 200 instead of 401).'
          : `Synapse did not reject an invalid access token with HTTP 401 (${status === 0 ? 'no answer' : `HTTP ${status}`}).`,
      why: 'With HTTP 200 anyone gets in. With HTTP 503 Synapse cannot reach MAS and rejects every user. No answer is an outage.',
      remedy:
        'Run on the server: systemctl status matrix-synapse matrix-authentication-service; journalctl -u matrix-synapse -u matrix-authentication-service -n 50',
    },
  ]
}

/** `mas-cli doctor` checks the layer from outside, or asks Synapse where it cannot reach it from outside. */
function compatibilityFindings(status: number | undefined): Finding[] {
  if (status === undefined || status === 200) return []
  return [
    {
      id: 'doctor/compatibility-layer',
      severity: 'error',
      message: `The /login endpoint of MAS's compatibility layer returned ${status === 0 ? 'no answer' : `HTTP ${status}`} instead of HTTP 200.`,
      why: 'Clients without support for OpenID Connect log in there; most clients have none.',
      remedy:
        'Check that matrix-authentication-service is running and that its listener has the resource `compat`.',
    },
  ]
}

function leftoverFindings({ ours }: ServerFacts): Finding[] {
  const left = isLocked(ours) ? undefined : unfinished(ours)
  if (!left) return []
  return [
    {
      id: 'doctor/hold',
      severity: 'error',
      message: left.what,
      why: 'Synapse can be down, or between its built-in login and MAS.',
      remedy: left.remedy,
    },
  ]
}
