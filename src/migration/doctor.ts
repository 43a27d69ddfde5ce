import type { Finding } from '../domain/finding.ts'
import { type CheckName, checkId, failedCheck } from '../domain/health-checks.ts'
import type { CheckReport, HealthReport } from '../domain/reports.ts'
import {
  downUnits,
  isDown,
  isLocked,
  notRunning,
  type ServerFacts,
  type UnitFacts,
} from '../domain/server-facts.ts'
import type { ActualStage } from '../domain/stage.ts'
import { startOperation } from '../domain/start-apply.ts'
import { type DoctorResult, readDoctor } from '../mas/output/doctor-output.ts'
import { commandResult, failureOf, type PlaybookOutcome } from '../playbook/outcome.ts'
import { capitalised } from '../support/capitalised.ts'
import { ToolkitError } from '../support/errors.ts'
import type { TaskResults } from './health/tasks.ts'
import { actualStage } from './plan/actual-stage.ts'
import { unfinished } from './unfinished.ts'

/** What a health check is based on. */
export interface Observations {
  readonly facts: ServerFacts
  /** The run of the playbook's doctor tag, or why it has no result; absent where MAS is not installed or does not run. */
  readonly outcome?: PlaybookOutcome | ToolkitError
  /** Synapse's HTTP status for an invalid access token; 0 where it did not answer. */
  readonly unknownTokenStatus: number
  /** The HTTP status of `/login` in MAS's compatibility layer, 0 likewise; absent where Synapse does not delegate. */
  readonly compatibilityStatus?: number
  /** The checks that ran beside these. */
  readonly tasks?: TaskResults
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
  tasks = { checks: [], findings: [] },
}: Observations): HealthReport {
  const { stage, why } = actualStage(facts)
  const doctor = outcome === undefined ? undefined : readTag(outcome, facts)
  const observed = [
    ...stageFindings(stage, why, facts),
    ...unitFindings(facts),
    ...missingAccounts(facts),
    ...tokenFindings(unknownTokenStatus),
    ...compatibilityFindings(compatibilityStatus),
    ...leftoverFindings(facts),
  ]
  const findings = [...(doctor?.findings ?? []), ...observed, ...tasks.findings].map(finding => ({
    ...finding,
    host: facts.host,
  }))
  const checks = [...observedChecks(observed, compatibilityStatus !== undefined), ...tasks.checks]
  const healthy = !findings.some(({ severity }) => severity === 'error')
  return { host: facts.host, stage, findings, checks, good: doctor?.good ?? 0, healthy }
}

/** The checks of facts that the probe has already. */
const observedNames = ['stage', 'unit-down', 'accounts-missing-in-mas', 'unknown-token', 'hold'] as const

function observedChecks(findings: readonly Finding[], isCompatible: boolean): CheckReport[] {
  const names: readonly CheckName[] = [
    ...observedNames,
    ...(isCompatible ? ['compatibility-layer' as const] : []),
  ]
  return names.map(name => {
    const failed = findings.filter(({ id }) => id === checkId(name))
    const detail = failed.map(({ message }) => message.replace(/\.$/, '')).join('; ')
    return { id: checkId(name), result: failed.length > 0 ? 'fails' : 'holds', detail, seconds: 0 }
  })
}

/** The report of a server that could not be checked, beside what `tasks` found. */
export function unreachable(
  host: string,
  error: ToolkitError,
  tasks: TaskResults = { checks: [], findings: [] },
): HealthReport {
  const message = `The server could not be checked: ${error.message}`
  const name = error.reason === 'server-state-unreadable' ? 'state-unreadable' : 'unreachable'
  const finding = failedCheck(name, message, { remedy: error.remedy })
  const findings = [finding, ...tasks.findings].map(each => ({ ...each, host }))
  return { host, findings, checks: tasks.checks, good: 0, healthy: false }
}

function readTag(outcome: PlaybookOutcome | ToolkitError, facts: ServerFacts): DoctorResult {
  if (outcome instanceof ToolkitError)
    return {
      findings: [failedCheck('mas-cli-doctor', `mas-cli doctor did not finish. ${outcome.message}`)],
      good: 0,
    }
  const found = commandResult(outcome, ['mas-cli', 'doctor'], facts.host)?.result
  if (!found && outcome.code !== 0) return { findings: [playbookFailed(outcome)], good: 0 }
  const { rc = null, stdout = '', stderr = '' } = found ?? {}
  return readDoctor({ exitCode: rc, stdout, stderr }, facts.synapse.delegating)
}

function playbookFailed(outcome: PlaybookOutcome): Finding {
  const message = `The playbook failed (exit code ${outcome.code ?? 'none'}) before it ran mas-cli doctor${failureOf(outcome)}`
  return failedCheck('playbook-failed', message)
}

function stageFindings(stage: ActualStage, why: string, { ours }: ServerFacts): Finding[] {
  if (stage !== 'inconsistent' && stage !== 'partial') return []
  const remedy =
    stage === 'partial'
      ? `${capitalised(startOperation(ours.open !== undefined ? 'resume' : "rollback. It empties MAS's database and does not touch Synapse"))}.`
      : 'Compare the server with the vars. No action changes a server in this state automatically. docs/stages.md lists the causes.'
  return [failedCheck('stage', `Stage of the server: ${stage}. ${why}`, { remedy })]
}

function unitFindings(facts: ServerFacts): Finding[] {
  const down = downUnits(facts)
  const names = down.map(({ name }) => name).join(' ')
  // Before that, an unfinished run must end and a hold be removed: doctor/hold says how.
  const start = unfinished(facts.ours) ? '' : `. To start what was only stopped: \`systemctl start ${names}\``
  return down.map(unit =>
    failedCheck('unit-down', notRunning(unit), {
      why: withoutUnit(facts, unit),
      remedy: `Run on the server: \`systemctl status ${unit.name}; journalctl -u ${unit.name} -n 50\`${start}`,
    }),
  )
}

/** What users notice while the unit is down. */
function withoutUnit({ synapse, mas, postgres }: ServerFacts, { name }: UnitFacts): string {
  if ([synapse, postgres].some(isDown)) return 'No one can use the server.'
  if (name !== mas.name) return 'Some functions fail, such as getting new messages.'
  return synapse.delegating === 'no'
    ? 'Nothing yet, because Synapse does not use MAS. A rehearsal or a migration fails.'
    : 'Users cannot log in, and sessions can fail.'
}

/** Synapse delegates, but MAS does not have all accounts: the owners of the others are locked out. */
function missingAccounts({ synapse, mas }: ServerFacts): Finding[] {
  if (synapse.delegating === 'no' || synapse.delegating === 'unreadable' || mas.counts === undefined)
    return []
  if (mas.missingAccounts === 0) return []
  const message = `Synapse delegates to MAS, but ${mas.missingAccounts} of Synapse's active accounts are not in MAS.`
  const remedy =
    (mas.counts.users ?? 0) > 0
      ? `${capitalised(startOperation('rollback'))}. Then migrate again.`
      : 'If the migration never ran, undo the migrate pull request in the vars with `git revert`, which also brings back the login providers of Synapse. No action deploys the vars in this state, so run the playbook yourself: ansible-playbook -i inventory/hosts setup.yml --tags=install-all,start. Then migrate. If MAS has lost its accounts, restore its database from a backup.'
  return [failedCheck('accounts-missing-in-mas', message, { remedy })]
}

function tokenFindings(status: number): Finding[] {
  if (status === 401) return []
  const message =
    status === 200
      ? 'Synapse accepted an invalid access token (HTTP 200 instead of 401).'
      : `Synapse did not reject an invalid access token with HTTP 401 (${status === 0 ? 'no answer' : `HTTP ${status}`}).`
  return [failedCheck('unknown-token', message)]
}

/** `mas-cli doctor` checks the layer from outside, or asks Synapse where it cannot reach it from outside. */
function compatibilityFindings(status: number | undefined): Finding[] {
  if (status === undefined || status === 200) return []
  const answer = status === 0 ? 'no answer' : `HTTP ${status}`
  const message = `The /login endpoint of MAS's compatibility layer returned ${answer} instead of HTTP 200.`
  return [failedCheck('compatibility-layer', message)]
}

function leftoverFindings({ ours }: ServerFacts): Finding[] {
  const left = isLocked(ours) ? undefined : unfinished(ours)
  return left ? [failedCheck('hold', left.what, { remedy: left.remedy })] : []
}
