import { type Finding, type Place, pageOfRule, type Severity, type Suggestion } from '../../domain/finding.ts'
import { type DesiredStage, type Dialect, desiredStages } from '../../domain/stage.ts'
import { enabledVariable, inProgressVariable } from '../../domain/variables.ts'
import type { StageReading } from '../../inventory/desired-stage.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import type { FileReader } from '../../support/files/files.ts'

/** A repository of an operator: its files, and the inventory read from them. */
export interface Repository {
  readonly files: FileReader
  readonly inventory: Inventory
}

export interface HostContext {
  readonly repository: Repository
  readonly host: Host
  readonly stage: StageReading
  /** `undefined` without a checkout of the playbook: rules of both dialects apply. */
  readonly checkout: CheckoutFacts | undefined
  /** The host in the base that a change is compared with. A new host has no `host` and the stage `off`. */
  readonly base: { readonly host: Host | undefined; readonly stage: StageReading } | undefined
}

export interface InventoryContext {
  readonly repository: Repository
  /** The hosts to check, in the order of the inventory. */
  readonly hosts: readonly HostContext[]
  readonly checkout: CheckoutFacts | undefined
  /** Why the checkout that the repository names is not available. */
  readonly checkoutFailure: CheckoutFailure | undefined
  /** The base of a change; `undefined` without a base, or if the base has no inventory. */
  readonly base: Repository | undefined
  /** Who can read the repository, if the runner knows. */
  readonly visibility: Visibility | undefined
}

export type Visibility = 'public' | 'private'

/** Sentences. */
export interface CheckoutFailure {
  readonly message: string
  readonly remedy: string
}

/** Facts about a checkout of the playbook that rules need. */
export interface CheckoutFacts {
  readonly dialect: Dialect
  /** The variables of `mas/…-while-prepared` that this checkout turns on by default. */
  readonly traps: readonly string[]
  /** Absent if only the dialect is known. */
  readonly variables?: PlaybookVariables
}

export interface Violation {
  /** One sentence with names of variables, keys and numbers. It never contains a value that could be a secret. */
  readonly message: string
  readonly place?: Place | undefined
  /** A severity other than the rule's, because the consequence differs. */
  readonly severity?: Severity | undefined
  /** A safe fix that resolves this violation when it is applied. `fix.ts` makes them. */
  readonly suggestion?: Suggestion | undefined
  /** A remedy for this violation that is more specific than the rule's. */
  readonly remedy?: string | undefined
  /** The host of the violation. Only rules of the whole inventory set it. */
  readonly host?: string
  /**
   * Encrypted files that could contain the missing setting. The finding names them, and an error becomes a warning: the
   * rehearsal, which sees the values, decides.
   */
  readonly unlessIn?: readonly string[]
}

/** A repository, as files by path, or the text of the host's vars alone. */
export interface ExampleRepository {
  /** `inventory/host_vars/matrix.example.test/vars.yml`; optional if other files are enough. */
  readonly vars?: string
  /** More files. Without `inventory/hosts`, it is added with the one host `matrix.example.test`. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ExampleCheckout {
  readonly dialect: Dialect
  readonly traps?: readonly string[]
  /** Its files by path, such as `roles/custom/x/defaults/main.yml`. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ExampleSituation extends ExampleRepository {
  /** The repository before the change, for rules that compare. */
  readonly base?: string | ExampleRepository
  readonly checkout?: ExampleCheckout
  readonly visibility?: Visibility
}

/** The text of the host's vars.yml, or a whole situation. */
export type Example = string | ExampleSituation

interface RuleText {
  /** `family/name`. */
  readonly id: string
  readonly severity: Severity
  /** The desired stages of a host that the rule applies to. */
  readonly stages: readonly DesiredStage[]
  /** All dialects if absent. */
  readonly dialects?: readonly Dialect[]
  /** A required input: a checkout of the playbook (`playbook-path`), or a base to compare with. */
  readonly needs?: 'checkout' | 'base'
  readonly why: string
  readonly remedy: string
  /** The rule must report every wrong example and no right one. They are its tests and its page. */
  readonly examples: { readonly wrong: readonly Example[]; readonly right: readonly Example[] }
}

/** A rule that checks one host at a time. */
export interface HostRule extends RuleText {
  /** Must report nothing about unknown values: Jinja, or values in a vault. */
  readonly check: (context: HostContext) => readonly Violation[]
}

/** A rule that checks all hosts, or files of the repository. It runs if a host is in one of its stages. */
export interface InventoryRule extends RuleText {
  readonly checkAll: (context: InventoryContext) => readonly Violation[]
}

export type Rule = HostRule | InventoryRule

export type RuleDefinition<R> = R extends Rule ? Omit<R, 'stages'> & Partial<Pick<R, 'stages'>> : never

/** A rule applies to hosts with MAS, or, if it checks the whole inventory, at every stage, unless it has its own `stages`. */
export function defineRule(rule: RuleDefinition<Rule>): Rule {
  return 'check' in rule ? { stages: ['prepared', 'live'], ...rule } : { stages: desiredStages, ...rule }
}

/** Whether a rule applies to a host at its stage, with the given inputs. */
export function applies(
  { stages, dialects, needs }: Rule,
  { stage, checkout, base }: Pick<HostContext, 'stage' | 'checkout'> & { readonly base: unknown },
): boolean {
  if (!stages.includes(stage.stage)) return false
  if (needs === 'checkout' && !checkout) return false
  if (needs === 'base' && !base) return false
  return !checkout || !dialects || dialects.includes(checkout.dialect)
}

/** @param isRehearsed Whether a rehearsal, which sees the values of encrypted files, comes before the migration of the host. */
export function findingOf(
  rule: Rule,
  violation: Violation,
  host: string | undefined,
  isRehearsed = true,
): Finding {
  const { id, why } = rule
  const { message, place, suggestion, remedy = rule.remedy, unlessIn: vaults } = violation
  const { severity = rule.severity } = violation
  return {
    id,
    ...(vaults
      ? {
          severity: severity === 'error' ? 'warning' : 'notice',
          message: `${message}, unless ${vaultsAsText(vaults)} sets it${isRehearsed ? '; the deployment or the rehearsal will show it' : ''}`,
          isUncertain: true,
        }
      : { severity, message }),
    ...(place && { place }),
    ...(host !== undefined && { host }),
    why,
    remedy,
    ...(suggestion && { suggestion }),
    page: pageOfRule(id),
  }
}

const mostNamed = 3

/** Lists encrypted files in a sentence. */
export function vaultsAsText(files: readonly string[]): string {
  const more = files.length > mostNamed ? ` or ${files.length - mostNamed} more` : ''
  const named = files.slice(0, mostNamed)
  return `the vault ${named.map(file => `\`${file}\``).join(' or ')}${more}`
}

/** The vars that put a host into a stage. Examples of rules start with them. */
export const live = `${enabledVariable}: true\n`
export const prepared = `${live}${inProgressVariable}: true\n`
export const off = `${enabledVariable}: false\n`

/** Examples: the vars at a stage with each of these values of a variable. */
export const withEach = (vars: string, name: string, ...values: readonly string[]) =>
  values.map(value => `${vars}${name}: ${value}`)

/** The vars of an example that a vault completes. */
export const vault = {
  'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
}
