import { type JsonRecord, number, parseRecord, record, text } from '../support/json.ts'

/** The events of `ansible.posix.jsonl` that are used here; it prints one JSON object per line. Facts are never kept. */
export type PlaybookEvent = PlayStarted | TaskStarted | TaskResult | PlayStats

export interface PlayStarted {
  readonly kind: 'play'
  readonly name: string
}

export interface TaskStarted {
  readonly kind: 'task'
  readonly task: TaskName
}

export interface TaskName {
  /** With the role as a prefix, as Ansible prints it: `custom/matrix-synapse : Ensure …`. */
  readonly name: string
  /** `FILE:LINE` in the checkout. */
  readonly path: string
}

export interface TaskResult {
  readonly kind: 'result'
  readonly status: 'ok' | 'changed' | 'failed' | 'skipped' | 'unreachable'
  readonly host: string
  readonly task: TaskName
  /** The module with its collection: `ansible.builtin.copy`. */
  readonly action: string
  readonly result: ModuleResult
}

/** The module's result. Texts come from the server: they are untrusted and contain secrets. */
export interface ModuleResult {
  readonly message?: string | undefined
  readonly rc?: number | undefined
  /** How long a command took. */
  readonly seconds?: number | undefined
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
  /** The words of a command; a single word if the module got a string. */
  readonly command?: readonly string[] | undefined
  /** `dest` or `path` of modules that write files. */
  readonly path?: string | undefined
  readonly mode?: string | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly uid?: number | undefined
  readonly gid?: number | undefined
  readonly diffs: readonly FileDiff[]
  /** Results of a loop's items. */
  readonly items: readonly (ModuleResult & { readonly status: TaskResult['status'] })[]
}

/** `before` and `after` are complete texts. Each is absent if there is no file or if the module gives no text. */
export interface FileDiff {
  readonly path?: string | undefined
  readonly before?: string | undefined
  readonly after?: string | undefined
  /** The states that the `file` module reports. */
  readonly beforeState?: string | undefined
  readonly afterState?: string | undefined
  /** Ansible omits a side that is too large or binary. */
  readonly withheld?: true | undefined
}

const statNames = ['ok', 'changed', 'failures', 'ignored', 'rescued', 'skipped', 'unreachable'] as const

export type HostStats = Readonly<Record<(typeof statNames)[number], number>>

export interface PlayStats {
  readonly kind: 'stats'
  readonly hosts: Readonly<Record<string, HostStats>>
}

/** The events of one line; none for other text and for events that are not used here. */
export function parseEvents(line: string): PlaybookEvent[] {
  const event = line.startsWith('{') ? parseRecord(line) : undefined
  if (!event) return []
  switch (event._event) {
    case 'v2_playbook_on_play_start':
      return [{ kind: 'play', name: text(record(event.play).name) ?? '' }]
    case 'v2_playbook_on_task_start':
    case 'v2_playbook_on_handler_task_start':
    case 'v2_runner_on_start':
      return [{ kind: 'task', task: taskName(event.task) }]
    case 'v2_playbook_on_stats':
      return [{ kind: 'stats', hosts: stats(record(event.stats)) }]
    case 'v2_runner_on_ok':
    case 'v2_runner_on_failed':
    case 'v2_runner_on_skipped':
    case 'v2_runner_on_unreachable':
      return results(event)
    default:
      return []
  }
}

function results(event: JsonRecord): TaskResult[] {
  const task = taskName(event.task)
  return Object.entries(record(event.hosts)).map(([host, value]) => {
    const raw = record(value)
    return {
      kind: 'result',
      status: statusOf(raw, event._event),
      host,
      task,
      action: text(raw.action) ?? '',
      result: moduleResult(raw),
    }
  })
}

function statusOf(raw: JsonRecord, event: unknown): TaskResult['status'] {
  if (event === 'v2_runner_on_unreachable' || raw.unreachable === true) return 'unreachable'
  if (event === 'v2_runner_on_failed' || raw.failed === true) return 'failed'
  if (raw.skipped === true) return 'skipped'
  return raw.changed === true ? 'changed' : 'ok'
}

function moduleResult(raw: JsonRecord): ModuleResult {
  const items = Array.isArray(raw.results) ? raw.results.map(record) : []
  const diffs = raw.diff === undefined ? [] : [raw.diff].flat().map(record)
  const args = record(record(raw.invocation).module_args)
  return {
    message: text(raw.msg),
    rc: number(raw.rc),
    seconds: duration(raw.delta),
    stdout: text(raw.stdout),
    stderr: text(raw.stderr),
    command: words(raw.cmd),
    path: text(raw.dest) ?? text(raw.path) ?? text(args.dest) ?? text(args.path),
    mode: label(raw.mode) ?? label(args.mode),
    owner: label(raw.owner) ?? label(args.owner),
    group: label(raw.group) ?? label(args.group),
    uid: number(raw.uid),
    gid: number(raw.gid),
    diffs: diffs.map(fileDiff),
    items: items.map(item => ({ ...moduleResult(item), status: statusOf(item, undefined) })),
  }
}

/**
 * `copy` and `template` give texts, and the path on disk as `before_header`, which is absent if there was no file. `file`
 * gives objects with path and state. Ansible omits texts that are too large or binary.
 */
function fileDiff(raw: JsonRecord): FileDiff {
  const before = record(raw.before)
  const after = record(raw.after)
  const header = text(raw.before_header)
  const isNew = raw.before === '' && header === undefined
  const withheld = ['src_larger', 'dst_larger', 'src_binary', 'dst_binary'].some(
    name => raw[name] !== undefined,
  )
  return {
    path: text(after.path) ?? text(before.path) ?? header?.replace(/ \(content\)$/, ''),
    before: isNew ? undefined : text(raw.before),
    after: text(raw.after),
    beforeState: text(before.state),
    afterState: text(after.state),
    ...(withheld && { withheld }),
  }
}

function stats(raw: JsonRecord): PlayStats['hosts'] {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      const host = record(value)
      const counts = statNames.map(stat => [stat, number(host[stat]) ?? 0] as const)
      return [name, Object.fromEntries(counts) as HostStats]
    }),
  )
}

/** Python's `H:MM:SS.ffffff`, in seconds. */
function duration(value: unknown): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text(value) ?? '') ?? []
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

function taskName(raw: unknown): TaskName {
  const task = record(raw)
  return { name: text(task.name) ?? '', path: text(task.path) ?? '' }
}

function words(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : undefined
}

/** A mode or an owner, given as text or number. */
function label(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value)
}
