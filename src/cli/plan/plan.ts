import { readInputs } from '../../actions/inputs.ts'
import { availableSources, requirePlaybook } from '../../actions/validate-config/action.ts'
import { validationInputs } from '../../actions/validate-config/inputs.ts'
import { requireClean } from '../../actions/validate-config/outcome.ts'
import { reviewWorkflow } from '../../actions/validate-config/touches.ts'
import type { Finding } from '../../domain/finding.ts'
import { oidcProvidersVariable } from '../../domain/variables.ts'
import { plural } from '../../support/plural.ts'
import { shellWords } from '../../support/shell.ts'
import { isUsualInventory } from '../inventory.ts'
import type { Invocation } from '../invocation.ts'
import { type Screen, wrapped } from '../screen.ts'
import { findingsBlock } from '../verdict.ts'
import { programName } from '../words.ts'
import { unseenProviders, type WayToMas, wayToMas } from './way.ts'
import { changeNamed, writeChange } from './write.ts'

const stepTitles = {
  today: 'The inventory as it is',
  prepare: 'The prepare pull request installs MAS beside Synapse',
  migrate: 'The migrate pull request makes MAS live',
} as const
type StepName = keyof typeof stepTitles

/** The command `plan`. */
export async function showPlan(invocation: Invocation): Promise<void> {
  const inputs = readInputs(validationInputs, invocation.source)
  const read = () => availableSources(inputs, invocation.runtime())
  const { terminal } = invocation
  const given = invocation.source('write')
  const name = given ? changeNamed(given) : undefined
  const before = name ? (await read()).sources : undefined
  if (name && before) writeChange(invocation, name, before)
  const { sources } = await read()
  const way = await wayToMas({ ...sources, ...(before && { base: before.files }) })
  const { findings = [] } = way.steps[0] ?? {}
  const unseen = terminal.worded(unseenProviders(sources))
  if (name) {
    terminal.result(way, () => writtenText(terminal.worded(way), unseen, terminal.screen))
    requirePlaybook(sources)
    return terminal.say(nextAfterWriting(findings))
  }
  const isSetUp = sources.files.entry(reviewWorkflow).kind !== 'absent'
  const options = optionsGiven(invocation)
  terminal.result(way, () => wayText(terminal.worded(way), terminal.screen, { isSetUp, unseen, options }))
  requirePlaybook(sources)
  requireClean({ findings }, 'error')
}

function nextAfterWriting(findings: readonly Finding[]): string {
  const look =
    'look at the change with `git status` and `git diff`. Then commit it, push it, and open the pull request.'
  const hasErrors = errorsIn(findings).length > 0
  if (findings.some(({ suggestion }) => suggestion)) {
    const fix = `Next: \`${programName} validate --fix\` writes the lines that the findings propose`
    return hasErrors ? `${fix}, and shows what is left.` : `${fix}. Then ${look}`
  }
  return hasErrors
    ? `Next: fix the errors above, then check with \`${programName} validate\`.`
    : `Next: ${look}`
}

function errorsIn(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error')
}

function wayOf(
  step: StepName,
  lists: readonly string[],
  findings: readonly Finding[],
  isAllSeen: boolean,
): string {
  if (step !== 'today' && lists.length === 0) return 'The vars of all hosts already have this.'
  const errors = errorsIn(findings).length
  const way =
    errors > 0
      ? `In the way: ${plural(errors, 'error')}.`
      : isAllSeen
        ? 'Nothing stands in the way.'
        : 'Nothing that can be read stands in the way.'
  const others = (['warning', 'notice'] as const).flatMap(kind => {
    const count = findings.filter(({ severity }) => severity === kind).length
    return count === 0 ? [] : [plural(count, kind)]
  })
  return others.length === 0 ? way : `${way} Also read ${others.join(' and ')}.`
}

interface PlanContext {
  readonly isSetUp: boolean
  /** Encrypted files in which Synapse's login providers may be. */
  readonly unseen: readonly string[]
  /** As they stand on a command line, with a space before each. */
  readonly options: string
}

function optionsGiven(invocation: Invocation): string {
  return (['inventory', 'limit', 'playbook-path'] as const)
    .map(name => [name, invocation.source(name) ?? ''] as const)
    .filter(([name, value]) => value !== '' && !(name === 'inventory' && isUsualInventory(value)))
    .map(([name, value]) => ` --${name} ${shellWords([value])}`)
    .join('')
}

/** Its texts are escaped already. */
function wayText(
  { hosts, steps }: WayToMas,
  screen: Screen,
  { isSetUp, unseen, options }: PlanContext,
): string {
  const { paint, call } = screen
  const firstChange = steps.find(({ lines }) => Object.keys(lines).length > 0)?.step
  const parts = steps.map(({ step, lines, findings }, index) => {
    const verb = step === 'prepare' ? 'Add to' : 'Remove from'
    const lists = Object.entries(lines).map(([host, own]) =>
      [`${verb} the vars of ${host}:`, ...own.map(line => `  ${line}`)].join('\n'),
    )
    return [
      paint('bold', `${index + 1}. ${stepTitles[step]}`),
      ...lists,
      ...(step !== 'today' && step === firstChange
        ? [`To write this: ${call} plan --write ${step}${options}`]
        : []),
      wayOf(step, lists, findings, unseen.length === 0),
      ...(findings.length === 0 ? [] : [findingsBlock(findings, screen)]),
    ].join('\n')
  })
  if (hosts.length === 0 || parts.length === 1) return parts[0] ?? ''
  const shown = parts.flatMap((part, index) =>
    steps[index]?.step === firstChange && !isSetUp ? [setUp(screen), part] : [part],
  )
  return [...headParts(hosts, unseen, screen), ...shown].join('\n\n')
}

/** After the lines were written: what remains to do by hand, because no fix is certain. */
function writtenText({ hosts, steps }: WayToMas, unseen: readonly string[], screen: Screen): string {
  const byHand = steps[0]?.findings.filter(({ suggestion }) => !suggestion) ?? []
  const shown = byHand.length === 0 ? [] : [findingsBlock(byHand, screen)]
  return [...headParts(hosts, unseen, screen), ...shown].join('\n\n')
}

function headParts(hosts: WayToMas['hosts'], unseen: readonly string[], screen: Screen): readonly string[] {
  const heads = hosts.map(
    ({ host, stage }) => `${screen.paint('bold', host)}: the vars ask for stage ${stage}`,
  )
  return [heads.join('\n'), ...unseen.map(file => unseenText(file, screen))]
}

function unseenText(file: string, { width }: Screen): string {
  return wrapped(
    `\`${file}\` is encrypted, so login providers in it were not seen. If it has ${oidcProvidersVariable}, first move that to a file in plain text, and encrypt only each client_secret.`,
    width,
  )
}

function setUp({ call, width }: Screen): string {
  const inTerminal =
    'To work from this terminal instead, run `deploy` with the lines of step 2, then `rehearse` and `migrate` with those of step 3.'
  return `Before you open the next pull request, set up GitHub:\n  ${call} init\n${wrapped(inTerminal, width)}`
}
