/** One process of a step: its environment, its files, its lines. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, parseCommand, parseOutputFile } from './commands.ts'

export interface Step {
  /** Where the actions are; this project by default. */
  readonly root?: string
  /** Folder of the action's action.yml, relative to the root; `.` is the root action. */
  readonly action: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly workspace: string
  readonly eventName?: string
  readonly event?: unknown
  readonly env?: Readonly<Record<string, string>>
  /** A folder that plays `RUNNER_TEMP`; it holds this step's files too. */
  readonly temp: string
  /** Called with each line that the step prints. */
  readonly onLine?: (line: string) => void
  /** Ends the step as a cancelled job is ended: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  readonly cancel?: AbortSignal
  /** Ends the step as when the runner dies: SIGKILL at once. */
  readonly kill?: AbortSignal
  /** Called with the id of the process. */
  readonly onStart?: (pid: number) => void
}

export interface StepResult {
  readonly code: number | null
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly annotations: readonly Command[]
  /** The environment of the steps after it: what it wrote to `GITHUB_ENV`, and `PATH` with what it wrote to `GITHUB_PATH`. */
  readonly envAfter: Readonly<Record<string, string>>
  /** What it kept for its `post` step. */
  readonly state: Readonly<Record<string, string>>
}

function stepFiles(step: Step): { folder: string; env: Record<string, string> } {
  mkdirSync(step.temp, { recursive: true })
  const folder = mkdtempSync(join(step.temp, '_step-'))
  const file = (name: string, content = '') => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  return {
    folder,
    env: {
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.event ?? {})),
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary.md'),
      GITHUB_STATE: file('state'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
    },
  }
}

function environment(
  step: Step,
  files: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
) {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env
  return {
    PATH,
    HOME,
    LANG,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REPOSITORY: 'operator/inventory',
    GITHUB_EVENT_NAME: step.eventName ?? 'workflow_dispatch',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.invalid',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'job',
    GITHUB_ACTOR: 'operator',
    GITHUB_REF: 'refs/heads/main',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: step.temp,
    RUNNER_TOOL_CACHE: join(step.temp, '_tools'),
    ...files,
    ...step.env,
    ...own,
  }
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split(/\r?\n/)
    rest = parts.pop() ?? ''
    for (const line of parts) take(line)
  })
  stream.on('end', () => rest && take(rest))
}

/** Runs one process as (a part of) the step, with these variables of its own, to its end. */
export async function runProcess(
  step: Step,
  [command, ...args]: readonly [string, ...string[]],
  own: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const files = stepFiles(step)
  const env = environment(step, files.env, own)
  const child = spawn(command, args, { cwd: step.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) step.onStart?.(child.pid)
  step.kill?.addEventListener('abort', () => child.kill('SIGKILL'))
  step.cancel?.addEventListener('abort', () => {
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGTERM'), 7_500).unref()
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    eachLine(stream, line => {
      lines.push(line)
      step.onLine?.(line)
    })
  }
  const code = await new Promise<number | null>((settle, fail) => {
    child.on('error', fail)
    child.on('close', settle)
  })
  const read = (name: string) => readFileSync(join(files.folder, name), 'utf8')
  const added = read('path').split('\n').filter(Boolean)
  return {
    code,
    log: lines.join('\n'),
    outputs: parseOutputFile(read('output')),
    summary: read('summary.md'),
    annotations: lines
      .map(parseCommand)
      .filter(command => command !== undefined)
      .filter(({ command }) => ['error', 'warning', 'notice'].includes(command)),
    state: parseOutputFile(read('state')),
    envAfter: {
      ...parseOutputFile(read('env')),
      ...(added.length > 0 ? { PATH: [...added.reverse(), env.PATH].join(':') } : {}),
    },
  }
}
