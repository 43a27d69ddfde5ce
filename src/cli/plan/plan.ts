import { readInputs } from '../../actions/inputs.ts'
import { availableSources, requirePlaybook } from '../../actions/validate-config/action.ts'
import { validationInputs } from '../../actions/validate-config/inputs.ts'
import { requireClean } from '../../actions/validate-config/outcome.ts'
import { reviewWorkflow } from '../../actions/validate-config/touches.ts'
import { type Finding, severityNouns } from '../../domain/finding.ts'
import { stageMeanings } from '../../domain/stage.ts'
import { ifNotLive } from '../../migration/plan/outlook.ts'
import { plural } from '../../support/plural.ts'
import type { Invocation } from '../invocation.ts'
import { type Screen, wrapped } from '../screen.ts'
import { findingsBlock } from '../verdict.ts'
import { type Offer, programName } from '../words.ts'
import { findingsByHand, notSeen, type WayToMas, wayToMas } from './way.ts'
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
  const sources = { ...(await read()).sources, ...(before && { base: before.files }) }
  const way = await wayToMas(sources)
  const { findings = [] } = way.steps[0] ?? {}
  const unseen = terminal.worded(notSeen(sources))
  if (name) {
    const byHand = await findingsByHand(findings, sources)
    const { hosts } = terminal.worded(way)
    terminal.result(way, () => writtenText(hosts, terminal.worded(byHand), unseen, terminal.screen))
    requirePlaybook(sources)
    if (name === 'migrate')
      terminal.say('Open this pull request only after the prepare pull request is deployed.')
    return terminal.say(nextAfterWriting(byHand, findings.length - byHand.length))
  }
  const isSetUp = sources.files.entry(reviewWorkflow).kind !== 'absent'
  const { offer } = invocation
  terminal.result(way, () => wayText(terminal.worded(way), terminal.screen, { isSetUp, unseen, offer }))
  requirePlaybook(sources)
  requireClean({ findings }, 'error', 'in step 1')
}

/** `fixable`: how many findings are not shown, because `validate --fix` solves them. */
function nextAfterWriting(byHand: readonly Finding[], fixable: number): string {
  const look =
    'look at the change with `git status` and `git diff`. Then commit it, push it, and open the pull request.'
  const errors = errorsIn(byHand)
  if (fixable > 0) {
    const fix = `Next: \`${programName} validate --fix\` writes more lines, which solve ${plural(fixable, 'finding')} that ${fixable === 1 ? 'is' : 'are'} not shown here`
    return errors.length > 0 ? `${fix}. The findings above remain.` : `${fix}. Then ${look}`
  }
  return errors.length > 0
    ? `Next: fix the ${severityNouns(errors)} above, then check with \`${programName} validate\`.`
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
  /** What was not seen, in sentences. */
  readonly unseen: readonly string[]
  readonly offer: Offer
}

/** Its texts are escaped already. */
function wayText(
  { hosts, steps }: WayToMas,
  screen: Screen,
  { isSetUp, unseen, offer }: PlanContext,
): string {
  const { paint } = screen
  const firstChange = steps.find(({ lines }) => Object.keys(lines).length > 0)?.step
  const parts = steps.map(({ step, lines, findings }, index) => {
    const verb = step === 'prepare' ? 'Add to' : 'Remove from'
    const lists = Object.entries(lines).map(([host, own]) =>
      [`${verb} the vars of ${host}:`, ...own.map(line => `  ${line}`)].join('\n'),
    )
    return [
      paint('bold', `${index + 1}. ${stepTitles[step]}`),
      ...lists,
      ...(lists.length > 0 ? [toWrite(step, step === firstChange, offer)] : []),
      wayOf(step, lists, findings, unseen.length === 0),
      ...(findings.length === 0 ? [] : [findingsBlock(findings, screen)]),
    ].join('\n')
  })
  if (hosts.length === 0 || parts.length === 1) return parts[0] ?? ''
  const shown = parts.flatMap((part, index) =>
    steps[index]?.step === firstChange && !isSetUp ? [setUp(screen, offer), part] : [part],
  )
  return [...headParts(hosts, unseen, screen), ...shown].join('\n\n')
}

/** `isNext`: no pull request comes before it. */
function toWrite(step: StepName, isNext: boolean, offer: Offer): string {
  const when = isNext ? '' : ' when the prepare pull request is deployed'
  return `To write this${when}: ${offer('plan', ` --write ${step}`)}`
}

/** After the lines were written: what remains to do by hand. */
function writtenText(
  hosts: WayToMas['hosts'],
  byHand: readonly Finding[],
  unseen: readonly string[],
  screen: Screen,
): string {
  const shown = byHand.length === 0 ? [] : [findingsBlock(byHand, screen)]
  return [...headParts(hosts, unseen, screen), ...shown].join('\n\n')
}

function headParts(hosts: WayToMas['hosts'], unseen: readonly string[], screen: Screen): readonly string[] {
  const heads = hosts.map(
    ({ host, stage }) =>
      `${screen.paint('bold', host)}: the vars ask for stage ${stage} (${stageMeanings[stage]})`,
  )
  const unknown = hosts.some(({ stage }) => stage === 'live') ? [ifNotLive] : []
  return [heads.join('\n'), ...[...unknown, ...unseen].map(text => wrapped(text, screen.width))]
}

function setUp({ width }: Screen, offer: Offer): string {
  const inTerminal =
    'To work from this terminal instead, run `deploy` with the lines of step 2, then `rehearse` and `migrate` with those of step 3.'
  return `Before you open the next pull request, set up GitHub:\n  ${offer('init')}\n${wrapped(inTerminal, width)}`
}
