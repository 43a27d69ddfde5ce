/** The root action: picks what the event asks for. The inputs of what it picks are its own, under the same names. */
import { ToolkitError } from '../../support/errors.ts'
import { eventOf } from '../../support/event.ts'
import { member } from '../../support/json.ts'
import { printLog, thisRunner } from '../../support/runner.ts'
import { actionInput, oneOf, readInputs } from '../inputs.ts'
import { runAction } from '../run-action.ts'

const tasks = ['validate-config', 'syn2mas-dry-run', 'deploy', 'migrate', 'doctor', 'tell'] as const
type Task = (typeof tasks)[number]

async function run(task: Task): Promise<void> {
  switch (task) {
    case 'validate-config': {
      const { validateConfig } = await import('../validate-config/action.ts')
      await runAction(validateConfig)
      return
    }
    case 'syn2mas-dry-run':
      await import('../syn2mas-dry-run/main.ts')
      return
    case 'deploy':
      await import('../deploy/main.ts')
      return
    case 'migrate':
      await import('../migrate/main.ts')
      return
    case 'doctor':
      await import('../doctor/main.ts')
      return
    case 'tell':
      await import('../tell/main.ts')
      return
  }
}

/** A merge is deployed, or, where it is the one that asks for it, migrated or taken back: its vars before and after decide. */
async function tasksOfMerge(): Promise<readonly Task[]> {
  const { validate } = await import('../validate-config/run.ts')
  const { validationInputs } = await import('../validate-config/inputs.ts')
  const { validationSources } = await import('../validate-config/sources.ts')
  const { demandClean, shared } = await import('../validate-config/outcome.ts')
  const inputs = readInputs(validationInputs, actionInput(process.env))
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd()
  const verdict = validate(await validationSources(inputs, root))
  const { hosts } = verdict
  const plan = shared(hosts.map(({ outlook }) => outlook.expected))
  if (plan === 'nothing') return []
  if (plan === 'migrate' || plan === 'deploy') {
    demandClean(verdict, inputs.failOn)
    return [plan]
  }
  if (plan === 'roll-back') {
    process.env.INPUT_OPERATION ||= 'rollback'
    // The way back touches who authenticates; whatever else the change holds is deployed after it.
    return ['migrate', 'deploy']
  }
  throw new ToolkitError({
    kind: 'refused',
    reason: plan === 'unknown' ? 'stage-unknown' : 'refused-state',
    what: `What this merge asks for cannot be done by itself: the plan is ${plan}.`,
    remedy: `Start it by hand, one host at a time, with \`task\` and \`limit\`. ${hosts[0]?.outlook.sentence ?? ''}`,
  })
}

async function tasksOfEvent(): Promise<readonly Task[]> {
  const event = process.env.GITHUB_EVENT_NAME ?? ''
  switch (event) {
    case 'pull_request':
      return ['validate-config']
    case 'push':
      return tasksOfMerge()
    case 'workflow_dispatch':
      return ['migrate']
    case 'schedule':
      return ['doctor']
    default:
      throw new ToolkitError({
        kind: 'input',
        reason: 'input-invalid',
        what: 'The event that triggered the workflow says nothing of what to do.',
        remedy: `Give the input \`task\`: one of ${tasks.join(', ')}.`,
      })
  }
}

/** The commit to compare with is in the event; whoever gives `base-ref` or `base-path` means that one. */
function baseFromEvent(): void {
  if (process.env['INPUT_BASE-REF'] || process.env['INPUT_BASE-PATH']) return
  const event = eventOf(process.env)
  const base = member(event, 'pull_request', 'base', 'sha') ?? member(event, 'before')
  if (typeof base === 'string' && /^[0-9a-f]{40,64}$/.test(base) && !/^0+$/.test(base)) {
    process.env['INPUT_BASE-REF'] = base
  }
}

let chosen: readonly Task[] = []
await runAction(async () => {
  const { task } = readInputs({ task: oneOf(['auto', ...tasks], 'auto') }, actionInput(process.env))
  baseFromEvent()
  chosen = task === 'auto' ? await tasksOfEvent() : [task]
  printLog(thisRunner, chosen.length === 0 ? 'Nothing to do.' : `Task: ${chosen.join(', then ')}`)
})
for (const task of chosen) if (!process.exitCode) await run(task)
