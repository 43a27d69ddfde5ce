import type { Finding, Place } from './finding.ts'
import type { ActualStage, DesiredStage } from './stage.ts'

/** What merging a change would do to a host, told without looking at its server. */
export interface Outlook {
  /** The plan where the server is in the stage that the base says; `unknown` where there is no saying. */
  readonly expected: string
  /** One sentence for a person. */
  readonly sentence: string
  readonly byActual: readonly { readonly actual: ActualStage; readonly plan: string; readonly why: string }[]
}

export interface HostVerdict {
  readonly host: string
  readonly stage: DesiredStage
  /** A clause: why this stage. */
  readonly reason: string
  readonly place?: Place
  /** The stage in the base that the change is compared with; absent where there is none. */
  readonly before?: DesiredStage
  readonly outlook: Outlook
}

/** All that a check of an inventory says. */
export interface Verdict {
  readonly hosts: readonly HostVerdict[]
  /** The most severe first. */
  readonly findings: readonly Finding[]
}
