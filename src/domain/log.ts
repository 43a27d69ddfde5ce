/** A step of a run that begins, ends or goes on. */
export interface StepEvent {
  readonly event: 'begin' | 'done' | 'failed' | 'progress'
  /** One of `steps`, or text from the server. */
  readonly step: string
  /** How far it is; for people. */
  readonly detail?: string
  /** For how long users had no homeserver, where it is over. */
  readonly downSeconds?: number
}

/** Prints lines for people. Texts hold no secret; implementations escape them for the platform. */
export interface Log {
  info(text: string): void
  warning(text: string): void
  /** Shows the steps live, in place of a line for each. */
  readonly step?: (event: StepEvent) => void
}
