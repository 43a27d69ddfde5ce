import type { Place } from '../domain/finding.ts'
import type { Value } from './value.ts'

/** Where a variable is defined, from lowest to highest precedence in Ansible. */
export type SourceKind =
  | 'inventory'
  | 'group_vars'
  | 'host_vars'
  | 'playbook_group_vars'
  | 'playbook_host_vars'
  | 'extra-vars'

export interface Definition {
  readonly name: string
  readonly namePlace: Place
  readonly value: Value
  readonly source: SourceKind
  /** The group that has the variable; absent for variables of a host. */
  readonly group?: string | undefined
  /** In a file of SOPS, which refuses the file once another program changes it. */
  readonly isSealed?: boolean
  /** The key and the variable of an extension that decides the setting in place of the variable, for messages. */
  readonly inExtension?: string
}

/** Whether the inventory sets the variable for a group, so that the playbook's own `group_vars` override it. */
export function isOfInventoryGroup({ group, source }: Definition): boolean {
  return group !== undefined && (source === 'inventory' || source === 'group_vars')
}

/** Whether the playbook's own `group_vars` or `host_vars` set it. */
export function isOfPlaybook({ source }: Pick<Definition, 'source'>): boolean {
  return source.startsWith('playbook_')
}
