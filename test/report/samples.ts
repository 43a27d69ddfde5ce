/** Reports of one run each, with the times and counts of a run on the lab. */
import { countsBy } from '../../src/domain/account-counts.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { HealthReport, MigrationReport, RehearsalReport } from '../../src/domain/reports.ts'

const host = 'matrix.example.test'

const seconds = {
  ...{ preflight: 4.1, backup: 6.2, rehearse: 10.8, render: 16.3, prepare: 1.4, accounts: 0.6, check: 0.2 },
  ...{ stop: 1.3, syn2mas: 1.1, files: 0.1, start: 0.1, answer: 1.9, prove: 0.5 },
}
const counts = countsBy(category => ({ users: 200, passwords: 180, sessions: 313 })[category as string] ?? 0)

export const finding: Finding = {
  id: 'doctor/unit-down',
  severity: 'error',
  message: 'matrix-authentication-service is not running.',
  host,
  why: 'Users cannot use some or all of the service.',
  remedy: 'Run on the server: systemctl status matrix-authentication-service',
}

export const migration: MigrationReport = {
  schema: 1,
  host,
  dialect: 'mas-cli',
  operation: 'migrate',
  run: 'operator-inventory-1-1',
  outcome: 'migrated',
  startedAt: '2026-11-28T03:17:22Z',
  steps: Object.entries(seconds).map(([name, took]) => ({ name, seconds: took, result: 'done' as const })),
  windowSeconds: 4.5,
  expectedWindowSeconds: 6.4,
  syn2masSeconds: 1.1,
  overheadSeconds: 3.4,
  proofs: [
    { name: 'MAS has all accounts and sessions of Synapse', result: 'holds', detail: '200 accounts' },
    { name: 'an existing session is still valid', result: 'holds', detail: 'HTTP 200' },
    { name: 'workers respond', result: 'skipped', detail: 'this server has no workers' },
  ],
  checks: [
    { name: 'the server matches the vars', result: 'holds', detail: 'the check run shows no changed file' },
  ],
  counts: { synapse: counts, mas: counts },
  warnings: [],
  findings: [],
}

export const rehearsal: RehearsalReport = {
  host,
  verdict: 'clean',
  message: 'The rehearsal found nothing that would stop the migration.',
  counts: { users: 200, sessions: 313 },
  expectedWindowSeconds: 6.4,
  rehearsedAt: '2026-11-28T03:01:09Z',
  findings: [],
}

export const health: HealthReport = { host, stage: 'live', healthy: false, findings: [finding], good: 5 }
