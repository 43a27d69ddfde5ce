import type { Finding, Place } from '../domain/finding.ts'
import type { Definition } from './definition.ts'
import type { VarsLayer } from './read/vars-files.ts'
import type { Value } from './value.ts'

/**
 * What a variable of a host is, before any role's or playbook's default.
 *
 * - `known`: written plainly; parts of a list or mapping may still be `unknown` or `vault`.
 * - `unknown`: written as Jinja, or nowhere plain while a file that could hold it cannot be read (`hiddenIn`).
 * - `vault`: a `!vault` value, or one that SOPS encrypted.
 * - `absent`: written nowhere.
 */
export type Variable =
  | {
      readonly name: string
      readonly state: 'known' | 'unknown' | 'vault'
      readonly value: Value
      /** Where the value that wins stands. */
      readonly place: Place
      readonly definition: Definition
      /** What it wins over, the strongest first. */
      readonly losers: readonly Definition[]
      readonly hiddenIn: readonly []
      readonly vaults?: never
    }
  | {
      readonly name: string
      readonly state: 'unknown' | 'absent'
      readonly value?: never
      readonly place?: never
      readonly definition?: never
      readonly losers: readonly []
      /** Files that could define the variable and are encrypted whole or broken; empty where it is `absent`. */
      readonly hiddenIn: readonly string[]
      /** The same files, where each of them is one that Ansible Vault encrypted whole: what people keep secrets in. */
      readonly vaults?: readonly string[]
    }

export interface Host {
  readonly name: string
  /** Where the inventory first names it. */
  readonly place: Place
  /** Its groups, the weakest first. */
  readonly groups: readonly string[]
  variable(name: string): Variable
  /** Where its variables come from, the strongest first; hosts of a group share layers. */
  readonly layers: readonly VarsLayer[]
  /** Every variable that is defined for it anywhere. */
  variableNames(): ReadonlySet<string>
}

export interface Inventory {
  /** The inventory files or folders, as `-i` of Ansible has them. */
  readonly paths: readonly string[]
  /** In the order in which the inventory names them. */
  readonly hosts: readonly Host[]
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>
  /** Where a group is first named. */
  groupPlace(name: string): Place | undefined
  /** The folders in which `host_vars` and `group_vars` lie, the weakest first. */
  readonly folders: readonly string[]
  host(name: string): Host | undefined
  /** Files of it that hold more than ASCII: where characters can hide. */
  readonly beyondAscii: readonly string[]
  /** What reading found wrong: errors are what Ansible would stop at. */
  readonly problems: readonly Finding[]
}
