import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ToolkitError } from '../support/errors.ts'
import { closeSshMasters, playbookEnvironment, sshVariables } from './environment.ts'
import { type PlaybookEvent, parseEvents } from './events.ts'
import { collect, type PlaybookOutcome } from './outcome.ts'
import { runInGroup } from './process-group.ts'

export interface PlaybookRun {
  readonly checkout: { readonly path: string }
  /** Path of the inventory, or of several, of which Ansible prefers the later ones. */
  readonly inventory: string | readonly string[]
  readonly limit?: string
  readonly tags: readonly string[]
  /** Given as JSON in a file that only we can read, so that types stay and secrets show in no process list. */
  readonly extraVars?: Readonly<Record<string, unknown>>
  readonly check?: boolean
  readonly diff?: boolean
  readonly vaultPassword?: string
  readonly trust: PlaybookTrust
  /** Folder of `ansible-playbook`; the PATH's where left out. */
  readonly ansibleBin?: string
  readonly timeoutMs?: number
  readonly abort?: AbortSignal
  /** Called for each event as it comes: untrusted texts that hold secrets. */
  readonly onEvent?: (event: PlaybookEvent) => void
  /** Called for each line that is no event, on either output: untrusted, and may hold secrets. */
  readonly onLine?: (line: string) => void
}

export interface PlaybookTrust {
  readonly agentSocket: string
  /** The text of a known-hosts file. */
  readonly knownHosts: string
  /** Words for ssh beside ours, such as `-o ProxyJump=…`; they come after ours, and ssh takes the first of each option. */
  readonly sshArgs?: readonly string[]
}

/**
 * Runs `setup.yml` of a checkout with real Ansible. A failed task is a result (`code` 2), and so is a run that reached no
 * host: Ansible exits with 0 then, and with `stats` of no host. Whoever needs one demands it.
 * @throws ToolkitError `tool-missing` where Ansible or its callback is not there; `playbook-failed` where Ansible ended
 *   before it ran anything (a bad inventory, a wrong vault password, missing roles).
 */
export async function runPlaybook(run: PlaybookRun): Promise<PlaybookOutcome> {
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'maa-'))
  const started = Date.now()
  try {
    const argv = await prepare(run, folder)
    const events: PlaybookEvent[] = []
    const otherOutput: string[] = []
    const result = await runInGroup(argv, {
      cwd: run.checkout.path,
      env: playbookEnvironment(process.env, { folder, agentSocket: run.trust.agentSocket }),
      ...(run.timeoutMs === undefined ? {} : { timeoutMs: run.timeoutMs }),
      ...(run.abort === undefined ? {} : { abort: run.abort }),
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
    await closeSshMasters(folder)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the files that only this run reads, and gives the command. */
async function prepare(run: PlaybookRun, folder: string): Promise<string[]> {
  const knownHosts = join(folder, 'known_hosts')
  await writeFile(knownHosts, run.trust.knownHosts, { mode: 0o600 })
  const variables = { ...run.extraVars, ...sshVariables(knownHosts, run.trust.sshArgs ?? []) }
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
    'setup.yml',
  ]
}

/** A line of JSON from the callback that is of no use here, such as an include's, is not text for a person either. */
function isEvent(line: string): boolean {
  return line.startsWith('{"_event"') || /^\{.*"_event": ?"v2_/.test(line)
}

function requireStarted(outcome: PlaybookOutcome, run: PlaybookRun, sawEvents: boolean): void {
  const words = `${outcome.stderr}\n${outcome.otherOutput.join('\n')}`
  if (/Invalid callback for stdout|Could not load .*ansible\.posix\.jsonl/i.test(words)) {
    throw new ToolkitError({
      kind: 'tool',
      reason: 'tool-missing',
      what: 'Ansible has no callback ansible.posix.jsonl, from which its results are read.',
      remedy: 'Install the collection ansible.posix beside Ansible, or run the action `setup` before.',
    })
  }
  if (sawEvents || outcome.code === null) return
  if (outcome.code === 0) return
  throw new ToolkitError({
    kind: 'tool',
    reason: 'playbook-failed',
    what: `ansible-playbook ended with exit code ${outcome.code} before it ran anything.`,
    where: `${[run.inventory].flat().join(', ')}, in the checkout ${run.checkout.path}`,
    remedy:
      'Its messages are in the log of this step. Check the inventory, the vault password, and that the roles are installed (the action `setup` does that).',
  })
}
