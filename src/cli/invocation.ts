import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { endAgentWithJob } from '../actions/cleanup/job-end.ts'
import { type InputTable, readInputs, text } from '../actions/inputs.ts'
import { playbookInputs, playbookToRun } from '../actions/playbook.ts'
import { Repository } from '../actions/repository.ts'
import { type Action, checkedInputs, perform, type Runtime } from '../actions/run-action.ts'
import type { InputSource } from '../actions/runner.ts'
import { type Agent, endAgentWithProcess, startAgent } from '../actions/setup/agent.ts'
import { installTools } from '../actions/setup/install.ts'
import { ToolkitError } from '../support/errors.ts'
import { problemOf } from '../support/files/reading.ts'
import type { OptionName } from './options.ts'
import type { Terminal } from './terminal.ts'
import type { GivenOption, Offer } from './words.ts'

type Given = Readonly<Record<string, string>>

/** Minutes. The agent ends with the command. */
const keyLifetime = 360

interface Call {
  readonly terminal: Terminal
  readonly args: readonly string[]
  /** The text of an option by its name; empty or undefined where it is not given. */
  readonly source: InputSource
  readonly root: string
  /** For texts that are not between backticks. In those that are, the terminal does it. */
  readonly offer: Offer
  /** The same, with other options. */
  readonly offerWith: (given: GivenOption) => Offer
}

/** One call of a command. */
export class Invocation implements Call {
  readonly terminal: Terminal
  readonly args: readonly string[]
  readonly source: InputSource
  readonly root: string
  readonly offer: Offer
  readonly offerWith: (given: GivenOption) => Offer
  #environment: Runtime['environment']

  constructor({ terminal, args, source, root, offer, offerWith }: Call, environment: Runtime['environment']) {
    this.terminal = terminal
    this.args = args
    this.source = source
    this.root = root
    this.offer = offer
    this.offerWith = offerWith
    this.#environment = environment
  }

  isSet(name: OptionName): boolean {
    return this.source(name) === 'true'
  }

  /** With the files as they are now: a `Repository` reads each once. */
  runtime(): Runtime {
    const { terminal, root } = this
    return {
      environment: this.#environment,
      repository: new Repository(root),
      log: terminal.log,
      port: terminal,
    }
  }

  perform<Table extends InputTable, Result>(
    action: Action<Table, Result>,
    given: Given = {},
  ): Promise<Result> {
    return perform(action, this.with(given), this.runtime())
  }

  /** The same, with a key for the server, and Ansible where it is needed. */
  async performOnServer<Table extends InputTable, Result>(
    action: Action<Table, Result>,
    given: Given = {},
    needsAnsible = true,
  ): Promise<Result> {
    // Wrong options are told before anything is started or installed.
    checkedInputs(action, this.with(given), this.runtime())
    const passwords = this.#passwords()
    await this.provideAgent()
    if (needsAnsible && this.source('setup') !== 'false') await this.#installAnsible()
    return this.perform(action, { ...given, ...passwords })
  }

  /** Starts an agent for the key of `--ssh-key-file`; without it, requires the person's own agent. */
  async provideAgent(): Promise<void> {
    const file = this.source('ssh-key-file')
    if (file) {
      const path = resolve(this.root, file)
      const key = readOption('ssh-key-file', path)
      const keep = (agent: Agent) => {
        endAgentWithJob(agent, this.terminal.keepForCleanup)
        endAgentWithProcess(agent)
      }
      const { socket } = await startAgent(key, keyLifetime, this.#environment, keep, path)
      this.#environment = { ...this.#environment, SSH_AUTH_SOCK: socket }
    } else if (!this.#environment.SSH_AUTH_SOCK) {
      throw new ToolkitError({
        reason: 'input-invalid',
        what: 'There is no SSH agent (SSH_AUTH_SOCK is empty), and --ssh-key-file is not given.',
        remedy:
          'Start an agent and add your key: `eval "$(ssh-agent)" && ssh-add`. Or give --ssh-key-file FILE.',
      })
    }
  }

  /** The options, and inputs that the command decides. */
  with(given: Given): InputSource {
    return name => given[name] ?? this.source(name)
  }

  /** A password is never on a command line: its option names a file. */
  #passwords(): Given {
    const given = (['vault-password', 'canary-password'] as const).flatMap((input): [string, string][] => {
      const option = `${input}-file` as const
      const file = this.source(option)
      return file ? [[input, readOption(option, resolve(this.root, file)).trim()]] : []
    })
    return Object.fromEntries(given)
  }

  async #installAnsible(): Promise<void> {
    const inputs = readInputs({ 'playbook-path': text('playbook'), ...playbookInputs }, this.source)
    const runtime = this.runtime()
    const playbook = await playbookToRun(inputs, runtime)
    await installTools({ playbook, roles: true }, this.#environment, runtime.port)
  }
}

/**
 * A file that an option names. Its content is never repeated.
 * @throws ToolkitError of reason `input-invalid`.
 */
export function readOption(option: OptionName, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: `The file of --${option} ${problemOf(cause)}.`,
      where: file,
      remedy: `Set --${option} to a file that you can read.`,
      cause,
    })
  }
}
