/**
 * Runs a template by act, the workflow engine, on this machine: a repository with commits, the local GitHub, this toolkit as it is
 * built. Stand-ins of some lines play actions/checkout and the artifact actions. act does not know environments, permissions,
 * concurrency and the filters of events.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { actProgram } from '../../scripts/tools.ts'
import { ansibleFolder, packageSets } from '../../src/actions/setup/ansible.ts'
import { toolkitRepository } from '../../src/domain/toolkit.ts'
import { parseRecord, text } from '../../src/support/json.ts'
import { type ServerRepository, serverRepository } from '../actions/server-repository.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'
import { projectRoot } from '../lab/runner/runner.ts'

/** A template, or the workflow of one job in the README. */
export type Template = 'review' | 'apply' | 'doctor' | 'single'
type JobResult = 'success' | 'failure'

export interface Job {
  readonly name: string
  readonly result: JobResult
  readonly seconds: number
}

export interface Run {
  readonly log: string
  /** The results of the jobs that ran, by the name that GitHub shows. */
  readonly jobs: Readonly<Record<string, JobResult>>
  /** What the steps wrote to their summaries, in the order of time. */
  readonly summaries: readonly string[]
  /** The messages of errors, as annotations show them. */
  readonly errors: readonly string[]
  /** The folder with a folder for each artifact. */
  readonly artifacts: string
  /** SSH agents of the run that still run. */
  readonly agents: readonly string[]
}

export interface RunOptions {
  readonly secrets?: Readonly<Record<string, string>>
  /** The run is cancelled when its log has this text. */
  readonly cancelAt?: string
  /** 1 by default; more for a run that is repeated. */
  readonly attempt?: number
  /** Called with each job when it has ended. */
  readonly onJob?: (job: Job) => void
}

export interface EngineOptions {
  /** A tool cache in which Ansible is installed. Without it, Ansible seems to be, and cannot be run. */
  readonly toolCache?: string
  /** A folder that keeps the repository and GitHub for the next engine. The repository then has its own workflows. */
  readonly state?: string
}

export interface Engine {
  readonly github: LocalGitHub
  readonly repository: ServerRepository
  /** Runs a template for an event at a commit of the repository. */
  run(
    template: Template,
    eventName: string,
    commit: string,
    event?: object,
    options?: RunOptions,
  ): Promise<Run>
  close(): Promise<void>
}

export const playbookName = 'spantaleev/matrix-docker-ansible-deploy'

/** What every event says of the repository. */
export const repositoryFields = { default_branch: 'main', full_name: 'operator/inventory' }

const composite = (inputs: readonly string[], script: string) => `name: Stand-in
inputs:
${inputs.map(name => `  ${name}: { default: "" }`).join('\n')}
runs:
  using: composite
  steps:
    - shell: bash
      env:
${inputs.map(name => `        ${name.replace('-', '_')}: \${{ inputs.${name} }}`).join('\n')}
      run: |
${script.replace(/^/gm, '        ')}
`

const standIns: Readonly<Record<string, string>> = {
  'actions/checkout': composite(
    ['ref', 'persist-credentials'],
    `git init -q .
git fetch -q --depth=1 "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "\${ref:-$GITHUB_SHA}"
git checkout -q --detach FETCH_HEAD`,
  ),
  'actions/upload-artifact': composite(
    ['name', 'path', 'overwrite'],
    `mkdir -p "$ARTIFACTS/$name"
[ ! -d "$path" ] || cp -r "$path/." "$ARTIFACTS/$name/"`,
  ),
  'actions/download-artifact': composite(
    ['name', 'pattern', 'path'],
    `mkdir -p "$path"
[ -z "$name" ] || [ ! -d "$ARTIFACTS/$name" ] || cp -r "$ARTIFACTS/$name/." "$path/"
for folder in "$ARTIFACTS"/\${pattern:--}; do [ ! -d "$folder" ] || cp -r "$folder" "$path/"; done`,
  ),
}

export async function startEngine({ toolCache, state }: EngineOptions = {}): Promise<Engine> {
  const act = await actProgram()
  // Short: OpenSSH puts sockets below it, whose paths have at most 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'act-'))
  const kept = state ?? folder
  const stored = join(kept, 'github.json')
  const github = await startLocalGitHub(new Map(), storedIn(read(stored)))
  const repository = serverRepository(join(kept, 'server'))
  const toolkit = join(folder, 'toolkit')
  for (const name of ['action.yml', 'package.json', 'dist'])
    cpSync(join(projectRoot, name), join(toolkit, name), { recursive: true })
  for (const [name, text] of Object.entries(standIns)) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'action.yml'), text)
  }
  const gitConfig = join(folder, 'gitconfig')
  writeFileSync(
    gitConfig,
    `[url "${repository.serverUrl}/"]\n  insteadOf = https://github.com/\n[safe]\n  directory = *\n`,
  )
  let runs = readdirSync(kept).filter(name => name.startsWith('artifacts-')).length
  const save = () => {
    const { issues, comments, pulls, statuses } = github
    writeFileSync(stored, JSON.stringify({ issues, comments, pulls, statuses }))
  }

  const run: Engine['run'] = async (template, eventName, commit, event = {}, options = {}) => {
    const { secrets = {}, cancelAt, attempt = 1, onJob } = options
    save()
    runs += 1
    const home = join(folder, `run-${runs}`)
    mkdirSync(join(home, 'cache'), { recursive: true })
    symlinkSync(toolCache ?? emptyToolCache(folder), join(home, 'cache/tool_cache'))
    const work = repository.checkOut(commit)
    const file = join(work, '.git/event.json')
    writeFileSync(file, JSON.stringify({ repository: repositoryFields, ...event }))
    const workflow = join(work, '.github/workflows', `matrix-auth-${template}.yml`)
    const source = state === undefined ? templateText(template) : ownWorkflow(workflow)
    mkdirSync(dirname(workflow), { recursive: true })
    writeFileSync(workflow, source)
    await finished(['git', '-C', work, 'remote', 'add', 'origin', 'https://github.com/operator/inventory'])
    const environment = {
      GITHUB_API_URL: github.url,
      GIT_CONFIG_GLOBAL: gitConfig,
      ARTIFACTS: join(kept, `artifacts-${runs}`),
      GITHUB_SHA: commit,
      GITHUB_RUN_ATTEMPT: String(attempt),
      // Ansible refuses to start without it; GitHub's runners have it.
      LANG: 'C.UTF-8',
      ...(eventName === 'pull_request' ? {} : { GITHUB_REF: 'refs/heads/main' }),
    }
    const { output } = await finished(
      [
        ...[act, eventName, '--directory', work, '--workflows', workflow, '--eventpath', file, '--json'],
        ...['--platform', 'ubuntu-24.04=-self-hosted', '--no-skip-checkout', '--no-cache-server'],
        ...['--action-cache-path', join(home, 'cache'), '--secret', `GITHUB_TOKEN=${github.token}`],
        ...Object.keys(secrets).flatMap(name => ['--secret', name]),
        ...localRepositories(source, folder).flatMap(each => ['--local-repository', each]),
        ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ],
      { HOME: home, GIT_CONFIG_GLOBAL: gitConfig, ...secrets },
      cancelAt === undefined
        ? onJob && eachJob(onJob)
        : cancelAtText(cancelAt, `ARTIFACTS=${environment.ARTIFACTS}`),
    )
    save()
    // GitHub's runner does not log what is to be masked.
    const log = output.replace(/^.*"command":"add-mask".*$/gm, '')
    const agents = processesOf(/(?:^|\/)ssh-agent$/, `ARTIFACTS=${environment.ARTIFACTS}`)
    return {
      log,
      jobs: Object.fromEntries(jobsOf(output).map(({ name, result }) => [name, result])),
      errors: errorsOf(output),
      summaries: summariesOf(output),
      artifacts: environment.ARTIFACTS,
      agents,
    }
  }
  const close = async () => {
    await github.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { github, repository, run, close }
}

/** What `save` wrote; nothing the first time. */
const storedIn = (text: string) => (text === '' ? {} : (JSON.parse(text) as Partial<LocalGitHub>))

function emptyToolCache(folder: string): string {
  const cache = join(folder, 'tool_cache')
  const ansible = ansibleFolder('12.3.0', { RUNNER_TOOL_CACHE: cache }, packageSets['12.3.0'])
  mkdirSync(ansible, { recursive: true })
  writeFileSync(join(ansible, 'complete'), '')
  return cache
}

/** act does not know `queue` either. */
const forAct = (source: string) => source.replaceAll(', queue: max', '')

function ownWorkflow(file: string): string {
  if (existsSync(file)) return forAct(readFileSync(file, 'utf8'))
  throw new Error(
    `The branch has no .github/workflows/${basename(file)}. Run \`npx matrix-auth-actions init\`, commit what it writes to main, and push.`,
  )
}

function templateText(name: Template): string {
  const source =
    name === 'single'
      ? /```yaml\n(on: .*?)```/s.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8'))?.[1]
      : readFileSync(join(projectRoot, `workflows/matrix-auth-${name}.yml`), 'utf8')
  if (source === undefined) throw new Error('the README has no workflow of one job')
  return forAct(source.replaceAll('$default-branch', 'main'))
}

/** Where act finds each action that the template uses. */
function localRepositories(source: string, folder: string): string[] {
  const used = [...new Set([...source.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name))]
  return used.map(name => {
    const repository = name.split('@')[0] ?? ''
    return `${name}=${join(folder, repository === toolkitRepository ? 'toolkit' : repository)}`
  })
}

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The running processes of a program whose environment has this text. */
function processesOf(program: RegExp, variable: string): string[] {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return processes.filter(
    pid =>
      program.test(read(`/proc/${pid}/cmdline`).split('\0')[0] ?? '') &&
      read(`/proc/${pid}/environ`).split('\0').includes(variable),
  )
}

/** act kills a step that is cancelled. GitHub's runner sends it SIGINT first, so act has to wait. */
async function cancel(act: ChildProcess, variable: string): Promise<void> {
  act.kill('SIGSTOP')
  const steps = () => processesOf(/(?:^|\/)node$/, variable)
  for (const pid of steps()) process.kill(Number(pid), 'SIGINT')
  for (let waited = 0; steps().length > 0 && waited < 100; waited += 1) await setTimeout(100)
  act.kill('SIGINT')
  act.kill('SIGCONT')
}

/**
 * act gives all jobs of a matrix the result of the worst, and numbers their names: what each did is in its steps. A job that was only
 * set up did not run.
 */
function jobsOf(log: string): readonly Job[] {
  const entries = log.split('\n').map(line => {
    const { job, jobResult, step, stepResult, time } = parseRecord(line) ?? {}
    const name = String(job).split('/').at(-1)?.trim() ?? ''
    return { name, jobResult, step, stepResult, time: Date.parse(String(time)) }
  })
  const failures = entries.filter(({ stepResult }) => stepResult === 'failure')
  const jobs = new Map<string, Job>()
  for (const { name, jobResult, time } of entries) {
    if (jobResult !== 'success' && jobResult !== 'failure') continue
    const failed = failures.filter(failure => failure.name === name)
    if (failed.some(({ step }) => step === 'Set up job')) continue
    const [, ofMatrix] = /^(.*)-\d+$/.exec(name) ?? []
    const result = ofMatrix === undefined ? jobResult : failed.length > 0 ? 'failure' : 'success'
    const began = entries.find(entry => entry.name === name)?.time ?? time
    jobs.set(ofMatrix ?? name, { name: ofMatrix ?? name, result, seconds: (time - began) / 1000 })
  }
  return [...jobs.values()]
}

function summariesOf(log: string): string[] {
  const entries = log.split('\n').map(parseRecord)
  return entries.flatMap(entry => (entry?.command === 'summary' ? [text(entry.content) ?? ''] : []))
}

function errorsOf(log: string): string[] {
  const entries = log.split('\n').map(parseRecord)
  return entries.flatMap(entry => (entry?.command === 'error' ? [text(entry.arg) ?? ''] : []))
}

type OnOutput = (output: string, child: ChildProcess) => void

/** Tells of each job once. */
function eachJob(onJob: (job: Job) => void): OnOutput {
  const told = new Set<string>()
  let length = 0
  return output => {
    const isOver = output.includes('"jobResult"', length)
    length = output.lastIndexOf('\n') + 1
    if (!isOver) return
    for (const job of jobsOf(output.slice(0, length)).filter(({ name }) => !told.has(name))) {
      told.add(job.name)
      onJob(job)
    }
  }
}

/** Cancels a run of act when its log has this text. */
function cancelAtText(text: string, variable: string): OnOutput {
  let length: number | undefined
  return (output, act) => {
    if (length === undefined && output.includes(text)) {
      length = output.length
      void cancel(act, variable)
    }
    // In the jobs after it, act takes the run for one that was not cancelled, and reports those that it cannot begin as successful.
    if (length !== undefined && output.includes('"jobResult"', length)) act.kill('SIGKILL')
  }
}

function finished(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onOutput: OnOutput = () => undefined,
) {
  const [program = '', ...args] = argv
  return new Promise<{ code: number | null; output: string }>((settle, fail) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
        onOutput(output, child)
      })
    child.on('error', fail)
    child.on('close', code => settle({ code, output }))
  })
}
