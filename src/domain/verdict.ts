import { type Finding, openFindings, type Place } from './finding.ts'
import type { DesiredStage } from './stage.ts'

/** What merging a change would do to a host, determined without its server. */
export interface Outlook {
  /** The plan if the server has the stage of the base; otherwise `unknown`. */
  readonly expected: string
  /** For people. */
  readonly sentence: string
  /** A sentence about a server in another stage, where it would be treated differently. */
  readonly otherwise?: string
}

export interface HostVerdict {
  readonly host: string
  readonly stage: DesiredStage
  /** A clause that explains the stage. */
  readonly reason: string
  readonly place?: Place
  /** The stage in the base of the comparison; absent without a base, and where the base does not show it, as for a new host. */
  readonly before?: DesiredStage
  readonly outlook: Outlook
}

/** The result of checking an inventory. */
export interface Verdict {
  readonly hosts: readonly HostVerdict[]
  /** Sorted by severity. */
  readonly findings: readonly Finding[]
  /** The repository has no workflow that applies what is merged. `init` writes none if the account has no environments. */
  readonly appliedByHand?: boolean
}

/** The rule of a change that rolls a live server back. The merge does it only if a person accepts the finding. */
export const rollbackRule = 'change/live-to-prepared'

/** A finding that several hosts share names none. */
export function isRollbackAccepted(findings: readonly Finding[], name: string): boolean {
  return !openFindings(findings).some(
    ({ id, host }) => id === rollbackRule && (host === undefined || host === name),
  )
}
