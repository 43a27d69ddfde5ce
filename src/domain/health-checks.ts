import type { Finding } from './finding.ts'
import { doctorChecks } from './health-checks/doctor.ts'
import type { HealthCheck, HealthChecks } from './health-checks/health-check.ts'
import { masCliChecks } from './health-checks/mas-cli.ts'
import { publicChecks } from './health-checks/public.ts'
import { serverChecks } from './health-checks/server.ts'

export type { HealthCheck } from './health-checks/health-check.ts'

/** By the part of the id after `doctor/`. */
export const healthChecks = {
  ...publicChecks,
  ...serverChecks,
  ...doctorChecks,
  ...masCliChecks,
} as const satisfies HealthChecks

export type CheckName = keyof typeof healthChecks

/** The entry of a finding's id, such as `doctor/certificate`; undefined for an id of another table. */
export function healthCheckOf(id: string): HealthCheck | undefined {
  const name = id.replace(/^doctor\//, '')
  return isCheckName(name) ? healthChecks[name] : undefined
}

function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(healthChecks, name)
}

export function checkId(name: CheckName): string {
  return `doctor/${name}`
}

/** Path of a check's page in the repository of this toolkit. */
export function pageOfCheck(name: CheckName): string {
  return `docs/checks/${name}.md`
}

/** A failed check as a finding. `users` and `first` of the table are its reason and remedy, where `parts` has no better ones. */
export function failedCheck(
  name: CheckName,
  message: string,
  parts: Partial<Pick<Finding, 'severity' | 'why' | 'remedy' | 'host'>> = {},
): Finding {
  const { severity, users, first } = healthChecks[name]
  return {
    id: checkId(name),
    severity,
    message,
    why: users,
    remedy: first,
    page: pageOfCheck(name),
    ...parts,
  }
}
