import type { Lab } from '../lab.ts'

/** A file that a check run would change, whole; `undefined` where it is not there before, or not after. */
export interface ChangedFile {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface PlaybookRun {
  readonly code: number
  /** Names of the tasks that were run and not skipped, with the role's name before them. */
  readonly tasks: readonly string[]
  /** What failed: the task and its message. */
  readonly failures: readonly string[]
  readonly files: readonly ChangedFile[]
  readonly stdout: string
}

interface Result {
  readonly changed?: boolean
  readonly skipped?: boolean
  readonly msg?: unknown
  readonly diff?: unknown
  readonly item?: unknown
  readonly results?: readonly Result[]
}

interface Event {
  readonly _event: string
  readonly task?: { readonly name: string }
  readonly hosts?: Readonly<Record<string, Result>>
}

/** Runs the lab's playbook with results as JSON lines, as the toolkit does, and reads what a test asks about. */
export async function playbook(
  lab: Pick<Lab, 'ansible'>,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<PlaybookRun> {
  const { code, stdout } = await lab.ansible([...args], {
    ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.jsonl',
    ANSIBLE_MAX_DIFF_SIZE: '10485760',
    ...env,
  })
  const events = stdout.split('\n').flatMap(eventOf)
  const results = events.flatMap(({ _event, task, hosts }) =>
    Object.values(hosts ?? {}).map(result => ({ event: _event, task: task?.name ?? '', result })),
  )
  const each = results.flatMap(({ task, result }) =>
    [result, ...(result.results ?? [])].map(one => ({ task, result: one })),
  )
  return {
    code,
    tasks: results.filter(({ event }) => event === 'v2_runner_on_ok').map(({ task }) => task),
    failures: each
      .filter(({ result }) => 'failed' in result && result.failed === true)
      .map(({ task, result }) => `${task}: ${String(result.msg)}`),
    files: each.flatMap(({ result }) => (result.changed === true ? filesOf(result.diff) : [])),
    stdout,
  }
}

/** What the final vars would change of what those tags install, without changing it. */
export function render(lab: Pick<Lab, 'ansible'>, env: NodeJS.ProcessEnv = {}): Promise<PlaybookRun> {
  const services = ['synapse', 'matrix-authentication-service', 'matrix-static-files', 'client-element']
  return playbook(
    lab,
    [`--tags=${services.map(name => `install-${name}`).join(',')}`, '--check', '--diff'],
    env,
  )
}

function eventOf(line: string): Event[] {
  if (!line.startsWith('{"_event"')) return []
  return [JSON.parse(line) as Event]
}

function filesOf(diff: unknown): ChangedFile[] {
  return (Array.isArray(diff) ? diff : [diff]).flatMap(one => {
    const { before, after, before_header } = one ?? {}
    if (typeof before_header !== 'string' || typeof after !== 'string') return []
    return [{ path: before_header, before, after }]
  })
}
