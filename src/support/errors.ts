/** Every value of the output `failure-reason`, apart from the empty one. */
export const failureReasons = [
  'input-invalid',
  'inventory-unreadable',
  'findings',
  'checkout-unsupported',
  'stage-unknown',
  'refused-lockout',
  'refused-state',
  'commit-outdated',
  'plan-differs',
  'receipt-missing',
  'receipt-differs',
  'server-unreachable',
  'host-key-unknown',
  'server-command-failed',
  'server-state-unreadable',
  'playbook-failed',
  'tool-missing',
  'fetch-failed',
  'syn2mas-failed',
  'lock-held',
  'restored',
  'outcome-unknown',
  'unhealthy',
  'github-api',
  'cancelled',
  'internal',
] as const
export type FailureReason = (typeof failureReasons)[number]

export interface ErrorParts {
  readonly reason: FailureReason
  /** One sentence: what happened. */
  readonly what: string
  /** File with line and column, host, unit or step. */
  readonly where?: string
  /** What it means for users of the homeserver now. Absent if nothing changed for them. */
  readonly meaning?: string
  /** What to do next: a command or a line to paste, if there is one. */
  readonly remedy: string
  readonly cause?: unknown
}

/** An expected error that a user can act on. A bug stays a plain `Error`. No part may contain a secret. */
export class ToolkitError extends Error {
  override readonly name = 'ToolkitError'
  readonly reason: FailureReason
  readonly where: string | undefined
  readonly meaning: string | undefined
  readonly remedy: string

  constructor(parts: ErrorParts) {
    super(parts.what, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.reason = parts.reason
    this.where = parts.where
    this.meaning = parts.meaning
    this.remedy = parts.remedy
  }

  /** The whole error as text, one line per part. */
  describe(): string {
    return [
      this.message,
      this.where && `Where: ${this.where}`,
      this.meaning && `For users now: ${this.meaning}`,
      `What to do: ${this.remedy}`,
    ]
      .filter(Boolean)
      .join('\n')
  }
}
