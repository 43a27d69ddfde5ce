import type { Place } from '../domain/finding.ts'
import type { Value } from './value.ts'

/** Where a variable was defined, from Ansible's weakest to its strongest. */
export type SourceKind =
  | 'inventory'
  | 'group_vars'
  | 'host_vars'
  | 'playbook_group_vars'
  | 'playbook_host_vars'
  | 'extra-vars'

export interface Definition {
  readonly name: string
  /** Where the name stands. */
  readonly namePlace: Place
  readonly value: Value
  readonly source: SourceKind
  /** The group whose variable it is; absent for a host's own. */
  readonly group?: string
}
