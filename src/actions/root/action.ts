import { ToolkitError } from '../../support/errors.ts'
import { eventOf } from '../../support/event.ts'
import { member } from '../../support/json.ts'
import { type Inputs, oneOf, readInputs } from '../inputs.ts'
import { defineAction, perform, type Runtime } from '../run-action.ts'
import { type InputSource, inGroup } from '../runner.ts'

const tasks = ['validate-config', 'syn2mas-dry-run', 'deploy', 'migrate', 'doctor', 'publish'] as const
type Task = (typeof tasks)[number]

/** `tell` is the former name of `publish`. */
const inputTable = { task: oneOf(['auto', ...tasks, 'tell'], 'auto') }

/** A task, with the inputs that it has beyond those of the step. */
interface Chosen {
  readonly task: Task
  readonly inputs?: Readonly<Record<string, string>>
}

/** Picks what the event asks for. The inputs of what it picks are its own, under the same names. */
export const root = defineAction({ inputs: inputTable, run })

async function run({ task }: Inputs<typeof inputTable>, runtime: Runtime, given: InputSource): Promise<void> {
  const source = withInputs(given, baseOfEvent(given, runtime))
  const chosen = await tasksFor(task, source, runtime)
  runtime.log(
    chosen.length === 0 ? 'Nothing to do.' : `Task: ${chosen.map(each => each.task).join(', then ')}`,
  )
  for (const { task, inputs } of chosen) {
    const work = () => performTask(task, withInputs(source, inputs), runtime)
    await (chosen.length > 1 ? inGroup(task, work) : work())
  }
}

async function tasksFor(
  task: Inputs<typeof inputTable>['task'],
  source: InputSource,
  runtime: Runtime,
): Promise<readonly Chosen[]> {
  switch (task) {
    case 'auto':
      return tasksOfEvent(source, runtime)
    case 'tell':
      return [{ task: 'publish' }]
    default:
      return [{ task }]
  }
}

/** Each action is loaded only where it is needed. */
async function performTask(task: Task, source: InputSource, runtime: Runtime): Promise<void> {
  switch (task) {
    case 'validate-config':
      return perform((await import('../validate-config/action.ts')).validateConfig, source, runtime)
    case 'syn2mas-dry-run':
      return perform((await import('../syn2mas-dry-run/action.ts')).syn2masDryRun, source, runtime)
    case 'deploy':
      return perform((await import('../deploy/action.ts')).deploy, source, runtime)
    case 'migrate':
      return perform((await import('../migrate/action.ts')).migrate, source, runtime)
    case 'doctor':
      return perform((await import('../doctor/action.ts')).doctor, source, runtime)
    case 'publish':
      return perform((await import('../publish/action.ts')).publish, source, runtime)
  }
}

/** The vars before and after a merge decide whether it is deployed, migrated or rolled back. */
async function tasksOfMerge(source: InputSource, { repository }: Runtime): Promise<readonly Chosen[]> {
  const { validate } = await import('../validate-config/run.ts')
  const { validationInputs } = await import('../validate-config/inputs.ts')
  const { validationSources } = await import('../validate-config/sources.ts')
  const { requireClean, commonValue } = await import('../validate-config/outcome.ts')
  const inputs = readInputs(validationInputs, source)
  const verdict = validate(await validationSources(inputs, repository))
  const { hosts } = verdict
  const plan = commonValue(hosts.map(({ outlook }) => outlook.expected))
  if (plan === 'nothing') return []
  if (plan === 'migrate' || plan === 'deploy') {
    requireClean(verdict, inputs.failOn)
    return [{ task: plan }]
  }
  // A rollback changes only who authenticates; the rest of the change is deployed after it.
  if (plan === 'roll-back')
    return [{ task: 'migrate', inputs: { operation: source('operation') || 'rollback' } }, { task: 'deploy' }]
  throw new ToolkitError({
    reason: plan === 'unknown' ? 'stage-unknown' : 'refused-state',
    what: `This merge cannot be carried out automatically: its plan is ${plan}.`,
    remedy: `Run it by hand, one host at a time, with \`task\` and \`limit\`. ${hosts[0]?.outlook.sentence ?? ''}`,
  })
}

async function tasksOfEvent(source: InputSource, runtime: Runtime): Promise<readonly Chosen[]> {
  const event = runtime.environment.GITHUB_EVENT_NAME ?? ''
  switch (event) {
    case 'pull_request':
      return [{ task: 'validate-config' }]
    case 'push':
      return tasksOfMerge(source, runtime)
    case 'workflow_dispatch':
      return [{ task: 'migrate' }]
    case 'schedule':
      return [{ task: 'doctor' }]
    default:
      throw new ToolkitError({
        reason: 'input-invalid',
        what: `\`task: auto\` does not support this event (\`${event}\`).`,
        remedy: `Set the input \`task\` to one of ${tasks.join(', ')}.`,
      })
  }
}

/** The event names the commit to compare with, unless the step's inputs do. */
function baseOfEvent(given: InputSource, { environment }: Runtime): Readonly<Record<string, string>> {
  if (given('base-ref') || given('base-path')) return {}
  const event = eventOf(environment)
  const base = member(event, 'pull_request', 'base', 'sha') ?? member(event, 'before')
  const isCommit = typeof base === 'string' && /^[0-9a-f]{40,64}$/.test(base) && !/^0+$/.test(base)
  return isCommit ? { 'base-ref': base } : {}
}

function withInputs(source: InputSource, inputs: Readonly<Record<string, string>> = {}): InputSource {
  return name => (Object.hasOwn(inputs, name) ? inputs[name] : source(name))
}
