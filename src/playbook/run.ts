import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolkitError } from '../support/errors.ts'
import { type PlaybookConnection, playbookEnvironment, sshVariables } from './environment.ts'
import { type PlaybookEvent, parseEvents } from './events.ts'
import { collect, failureOf, type PlaybookOutcome } from './outcome.ts'
import { privateFolder } from './private-folder.ts'
import { runInGroup } from './process-group.ts'

export interface PlaybookRun {
  readonly checkout: { readonly path: string }
  /** Path of the inventory, or several paths. Later ones have precedence. */
  readonly inventory: string | readonly string[]
  /** Path of the playbook. Default: `setup.yml` of the checkout. */
  readonly playbook?: string
  readonly limit?: string
  readonly tags: readonly string[]
  /** Passed as JSON in a private file: types are kept, and secrets appear in no process list. */
  readonly extraVars?: Readonly<Record<string, unknown>>
  readonly check?: boolean
  readonly diff?: boolean
  readonly vaultPassword?: string | undefined
  readonly trust: PlaybookTrust
  readonly connection: PlaybookConnection
  /** Folder of `ansible-playbook`. Default: from `PATH`. */
  readonly ansibleBin?: string | undefined
  readonly timeoutMs?: number
  readonly abort?: AbortSignal
  /** Receives each event. Its texts are untrusted and contain secrets. */
  readonly onEvent?: (event: PlaybookEvent) => void
  /** Receives each other line of both outputs. It is untrusted and may contain secrets. */
  readonly onLine?: (line: string) => void
}

export interface PlaybookTrust {
  readonly agentSocket: string
  /** The text of a known-hosts file. */
  readonly knownHosts: string
}

/**
 * Runs `setup.yml` of a checkout with Ansible. A failed task is a result (`code` 2). A run that matches no host is also a
 * result (`code` 0 with empty `stats`): callers must check for it.
 * @throws ToolkitError `tool-missing` if Ansible or its callback is missing; `playbook-failed` if Ansible stopped before the
 *   first task (bad inventory, wrong vault password, missing roles).
 */
export async function runPlaybook(run: PlaybookRun): Promise<PlaybookOutcome> {
  const secrets = privateFolder()
  const folder = secrets.path
  const started = Date.now()
  try {
    const argv = await prepare(run, folder)
    const events: PlaybookEvent[] = []
    const otherOutput: string[] = []
    const result = await runInGroup(argv, {
      cwd: run.checkout.path,
      env: playbookEnvironment(process.env, { folder, agentSocket: run.trust.agentSocket }),
      timeoutMs: run.timeoutMs,
      abort: run.abort,
      onStart: secrets.guards,
      onLine: (stream, line) => {
        const found = stream === 'stdout' ? parseEvents(line) : []
        for (const event of found) {
          events.push(event)
          run.onEvent?.(event)
        }
        if (found.length > 0 || line.trim() === '' || isEvent(line)) return
        if (stream === 'stdout') otherOutput.push(line)
        run.onLine?.(line)
      },
    })
    const outcome: PlaybookOutcome = {
      ...collect(events),
      code: result.code,
      stderr: result.stderr,
      otherOutput,
      seconds: (Date.now() - started) / 1000,
    }
    requireStarted(outcome, run, events.length > 0)
    return outcome
  } finally {
    await secrets.remove()
  }
}

/** Writes the private files of this run and returns the command. */
async function prepare(run: PlaybookRun, folder: string): Promise<string[]> {
  const knownHosts = join(folder, 'known_hosts')
  await writeFile(knownHosts, run.trust.knownHosts, { mode: 0o600 })
  const variables = { ...run.extraVars, ...sshVariables(knownHosts, run.connection) }
  const variablesFile = join(folder, 'extra-vars.json')
  await writeFile(variablesFile, JSON.stringify(variables), { mode: 0o600 })
  const vaultFile = join(folder, 'vault')
  if (run.vaultPassword !== undefined) await writeFile(vaultFile, `${run.vaultPassword}\n`, { mode: 0o600 })
  const program = run.ansibleBin === undefined ? 'ansible-playbook' : join(run.ansibleBin, 'ansible-playbook')
  return [
    program,
    ...[run.inventory].flat().map(path => `--inventory=${path}`),
    ...(run.limit === undefined ? [] : [`--limit=${run.limit}`]),
    ...(run.tags.length === 0 ? [] : [`--tags=${run.tags.join(',')}`]),
    ...(run.check ? ['--check'] : []),
    ...(run.diff ? ['--diff'] : []),
    ...(run.vaultPassword === undefined ? [] : [`--vault-password-file=${vaultFile}`]),
    `--extra-vars=@${variablesFile}`,
    run.playbook ?? 'setup.yml',
  ]
}

/** Events that are not used here, such as those of includes, are not text for people either. */
function isEvent(line: string): boolean {
  return line.startsWith('{"_event"') || /^\{.*"_event": ?"v2_/.test(line)
}

function requireStarted(outcome: PlaybookOutcome, run: PlaybookRun, sawEvents: boolean): void {
  const words = `${outcome.stderr}\n${outcome.otherOutput.join('\n')}`
  if (/Invalid callback for stdout|Could not load .*ansible\.posix\.jsonl/i.test(words)) {
    throw new ToolkitError({
      reason: 'tool-missing',
      what: 'The Ansible callback ansible.posix.jsonl is missing.',
      remedy: 'Run `ansible-galaxy collection install ansible.posix`, or run the action `setup` first.',
    })
  }
  if (sawEvents || outcome.code === null) return
  if (outcome.code === 0) return
  throw new ToolkitError({
    reason: 'playbook-failed',
    what: `ansible-playbook ended with exit code ${outcome.code} before the first task${failureOf(outcome)}`,
    where: `${[run.inventory].flat().join(', ')}, in the checkout ${run.checkout.path}`,
    remedy:
      'Fix the cause that the message names: mostly the inventory, the vault password, or missing roles, which the action `setup` installs.',
  })
}
