import { type Finding, type Place, pageOfRule, type Severity, type Suggestion } from '../../domain/finding.ts'
import type { DesiredStage, Dialect } from '../../domain/stage.ts'
import type { StageReading } from '../../inventory/desired-stage.ts'
import type { Host, Inventory } from '../../inventory/inventory.ts'
import type { PlaybookVariables } from '../../playbook/variables.ts'
import type { FileReader } from '../../support/files/files.ts'
import { vaultsAsText } from './vaults.ts'

/** A repository of an operator: its files, and the inventory that was read from them. */
export interface Repository {
  readonly files: FileReader
  readonly inventory: Inventory
}

/** What a rule of one host looks at, and what is known around it. */
export interface HostContext {
  readonly repository: Repository
  readonly host: Host
  readonly stage: StageReading
  /** `undefined` where no checkout of the playbook was given: rules of either dialect apply. */
  readonly checkout: CheckoutFacts | undefined
  /** The host in the base that a change is compared with. A host that was not there has no `host` and the stage `off`. */
  readonly base: { readonly host: Host | undefined; readonly stage: StageReading } | undefined
}

/** What a rule of the whole inventory looks at. */
export interface InventoryContext {
  readonly repository: Repository
  /** The hosts that are to be checked, in the order of the inventory. */
  readonly hosts: readonly HostContext[]
  readonly checkout: CheckoutFacts | undefined
  /** What a change is compared with; `undefined` where there is no base, or no inventory in it. */
  readonly base: Repository | undefined
  /** Who can read the repository, where the runner knows. */
  readonly visibility: Visibility | undefined
}

export type Visibility = 'public' | 'private'

/** What rules need to know of a checkout of the playbook. */
export interface CheckoutFacts {
  readonly dialect: Dialect
  /** The variables of `mas/…-while-prepared` that this checkout leaves open by itself. */
  readonly traps: readonly string[]
  /** Absent where only the dialect is known. */
  readonly variables?: PlaybookVariables
}

export interface Violation {
  /** One sentence; names variables, keys and numbers, and never holds a value that could be a secret. */
  readonly message: string
  readonly place?: Place
  /** A fix that is certain; applied as it is, this violation is gone. `fix.ts` makes them. */
  readonly suggestion?: Suggestion
  /** What to do here, where it is more than the rule can say for all. */
  readonly remedy?: string
  /** Only from rules of the whole inventory: the host that is meant. */
  readonly host?: string
  /** Files encrypted whole that could hold what is missed here: it is told as a notice then, which names them. */
  readonly unlessIn?: readonly string[]
}

/** A repository, as files by path, or the text of the host's vars alone. */
export interface ExampleRepository {
  /** `inventory/host_vars/matrix.example.test/vars.yml`; left out where other files say all. */
  readonly vars?: string
  /** More files. `inventory/hosts` has the one host `matrix.example.test` where it is not among them. */
  readonly files?: Readonly<Record<string, string>>
}

/** A checkout of the playbook. */
export interface ExampleCheckout {
  readonly dialect: Dialect
  readonly traps?: readonly string[]
  /** Its files by path, such as `roles/custom/x/defaults/main.yml`. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ExampleSituation extends ExampleRepository {
  /** What the repository was before, for rules that compare. */
  readonly base?: string | ExampleRepository
  readonly checkout?: ExampleCheckout
  readonly visibility?: Visibility
}

/** The text of the host's vars.yml, or more of a situation. */
export type Example = string | ExampleSituation

interface RuleText {
  /** `family/name`. */
  readonly id: string
  readonly severity: Severity
  /** The desired stages of a host at which it applies. */
  readonly stages: readonly DesiredStage[]
  /** Left out: in every dialect. */
  readonly dialects?: readonly Dialect[]
  /** What else must be given: a checkout of the playbook (`playbook-path`), a base to compare with. */
  readonly needs?: 'checkout' | 'base'
  readonly why: string
  readonly remedy: string
  /** Every wrong one must be found by the rule, no right one may be; they are its tests and its page. */
  readonly examples: { readonly wrong: readonly Example[]; readonly right: readonly Example[] }
}

/** A rule that looks at one host at a time. */
export interface HostRule extends RuleText {
  /** Must stay silent about what it cannot tell: values that are Jinja or in a vault. */
  readonly check: (context: HostContext) => readonly Violation[]
}

/** A rule that looks at all hosts, or at files of the repository. It is asked where a host is in one of its stages. */
export interface InventoryRule extends RuleText {
  readonly checkAll: (context: InventoryContext) => readonly Violation[]
}

export type Rule = HostRule | InventoryRule

export function defineRule<R extends Rule>(rule: R): R {
  return rule
}

/** Whether a rule has anything to say at a stage, with what is given. */
export function applies(
  { stages, dialects, needs }: Rule,
  { stage, checkout, base }: Pick<HostContext, 'stage' | 'checkout'> & { readonly base: unknown },
): boolean {
  if (!stages.includes(stage.stage)) return false
  if (needs === 'checkout' && !checkout) return false
  if (needs === 'base' && !base) return false
  return !checkout || !dialects || dialects.includes(checkout.dialect)
}

export function findingOf(rule: Rule, violation: Violation, host: string | undefined): Finding {
  const { id, why } = rule
  const { message, place, suggestion, remedy = rule.remedy, unlessIn: vaults } = violation
  return {
    id,
    severity: vaults ? 'notice' : rule.severity,
    message: vaults ? `unless ${vaultsAsText(vaults)} has it, ${message}` : message,
    ...(place && { place }),
    ...(host !== undefined && { host }),
    why,
    remedy,
    ...(suggestion && { suggestion }),
    page: pageOfRule(id),
  }
}
