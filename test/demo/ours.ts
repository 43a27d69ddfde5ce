/** A migration by these actions: pull request, comment, merge, doctor. Each step is the built action, run as on a runner. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { atEnd } from '../../scripts/signals.ts'
import type { MigrationReport } from '../../src/domain/reports.ts'
import { toolCache } from '../lab/engine/ansible.ts'
import { shown } from '../lab/engine/run.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'
import type { Lab } from '../lab/lab.ts'
import { runStep } from '../lab/runner/runner.ts'
import type { StepResult } from '../lab/runner/step.ts'
import { type Lived, liveThrough } from './life.ts'
import { print, say } from './print.ts'
import { openPullRequest, type Workspace } from './workspace.ts'

export interface OurWay {
  readonly lived: Lived
  readonly report: MigrationReport
  /** Of the step `migrate`, check runs and proofs included. */
  readonly seconds: number
}

const pullRequest = 7

type EventName = 'pull_request' | 'push' | 'schedule'

function eventOf(name: EventName): unknown {
  return name === 'pull_request' ? { number: pullRequest, pull_request: { number: pullRequest } } : {}
}

class Story {
  private readonly workspace: Workspace
  private readonly github: LocalGitHub
  private readonly lab: Lab
  private readonly killed = new AbortController()
  /** The environment that \`setup\` leaves for the steps after it. */
  private env: Readonly<Record<string, string>> = {}

  constructor(workspace: Workspace, github: LocalGitHub, lab: Lab) {
    this.workspace = workspace
    this.github = github
    this.lab = lab
  }

  /** The first step of each job that connects to the server: Ansible, roles, the key in an agent, pinned host keys. */
  async setUp(eventName: EventName): Promise<void> {
    this.endAgent()
    const done = await this.step('setup', eventName, {
      'playbook-path': this.lab.playbookDir,
      'ssh-private-key': readFileSync(this.lab.sshKey, 'utf8'),
      // A real checkout comes with its roles.
      roles: String(process.env.LAB_PLAYBOOK === undefined),
    })
    this.env = done.envAfter
  }

  /** As the last step of a job does. */
  endAgent(): void {
    const pid = Number(this.env.SSH_AGENT_PID)
    if (pid > 0) process.kill(pid)
    this.env = {}
  }

  /** Ends the job as a runner that dies: for a demo that is interrupted. */
  kill(): void {
    this.killed.abort()
    this.endAgent()
  }

  /** Runs an action as a step. Throws if it fails. */
  async step(action: string, eventName: EventName, inputs: Record<string, string>): Promise<StepResult> {
    say(`${action} starts`)
    const result = await shown(`${action} (${this.lab.dialect})`, () => this.run(action, eventName, inputs))
    if (result.code !== 0)
      throw new Error(`${action} failed (${result.outputs['failure-reason'] ?? `exit code ${result.code}`})`)
    return result
  }

  private run(action: string, eventName: EventName, inputs: Record<string, string>): Promise<StepResult> {
    return runStep({
      action: action === 'publish' ? '.' : action,
      inputs,
      workspace: this.workspace.path,
      temp: this.workspace.temp,
      eventName,
      event: eventOf(eventName),
      env: {
        LC_ALL: 'C.UTF-8',
        RUNNER_TOOL_CACHE: toolCache(),
        GITHUB_API_URL: this.github.url,
        ...this.env,
      },
      onLine: line => print(`        ${line}`),
      kill: this.killed.signal,
    })
  }

  /** Inputs of the actions that connect to the server. */
  serverInputs(report: string): Record<string, string> {
    return {
      'playbook-path': this.lab.playbookDir,
      'json-path': `report/${report}.json`,
    }
  }

  reportFile(name: string): string {
    return join(this.workspace.path, 'report', `${name}.json`)
  }
}

async function review(story: Story, github: LocalGitHub, output: string): Promise<void> {
  const validated = await story.step('validate-config', 'pull_request', {
    'base-path': 'base',
    'json-path': 'report/validate.json',
  })
  say(
    `stage: ${validated.outputs.stage}, plan: ${validated.outputs.plan}, annotations: ${validated.annotations.length}`,
  )
  writeFileSync(join(output, 'summary-validate.md'), validated.summary)
  await story.setUp('pull_request')
  const rehearsed = await story.step('syn2mas-dry-run', 'pull_request', story.serverInputs('rehearsal'))
  writeFileSync(join(output, 'summary-rehearsal.md'), rehearsed.summary)
  await story.step('publish', 'pull_request', {
    task: 'publish',
    'report-path': 'report',
    'github-token': github.token,
  })
  const comment = github.comments.find(({ issue }) => issue === pullRequest)
  if (!comment) throw new Error('The action publish wrote no comment.')
  if (github.complaints.length > 0) throw new Error(`GitHub would reject: ${github.complaints.join('; ')}`)
  writeFileSync(join(output, 'comment.md'), comment.body)
  say(`the pull request has its comment: ${join(output, 'comment.md')}`)
}

/** Takes the lab from `installed` to `live`, from the pull request's validation to the doctor. */
export async function migrateByActions(lab: Lab, output: string): Promise<OurWay> {
  await shown('preparing the server', async () => {
    await lab.reset('installed')
    await lab.settle()
  })
  const workspace = await openPullRequest(lab, 'prepared', 'live')
  const github = await startLocalGitHub()
  const story = new Story(workspace, github, lab)
  const close = atEnd(() => {
    story.kill()
    workspace.close()
  })
  try {
    await review(story, github, output)
    let seconds = 0
    await story.setUp('push')
    const lived = await liveThrough(lab, join(output, 'writer-record.json'), async () => {
      const begun = Date.now()
      const migrated = await story.step('migrate', 'push', {
        ...story.serverInputs('migrate'),
        'present-inventory': 'base/inventory/hosts',
      })
      seconds = (Date.now() - begun) / 1000
      writeFileSync(join(output, 'summary-migrate.md'), migrated.summary)
    })
    await story.setUp('schedule')
    await story.step('doctor', 'schedule', story.serverInputs('doctor'))
    const report = JSON.parse(readFileSync(story.reportFile('migrate'), 'utf8')) as MigrationReport
    return { lived, report, seconds }
  } finally {
    for (const name of ['validate', 'rehearsal', 'migrate', 'doctor']) {
      if (existsSync(story.reportFile(name)))
        copyFileSync(story.reportFile(name), join(output, `${name}.json`))
    }
    close()
    await github.close()
  }
}
