/**
 * A stand-in for GitHub's runner: runs a built JavaScript action as a step, with the environment and files that the runner gives,
 * and reads back what the runner would read. It does not do: expressions, jobs, containers, masking of logs, composite actions.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

export const projectRoot = resolve(import.meta.dirname, '../../..')

export interface Step {
  /** Folder of the action's action.yml, relative to the project's root; `.` is the root action. */
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
}

export interface Command {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

export interface StepResult {
  readonly code: number | null
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly annotations: readonly Command[]
}

interface ActionFile {
  readonly inputs?: Record<
    string,
    { readonly default?: string | number | boolean; readonly required?: boolean }
  >
  readonly runs: { readonly using: string; readonly main?: string }
}

function inputVariables(file: ActionFile, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.entries(file.inputs ?? {})
  const stranger = Object.keys(given).find(name => !known.some(([input]) => input === name))
  if (stranger) throw new Error(`the action has no input ${stranger}`)
  return Object.fromEntries(
    known.map(([name, input]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      given[name] ?? String(input.default ?? ''),
    ]),
  )
}

const unescapeData = (text: string) =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
const unescapeProperty = (text: string) => unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','))

/** A line's workflow command as the runner's newer parser reads it, or undefined. Source: actions/runner, ActionCommand.cs. */
export function parseCommand(line: string): Command | undefined {
  const match = /^::([^\s:]+)(?: ([^:]*(?::[^:]+)*?))?::(.*)$/s.exec(line.trimStart())
  if (!match) return undefined
  const [, command = '', properties = '', message = ''] = match
  const pairs = properties
    .split(',')
    .map(pair => pair.split('='))
    .filter(pair => pair.length === 2)
    .map(([name = '', value = '']) => [name.trim(), unescapeProperty(value)] as const)
  return { command, properties: Object.fromEntries(pairs), message: unescapeData(message) }
}

/** What a step wrote to `GITHUB_OUTPUT`: `name=value` and `name<<END` blocks. */
export function parseOutputFile(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    const block = /^([^=]+?)<<(.+)$/.exec(line)
    if (block) {
      const [, name = '', end = ''] = block
      const value: string[] = []
      for (let next = lines.shift(); next !== undefined && next !== end; next = lines.shift())
        value.push(next)
      outputs[name] = value.join('\n')
    } else if (line.includes('='))
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1)
  }
  return outputs
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

function environment(step: Step, files: Record<string, string>, inputs: Record<string, string>) {
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
    ...inputs,
  }
}

/** Runs one step to its end. */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = join(projectRoot, step.action)
  const file = parse(readFileSync(join(folder, 'action.yml'), 'utf8')) as ActionFile
  if (file.runs.using !== 'node24' || !file.runs.main)
    throw new Error(`${step.action} is no JavaScript action`)
  const files = stepFiles(step)
  const env = environment(step, files.env, inputVariables(file, step.inputs ?? {}))
  const child = spawn(process.execPath, [resolve(folder, file.runs.main)], {
    cwd: step.workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  step.cancel?.addEventListener('abort', () => {
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGTERM'), 7_500).unref()
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })
  const lines: string[] = []
  const collect = (stream: NodeJS.ReadableStream) => {
    let rest = ''
    const take = (line: string) => {
      lines.push(line)
      step.onLine?.(line)
    }
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      const parts = (rest + chunk).split(/\r?\n/)
      rest = parts.pop() ?? ''
      for (const line of parts) take(line)
    })
    stream.on('end', () => rest && take(rest))
  }
  collect(child.stdout)
  collect(child.stderr)
  const code = await new Promise<number | null>((settle, fail) => {
    child.on('error', fail)
    child.on('close', settle)
  })
  const read = (name: string) => readFileSync(join(files.folder, name), 'utf8')
  return {
    code,
    log: lines.join('\n'),
    outputs: parseOutputFile(read('output')),
    summary: read('summary.md'),
    annotations: lines
      .map(parseCommand)
      .filter(command => command !== undefined)
      .filter(({ command }) => ['error', 'warning', 'notice'].includes(command)),
  }
}
