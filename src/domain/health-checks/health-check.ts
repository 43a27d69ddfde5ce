import type { Severity } from '../finding.ts'

/** One check of the doctor. All of its texts are on its page in docs/checks. */
export interface HealthCheck {
  /** What it checks, as a noun phrase. */
  readonly subject: string
  /** `public`: from the runner, as everyone on the internet sees the server. `mas-cli`: a line of `mas-cli doctor`. */
  readonly from: 'public' | 'server' | 'mas-cli' | 'doctor'
  readonly severity: Severity
  /** One or two sentences: what users notice if it fails. */
  readonly users: string
  /** One or two sentences: what to do first. */
  readonly first: string
}

export type HealthChecks = Readonly<Record<string, HealthCheck>>
