import type { HostOutcome } from '../../domain/reports.ts'
import { startOperation } from '../../domain/start-apply.ts'
import { inventoryOf } from '../../inventory/inventory-of.ts'
import { chosenHosts } from '../../inventory/playbook-hosts.ts'
import { ToolkitError } from '../../support/errors.ts'
import { jsonText } from '../../support/escape.ts'
import { isTextEdit } from '../../support/event.ts'
import { writeReport } from '../../support/report-file.ts'
import { type Inputs, oneOf, optional, paths, readInputs, text } from '../inputs.ts'
import { reportFolder, reportInputs } from '../report-folder.ts'
import { type Done, defineAction, perform, type Runtime } from '../run-action.ts'
import type { InputSource } from '../runner.ts'
import type { HostWork, Work } from './work.ts'

const tasks = [
  'validate-config',
  'plan',
  'apply',
  'syn2mas-dry-run',
  'deploy',
  'migrate',
  'doctor',
  'publish',
] as const
type Task = (typeof tasks)[number]
type ServerTask = 'syn2mas-dry-run' | 'deploy' | 'migrate' | 'doctor'

/** `tell` is the former name of `publish`. */
const inputTable = { task: oneOf(['auto', ...tasks], 'auto'), ...reportInputs }

/** Picks what the event asks for. The inputs of what it picks are its own, under the same names. */
export const root = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime, given: InputSource): Promise<void> {
  const { task } = inputs
  const reportPath = reportFolder(inputs, runtime)
  const chosen = task === 'auto' ? taskOfEvent(runtime) : task
  runtime.log(`Task: ${chosen}`)
  switch (chosen) {
    case 'validate-config':
      return validate(given, runtime, reportPath)
    case 'plan':
      return plan(given, runtime, reportPath)
    case 'apply':
      return apply(given, runtime, reportPath)
    case 'publish':
      return perform((await import('../publish/action.ts')).publish, given, runtime)
    default:
      await performOn(chosen, given, runtime, reportPath)
  }
}

/** Each action is loaded only where it is needed. */
async function performOn(
  task: ServerTask,
  given: InputSource,
  runtime: Runtime,
  reportPath: string,
): Promise<Done> {
  const host = given('limit') ?? ''
  const name = `${task === 'syn2mas-dry-run' ? 'rehearsal' : task}${host === '' ? '' : `-${asFileName(host)}`}`
  const source = withDefaults(given, { 'json-path': `${reportPath}/${name}.json` })
  switch (task) {
    case 'syn2mas-dry-run':
      await perform((await import('../syn2mas-dry-run/action.ts')).syn2masDryRun, source, runtime)
      return {}
    case 'doctor':
      await perform((await import('../doctor/action.ts')).doctor, source, runtime)
      return {}
    case 'deploy':
      return perform((await import('../deploy/action.ts')).deploy, source, runtime)
    case 'migrate':
      return perform((await import('../migrate/action.ts')).migrate, source, runtime)
  }
}

async function validate(given: InputSource, runtime: Runtime, reportPath: string): Promise<void> {
  const { validateConfig } = await import('../validate-config/action.ts')
  const { reviewedChange } = await import('./reviewed-change.ts')
  // The report and the status of a commit are about all of its hosts, though only some are rehearsed.
  const isOfCommit = (given('head-commit') ?? '') !== ''
  const source = withDefaults(isOfCommit ? withInputs(given, { limit: '' }) : given, {
    'json-path': `${reportPath}/validate.json`,
    'sarif-path': `${reportPath}/validate.sarif`,
    ...(await reviewedChange(given, runtime)),
  })
  const { hosts, hasBase } = await perform(validateConfig, source, runtime)
  // Without a change, what the vars ask for is rehearsed.
  const rehearsed = hosts.filter(({ stage, outlook }) =>
    hasBase ? outlook.expected === 'migrate' : stage === 'live',
  )
  const chosen = isTextEdit(runtime.environment) ? new Set<string>() : namesWithin(given, runtime)
  setMatrix(
    runtime,
    rehearsed.map(({ host }) => host).filter(host => chosen.has(host)),
  )
}

const limitInputs = { inventory: paths('inventory/hosts'), limit: optional(text()) }

/** The hosts of the input `limit`. */
function namesWithin(given: InputSource, { repository }: Runtime): ReadonlySet<string> {
  const { inventory, limit } = readInputs(limitInputs, given)
  const hosts = chosenHosts(inventoryOf(repository.files, inventory), limit)
  return new Set(hosts.map(({ name }) => name))
}

/** GitHub starts no job of a larger matrix. */
const mostJobs = 256

function setMatrix({ port }: Runtime, hosts: readonly string[]): void {
  if (hosts.length > mostJobs) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `${hosts.length} hosts need a job each, but GitHub allows ${mostJobs} jobs in a matrix. Nothing was done.`,
      remedy:
        'Change fewer hosts at a time, or use one job with `task: apply`, which works on one host after the other.',
    })
  }
  port.setOutput('matrix', JSON.stringify(hosts))
}

/** Names the hosts that `apply` has work on, with the whole report of `validate-config`. */
async function plan(given: InputSource, runtime: Runtime, reportPath: string): Promise<void> {
  const { validateConfig } = await import('../validate-config/action.ts')
  const source = withDefaults(given, { 'json-path': `${reportPath}/validate.json` })
  await withRefusal(given, runtime, reportPath, async () => {
    const verdict = await perform(validateConfig, withInputs(source, { 'fail-on': 'never' }), runtime)
    const { workFor, operationsOf } = await import('./work.ts')
    const { work, left } = await workFor(given, runtime, verdict)
    writeOutcomes(given, runtime, reportPath, left.map(notDone))
    setMatrix(
      runtime,
      work.map(({ host }) => host),
    )
    runtime.port.setOutput('planned', JSON.stringify(operationsOf(work)))
  })
}

/** Does what a push or a person asks for, one host after the other: the next only after the one before is proven. */
async function apply(given: InputSource, runtime: Runtime, reportPath: string): Promise<void> {
  const { workFor } = await import('./work.ts')
  const { work, left } = await withRefusal(given, runtime, reportPath, () => workFor(given, runtime))
  if (work.length === 0) runtime.log('Nothing to do.')
  const outcomes: HostOutcome[] = left.map(notDone)
  try {
    for (const each of work) {
      const { host, operation, expected = '' } = each
      writeOutcomes(given, runtime, reportPath, [...outcomes, notSeen(host, operation)])
      await runtime.port.inGroup(`${host}: ${operation}`, async () => {
        const forHost = withInputs(given, { limit: host, operation, 'expected-plan': expected })
        const done = await applyTo(each, forHost, runtime, reportPath).catch(error => {
          outcomes.push(failed(host, operation, error))
          throw error
        })
        outcomes.push({ host, operation, ok: true, ...done })
      })
    }
  } finally {
    writeOutcomes(given, runtime, reportPath, outcomes)
  }
}

async function applyTo(
  { operation, expected, blocked }: HostWork,
  source: InputSource,
  runtime: Runtime,
  reportPath: string,
): Promise<Pick<HostOutcome, 'sentence' | 'migrated'>> {
  if (operation === 'deploy')
    return { sentence: (await performOn('deploy', source, runtime, reportPath)).sentence ?? '' }
  const migrated = await performOn('migrate', source, runtime, reportPath)
  const done = {
    sentence: migrated.sentence ?? '',
    ...(migrated.outcome === 'migrated' && { migrated: true }),
  }
  // Without accounts in Synapse, there is nothing to migrate. A rollback changes only who authenticates.
  const isRollback = expected === 'roll-back' || expected === 'no-roll-back'
  if (migrated.plan !== 'deploy' && !isRollback) return done
  if (blocked) {
    const sentence = `The vars of this change are not deployed: ${blocked.message}`
    runtime.log(`Warning: ${sentence}`)
    return { sentence: [migrated.sentence, sentence].filter(Boolean).join(' ') }
  }
  const deployed = await performOn('deploy', source, runtime, reportPath)
  return { sentence: [migrated.sentence, deployed.sentence].filter(Boolean).join(' ') }
}

/** Why there is no work is an outcome, too: of the host that `limit` names, or of all. */
async function withRefusal<T>(
  given: InputSource,
  runtime: Runtime,
  reportPath: string,
  plan: () => Promise<T>,
): Promise<T> {
  try {
    return await plan()
  } catch (error) {
    writeOutcomes(given, runtime, reportPath, [failed(given('limit') ?? '', 'plan', error)])
    throw error
  }
}

function taskOfEvent({ environment }: Runtime): Task {
  const event = environment.GITHUB_EVENT_NAME ?? ''
  switch (event) {
    case 'pull_request':
    case 'merge_group':
      return 'validate-config'
    case 'push':
    case 'workflow_dispatch':
      return 'apply'
    case 'schedule':
      return 'doctor'
    default:
      throw new ToolkitError({
        reason: 'input-invalid',
        what: `\`task: auto\` does not support this event (\`${event}\`).`,
        remedy: `Set the input \`task\` to one of ${tasks.join(', ')}.`,
      })
  }
}

function notDone({ host, sentence }: Work['left'][number]): HostOutcome {
  return { host, operation: 'plan', ok: false, sentence }
}

/** Of a host while it is worked on. It stays if this process is killed, as GitHub does where a cancelled job takes too long. */
function notSeen(host: string, operation: HostOutcome['operation']): HostOutcome {
  const next =
    operation === 'deploy'
      ? `To deploy again, ${startOperation('deploy')}.`
      : `The server ends a migration or a rollback by itself. To see what the server did, ${startOperation('status')}.`
  const sentence = `The job was ended while it worked on the host, so the outcome is unknown. ${next}`
  return { host, operation, ok: false, sentence }
}

function failed(host: string, operation: HostOutcome['operation'], error: unknown): HostOutcome {
  const sentence =
    error instanceof ToolkitError ? `${error.message} ${error.remedy}` : 'A bug in matrix-auth-actions.'
  const needsRehearsal =
    error instanceof ToolkitError &&
    (error.reason === 'receipt-missing' || error.reason === 'receipt-differs')
  return { host, operation, ok: false, sentence, ...(needsRehearsal && { needsRehearsal }) }
}

function writeOutcomes(
  given: InputSource,
  runtime: Runtime,
  reportPath: string,
  outcomes: readonly HostOutcome[],
): void {
  const path = `${reportPath}/outcome-${asFileName(given('limit') || 'all')}.json`
  if (outcomes.length > 0) writeReport(runtime, path, jsonText({ version: 1, outcomes }))
}

function asFileName(host: string): string {
  return host.replace(/[^\w.-]/g, '_')
}

function withInputs(source: InputSource, inputs: Readonly<Record<string, string>>): InputSource {
  return name => (Object.hasOwn(inputs, name) ? inputs[name] : source(name))
}

function withDefaults(source: InputSource, inputs: Readonly<Record<string, string>>): InputSource {
  return name => source(name) || inputs[name] || ''
}
