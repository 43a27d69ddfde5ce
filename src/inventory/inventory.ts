import type { Finding, Place } from '../domain/finding.ts'
import type { Definition } from './definition.ts'
import type { VarsLayer } from './read/vars-files.ts'
import type { Value } from './value.ts'

/**
 * A variable of a host, before defaults of roles or the playbook apply.
 *
 * - `known`: set in plain text. Parts of a list or mapping may still be `unknown` or `vault`.
 * - `unknown`: set with Jinja, or not set in plain text while an unreadable file could set it (`hiddenIn`).
 * - `vault`: a `!vault` value, or one encrypted by SOPS.
 * - `absent`: not set.
 */
export type Variable =
  | {
      readonly name: string
      readonly state: 'known' | 'unknown' | 'vault'
      readonly value: Value
      readonly definition: Definition
      /** The definitions that it overrides, highest precedence first. */
      readonly overridden: readonly Definition[]
      /** The files below, if the value is a default of the playbook, which they override. Otherwise empty: plain text is trusted. */
      readonly hiddenIn: readonly string[]
      readonly vaults?: readonly string[]
    }
  | {
      readonly name: string
      readonly state: 'unknown' | 'absent'
      readonly value?: never
      readonly definition?: never
      readonly overridden: readonly []
      /** Encrypted or broken files that could define the variable; empty if it is `absent`. */
      readonly hiddenIn: readonly string[]
      /** The same files, if Ansible Vault encrypted each of them. */
      readonly vaults?: readonly string[]
    }

export interface Host {
  readonly name: string
  /** The first place that names it. */
  readonly place: Place
  /** Its groups, lowest precedence first. */
  readonly groups: readonly string[]
  variable(name: string): Variable
  /** The sources of its variables, highest precedence first. Hosts of a group share layers. */
  readonly layers: readonly VarsLayer[]
  /** All variables that any source defines for it. */
  variableNames(): ReadonlySet<string>
}

export interface Inventory {
  /** The inventory files or folders, as passed with `-i` to Ansible. */
  readonly paths: readonly string[]
  /** In the order of the inventory. */
  readonly hosts: readonly Host[]
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>
  /** The first place that names a group. */
  groupPlace(name: string): Place | undefined
  /** The folders with `host_vars` and `group_vars`, lowest precedence first. */
  readonly folders: readonly string[]
  host(name: string): Host | undefined
  /** Files with non-ASCII characters, which may be invisible or misleading. */
  readonly nonAscii: readonly string[]
  /** The problems of reading. Ansible would stop at the errors. */
  readonly problems: readonly Finding[]
}
