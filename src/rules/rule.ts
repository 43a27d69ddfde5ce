import type { Finding, Place, Severity, Suggestion } from '../domain/finding.ts'
import type { DesiredStage, Dialect } from '../domain/stage.ts'
import type { StageReading } from '../inventory/desired-stage.ts'
import type { Host } from '../inventory/inventory.ts'

/** What a rule looks at: one host, and what is known around it. */
export interface RuleContext {
  readonly host: Host
  readonly stage: StageReading
  /** `undefined` where no checkout of the playbook was given: rules of either dialect apply. */
  readonly checkout: CheckoutFacts | undefined
}

/** What rules need to know of a checkout of the playbook. */
export interface CheckoutFacts {
  readonly dialect: Dialect
  /** The variables of `mas/…-while-prepared` that this checkout leaves open by itself. */
  readonly traps: readonly string[]
}

export interface Offence {
  /** One sentence; never holds a value of the inventory. */
  readonly message: string
  readonly place?: Place
  readonly suggestion?: Suggestion
}

/** The text of a host's vars.yml, or more of a repository. */
export type Example =
  | string
  | {
      readonly vars: string
      readonly files?: Readonly<Record<string, string>>
      readonly checkout?: CheckoutFacts
    }

export interface Rule {
  /** `family/name`. */
  readonly id: string
  readonly severity: Severity
  /** The desired stages at which it applies. */
  readonly stages: readonly DesiredStage[]
  /** Left out: in every dialect. */
  readonly dialects?: readonly Dialect[]
  readonly why: string
  readonly remedy: string
  /** Every wrong one must be found by the rule, no right one may be; they are its tests and its page. */
  readonly examples: { readonly wrong: readonly Example[]; readonly right: readonly Example[] }
  /** Must stay silent about what it cannot tell: values that are Jinja or in a vault. */
  readonly check: (context: RuleContext) => readonly Offence[]
}

export function defineRule(rule: Rule): Rule {
  return rule
}

export function applies(rule: Rule, { stage, checkout }: RuleContext): boolean {
  if (!rule.stages.includes(stage.stage)) return false
  return !checkout || !rule.dialects || rule.dialects.includes(checkout.dialect)
}

export function findingOf(rule: Rule, offence: Offence, host: string): Finding {
  const { id, severity, why, remedy } = rule
  const { message, place, suggestion } = offence
  return {
    id,
    severity,
    message,
    ...(place && { place }),
    host,
    why,
    remedy,
    ...(suggestion && { suggestion }),
  }
}
