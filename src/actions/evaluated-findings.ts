import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../domain/finding.ts'
import { type Definition, isOfPlaybook } from '../inventory/definition.ts'
import { evaluatedHost } from '../inventory/evaluated-host.ts'
import type { Host, Variable } from '../inventory/inventory.ts'
import { hasPart, isOpaque, toJson, type Value } from '../inventory/value.ts'
import type { RehearsalPorts } from '../migration/rehearsal/rehearse.ts'
import { type EvaluatedVariables, evaluateVariables } from '../playbook/evaluate.ts'
import type { Playbook } from '../playbook/playbook.ts'
import { acceptFindings } from '../rules/acceptance/accept-findings.ts'
import { readAcceptances } from '../rules/acceptance/read-acceptances.ts'
import { checkHosts, type Subject } from '../rules/check-hosts.ts'
import type { Target, Targets } from './targets.ts'
import { standardAcceptances } from './validate-config/inputs.ts'

/** What the rules find on this host in addition to `validate-config`, and which findings are accepted. */
export function decisions(
  { subject }: Targets,
  { host }: Target,
  playbook: Playbook,
): Pick<RehearsalPorts, 'decided' | 'accept'> {
  return {
    decided: () =>
      evaluatedFindings(subject, host, (names, texts) => evaluateVariables(playbook, names, { texts })),
    accept: findings => {
      const { entries } = readAcceptances(subject.repository.files, standardAcceptances)
      const before = subject.base && readAcceptances(subject.base.files, standardAcceptances).entries
      const marked = acceptFindings(findings, entries, new Date().toISOString().slice(0, 10), before)
      return marked.filter(({ id }) => !id.startsWith('accepted/'))
    },
  }
}

/** Evaluates variables, and the texts of others as if they were variables with these names. */
export type Evaluate = (
  names: readonly string[],
  texts: Readonly<Record<string, string>>,
) => Promise<EvaluatedVariables>

/**
 * What the rules find with the values that Ansible evaluates, and `validate-config` could not know: errors in Jinja and in vaults, also
 * where a vault overrides a plain value, and what was not certain. The words are those for the plain value.
 *
 * @param evaluate Called for the variables that the rules ask for and whose value is open. With their values, rules may ask for others.
 */
export async function evaluatedFindings(
  subject: Omit<Subject, 'hosts'>,
  host: Host,
  evaluate: Evaluate,
): Promise<readonly Finding[]> {
  const values = new Map<string, unknown>()
  const tried = new Set<string>()
  let isComplete = true
  let before: readonly Finding[] | undefined
  for (;;) {
    const asked = new Set<string>()
    const seen = tried.size === 0 ? host : evaluatedHost(host, values, isComplete)
    const recorded: Host = { ...seen, variable: name => seen.variable(asked.add(name) && name) }
    const findings = checkHosts({ ...subject, hosts: [recorded] })
    before ??= findings
    const names = [...asked].filter(name => !tried.has(name) && isOpen(host, name))
    if (names.length === 0) return decidedBy(findings, before)
    for (const name of names) tried.add(name)
    const found = await ofInventory(host, names, evaluate)
    for (const [name, value] of found.values) values.set(name, value)
    isComplete &&= found.isComplete
  }
}

/**
 * The values that the inventory decides. If the playbook's own `group_vars` set a variable, an encrypted file may override it: then its
 * value is another one than that of the playbook's text.
 */
async function ofInventory(
  host: Host,
  names: readonly string[],
  evaluate: Evaluate,
): Promise<{ readonly values: EvaluatedVariables; readonly isComplete: boolean }> {
  const defaults = new Map(names.flatMap(name => defaultIn(host.variable(name))))
  const texts = [...defaults.values()].flatMap(({ name, value }) =>
    value.kind === 'unknown' && value.source !== undefined ? [[defaultOf(name), value.source]] : [],
  )
  const evaluated = await evaluate(names, Object.fromEntries(texts))
  const isAsWritten = (name: string) => {
    const { value } = host.variable(name)
    if (!value) return false
    const json =
      value.kind === 'unknown' && defaults.has(name) ? evaluated.get(defaultOf(name)) : plain(value)
    return json !== undefined && isDeepStrictEqual(evaluated.get(name), json)
  }
  const found = names.filter(name => evaluated.has(name))
  return {
    values: new Map(found.filter(name => !isAsWritten(name)).map(name => [name, evaluated.get(name)])),
    isComplete: found.length === names.length,
  }
}

/** The value that text alone tells. */
function plain(value: Value): unknown {
  const { json, opaque } = toJson(value)
  return opaque.length > 0 ? undefined : json
}

const defaultOf = (name: string) => `default_of_${name}`

function defaultIn({ definition }: Variable): [string, Definition][] {
  return definition && isOfPlaybook(definition) ? [[definition.name, definition]] : []
}

/**
 * What was not said for certain before: errors, and what was uncertain. Changes are left out: the values before are not evaluated.
 */
function decidedBy(findings: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  const known = new Set(before.filter(({ isUncertain }) => !isUncertain).map(keyOf))
  const uncertain = before.filter(({ isUncertain }) => isUncertain)
  return findings.filter(finding => {
    const isDecided = uncertain.some(
      ({ id, message }) => id === finding.id && message.startsWith(finding.message),
    )
    const isNow = !finding.isUncertain && !finding.id.startsWith('change/')
    return isNow && (isDecided || finding.severity === 'error') && !known.has(keyOf(finding))
  })
}

function keyOf({ id, severity, message }: Finding): string {
  return `${severity} ${id} ${message}`
}

/** Whether text cannot tell the value: Jinja, a vault, or a plain value that an encrypted file may override. */
function isOpen(host: Host, name: string): boolean {
  const { value, hiddenIn } = host.variable(name)
  const mayBeOverridden = host.layers.some(({ vaults }) => vaults.length > 0)
  return value === undefined ? hiddenIn.length > 0 : mayBeOverridden || hasPart(value, isOpaque)
}
