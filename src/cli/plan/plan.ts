import { readInputs } from '../../actions/inputs.ts'
import { availableSources, requirePlaybook } from '../../actions/validate-config/action.ts'
import { validationInputs } from '../../actions/validate-config/inputs.ts'
import { applyWorkflow } from '../../actions/validate-config/touches.ts'
import type { Finding } from '../../domain/finding.ts'
import { plural } from '../../support/plural.ts'
import type { Invocation } from '../invocation.ts'
import { type Screen, wrapped } from '../screen.ts'
import { findingsBlock } from '../verdict.ts'
import { type WayToMas, wayToMas } from './way.ts'
import { writeChange } from './write.ts'

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
  const name = invocation.source('write')
  if (name) {
    writeChange(invocation, name, (await read()).sources)
    terminal.log('Look at the change: git diff. Then commit it, push it, and open the pull request.')
  }
  const { sources } = await read()
  const way = await wayToMas(sources)
  const isSetUp = sources.files.entry(applyWorkflow).kind !== 'absent'
  terminal.result(way, () => wayText(terminal.worded(way), terminal.screen, isSetUp))
  requirePlaybook(sources)
}

function wayOf(step: StepName, lists: readonly string[], findings: readonly Finding[]): string {
  if (step !== 'today' && lists.length === 0) return 'All hosts are already past this step.'
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const way = errors === 0 ? 'Nothing stands in the way.' : `In the way: ${plural(errors, 'error')}.`
  return findings.length === errors
    ? way
    : `${way} To read: ${plural(findings.length - errors, 'other finding')}.`
}

/** Its texts are escaped already. */
function wayText({ hosts, steps }: WayToMas, screen: Screen, isSetUp: boolean): string {
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
      ...(step !== 'today' && step === firstChange ? [`To write this: ${call} plan --write ${step}`] : []),
      wayOf(step, lists, findings),
      ...(findings.length === 0 ? [] : [findingsBlock(findings, screen)]),
    ].join('\n')
  })
  if (hosts.length === 0) return parts[0] ?? ''
  const heads = hosts.map(({ host, stage }) => `${paint('bold', host)}: the vars ask for stage ${stage}`)
  const shown = parts.flatMap((part, index) =>
    steps[index]?.step === firstChange && !isSetUp ? [setUp(screen), part] : [part],
  )
  return [heads.join('\n'), ...shown].join('\n\n')
}

function setUp({ call, width }: Screen): string {
  const inTerminal =
    'To work from this terminal instead, run `deploy` with the lines of step 2, then `rehearse` and `migrate` with those of step 3.'
  return `Before you open the next pull request, set up GitHub:\n  ${call} init\n${wrapped(inTerminal, width)}`
}
