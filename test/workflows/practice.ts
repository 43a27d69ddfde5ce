/**
 * `npm run practice`: the whole way from an inventory repository to a migrated server, on a server in the lab. A person edits, commits and
 * pushes in a clone; the commands here are what they would click on GitHub, and act runs the workflows of their repository.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onInterrupt } from '../../scripts/signals.ts'
import { wrapped } from '../../src/cli/screen.ts'
import { logText } from '../../src/support/escape.ts'
import { filesIn } from '../actions/server-repository.ts'
import { print } from '../demo/print.ts'
import { described } from '../lab/command.ts'
import { endStarted } from '../lab/end.ts'
import { toolCache } from '../lab/engine/ansible.ts'
import { labPaths } from '../lab/engine/paths.ts'
import { shown } from '../lab/engine/run.ts'
import { labRunning, labUp } from '../lab/lab.ts'
import { projectRoot } from '../lab/runner/runner.ts'
import { findWorld, worldPurge } from '../lab/world.ts'
import { type Engine, type Job, playbookName, type Run, startEngine, type Template } from './engine.ts'
import { type Pull, pullsOf } from './pulls.ts'

const usage = `npm run practice -- [COMMAND]

  start                 starts the lab, and clones its inventory repository into practice/ (default)
  pull-request BRANCH   opens the pull request of a branch that you pushed, or updates it, and runs its review
  merge BRANCH          merges this pull request, and runs what applies it
  run WORKFLOW [INPUT=VALUE …]
                        starts review, apply or doctor manually, for main
  end                   ends the lab and removes what it has stored; practice/ stays`

/** A mistake on the command line. */
class UsageError extends Error {}

const name = process.env.LAB_NAME ?? 'practice'
const paths = labPaths(name)
/** It is removed with the lab. */
const state = join(paths.home, 'practice')
const clone = join(projectRoot, 'practice')
const users = 200

async function start(): Promise<void> {
  const isNew = !existsSync(clone)
  if (!isNew && !existsSync(state))
    throw new Error('practice/ belongs to a practice that has ended. Remove it: rm -r practice')
  // A running one may have units that a person stopped: `labUp` would reset it.
  const isRunning = !isNew && (await findWorld(name))?.running
  print(
    isRunning
      ? 'The server is running.'
      : `Starting a server with ${users} accounts. This takes some minutes, the first time up to ten.`,
  )
  const lab = await shown('starting the lab', () =>
    isRunning ? labRunning(name) : labUp({ name, dialect: 'mas-cli', users }),
  )
  if (isNew) {
    rmSync(state, { recursive: true, force: true })
    await shown('removing MAS from the server', async () => {
      await lab.reset('absent')
      await lab.settle()
    })
    await lab.setVars('off')
    mkdirSync(state)
    await withEngine(async ({ repository }) => {
      repository.commit(filesIn(join(lab.inventoryDir, 'inventory'), 'inventory'))
      repository.add(playbookName, lab.playbookDir)
      execFileSync('git', ['clone', '--quiet', repository.url, clone])
      execFileSync('git', [
        'clone',
        '--quiet',
        `${repository.serverUrl}/${playbookName}`,
        join(clone, 'playbook'),
      ])
    })
  }
  const fingerprint = await lab.root('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')
  print(`${isNew ? begin : goOn}
${facts(lab.sshKey, fingerprint.stdout.trim())}`)
}

const begin = `
practice/ is a clone of the inventory repository of a server with ${users} accounts. Begin with:

  cd practice
  npx matrix-auth-actions validate
  npx matrix-auth-actions plan`
const goOn = `
practice/ is as you left it.`

const facts = (key: string, fingerprint: string) => `
The SSH key that logs in to the server:
  ${key}
The server shows this fingerprint of its host key:
  ${fingerprint}
The workflows have the SSH key already. Skip the commands of gh that init prints.

The next steps: docs/practice.md. When you have finished: npm run practice -- end`

/** @throws Error if there is no practice. */
async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  if (!(await findWorld(name))?.running || !existsSync(state))
    throw new Error('No practice is running. Start one: npm run practice')
  const engine = await startEngine({ toolCache: toolCache(), state })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

const jobLine = ({ name, result, seconds }: Job) =>
  `${result === 'success' ? '✔' : '✘'} ${logText(name)}: ${result}, ${seconds} s`

/** Runs a workflow as `work` starts it, and prints its jobs and what it wrote. Whether all jobs succeeded. */
async function watched(
  what: string,
  work: (options: Parameters<Engine['run']>[4]) => Promise<Run>,
  written: (run: Run) => string | undefined,
): Promise<boolean> {
  const secrets = { MATRIX_SSH_KEY: readFileSync(paths.sshKey, 'utf8') }
  print(`${what}. The jobs:`)
  const run = await shown(what, () => work({ secrets, onJob: job => print(jobLine(job)) }))
  mkdirSync(run.artifacts, { recursive: true })
  writeFileSync(join(run.artifacts, 'log'), run.log)
  for (const error of run.errors) print(`error: ${logText(error.split('\n')[0] ?? '')}`)
  const reports = globSync('**/*.html', { cwd: run.artifacts }).map(path => join(run.artifacts, path))
  const files = [join(run.artifacts, 'log'), ...reports].map(path => `  ${path}`).join('\n')
  print(`\n${readable(written(run) ?? 'The workflow wrote nothing.')}\n\nLog and reports:\n${files}`)
  return Object.values(run.jobs).every(result => result === 'success')
}

/** Markdown of a comment or a summary, for a terminal: in short lines, without HTML, escapes and addresses. Code stays as it is. */
export function readable(markdown: string): string {
  const text = markdown
    .replaceAll(/```mermaid\n[\s\S]*?```\n?/g, '')
    .split(/(```[\s\S]*?```)/)
    .map((part, index) => (index % 2 === 1 ? part : prose(part)))
    .join('')
  return logText(text.replaceAll(/\n{3,}/g, '\n\n').trim())
}

/** A row of a table keeps its line. */
function prose(markdown: string): string {
  return markdown
    .replaceAll(/<!--[\s\S]*?-->\n?|<\/?(?:details|summary|sub|br)\b[^<>]*>/g, '')
    .replaceAll(/(?<!\\)\[((?:[^[\]\\]|\\.)+)\]\([^()\s]+\)/g, '$1')
    .replaceAll(/&#(\d{1,5});/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('\u200b', '')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .split('\n')
    .map(line => (line.startsWith('|') ? line : wrapped(line.trimStart(), 80, /^\s*/.exec(line)?.[0])))
    .join('\n')
}

const lastComment =
  ({ github }: Engine, { number }: Pull) =>
  () =>
    github.comments.filter(({ issue }) => issue === number).at(-1)?.body

function pullRequest(branch: string): Promise<boolean> {
  return withEngine(async engine => {
    const pulls = pullsOf(engine)
    const pull = pulls.propose(branch)
    const what = `Pull request ${pull.number}, ${branch}: review`
    return watched(what, options => pulls.review(pull, options), lastComment(engine, pull))
  })
}

function merge(branch: string): Promise<boolean> {
  return withEngine(async engine => {
    const pulls = pullsOf(engine)
    const pull = pulls.find(branch)
    if (pull === undefined)
      throw new Error(
        pulls.isMerged(branch)
          ? `${branch} is merged. If its run was interrupted, see what to do next: npm run practice -- run apply operation=status`
          : `${branch} has no open pull request. Open it: npm run practice -- pull-request ${branch}`,
      )
    const what = `Pull request ${pull.number}, ${branch}: merged, apply`
    return watched(
      what,
      options => pulls.merge(pull, options),
      ({ summaries }) =>
        [lastComment(engine, pull)(), '## The summary of the run', ...summaries].join('\n\n'),
    )
  })
}

function runManually(workflow: string, args: readonly string[]): Promise<boolean> {
  const template = templateOf(workflow)
  const inputs = inputsOf(args)
  // On GitHub a person always chooses one.
  if (template === 'apply' && !inputs.operation)
    throw new UsageError('apply needs an operation, such as operation=status.')
  return withEngine(engine => {
    const commit = pullsOf(engine).tip()
    const issue = () => engine.github.issues.filter(({ state }) => state === 'open').at(-1)
    return watched(
      `${workflow}, started manually`,
      options => engine.run(template, 'workflow_dispatch', commit, { inputs }, options),
      ({ summaries }) =>
        [...summaries.slice(-1), ...(template === 'doctor' ? [issueText(issue()?.body)] : [])].join('\n\n'),
    )
  })
}

function issueText(body: unknown): string {
  return typeof body === 'string' ? `## The issue that the doctor opened\n\n${body}` : 'No issue is open.'
}

function templateOf(workflow: string): Template {
  const found = (['review', 'apply', 'doctor'] as const).find(each => each === workflow)
  if (found === undefined)
    throw new UsageError(`A workflow is review, apply or doctor, not ${JSON.stringify(workflow)}.`)
  return found
}

/** @throws UsageError if one is not `name=value`. */
export function inputsOf(args: readonly string[]): Readonly<Record<string, string>> {
  const pairs = args.map(arg => {
    const [, input, value] = /^([\w-]+)=(.*)$/.exec(arg) ?? []
    if (input === undefined || value === undefined)
      throw new UsageError(`Write an input as NAME=VALUE, not ${JSON.stringify(arg)}.`)
    return [input, value]
  })
  return Object.fromEntries(pairs)
}

async function end(): Promise<void> {
  const world = await findWorld(name)
  if (world === undefined) return print('No practice is running.')
  await shown('ending the lab', () => worldPurge(world))
  print(`The lab has ended, and its data is removed. Your folder stays; remove it with: rm -r practice`)
}

/** Whether it did what it was asked for. */
async function perform([command = 'start', ...args]: readonly string[]): Promise<boolean> {
  const [first, ...others] = args
  const only = () => {
    if (first === undefined || others.length > 0) throw new UsageError(`${command} needs one branch.`)
    return first
  }
  switch (command) {
    case 'start':
      return start().then(() => true)
    case 'pull-request':
      return pullRequest(only())
    case 'merge':
      return merge(only())
    case 'run':
      return runManually(first ?? '', others)
    case 'end':
      return end().then(() => true)
    case '--help':
      print(usage)
      return true
    default:
      throw new UsageError(`${JSON.stringify(command)} is not a command.`)
  }
}

if (import.meta.main) {
  onInterrupt(endStarted)
  try {
    process.exitCode = (await perform(process.argv.slice(2))) ? 0 : 1
  } catch (error) {
    console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : described(error))
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}
