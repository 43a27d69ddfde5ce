import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ToolkitError } from '../support/errors.ts'
import { temporaryFolder } from '../support/files/writing.ts'
import { parseRecord, record } from '../support/json.ts'
import type { Playbook } from './playbook.ts'

/** The values of variables by name: `undefined` if it is not defined. What Ansible could not evaluate has no entry. */
export type EvaluatedVariables = ReadonlyMap<string, unknown>

export interface EvaluateOptions {
  readonly texts?: Readonly<Record<string, string>>
  /** Roles of the checkout, as `setup.yml` names them. */
  readonly roles?: readonly string[]
}

/** Ansible reads all roles first. */
const timeoutMs = 10 * 60_000
const tag = 'evaluate-variables'
const prefix = 'values of variables:'

/**
 * Asks Ansible for the values of variables on the host of a playbook: decrypted, Jinja evaluated, with the playbook's own `group_vars`
 * and `host_vars`. A debug task prints them, without a connection to the server. The values are secret: nothing of the run is logged.
 * Defaults of roles apply only with `roles`: otherwise a value that needs one has no entry. Facts of the server are never known.
 *
 * @param options `texts`: evaluated like variables with these names. `roles`: their defaults apply, but their tasks do not run.
 * @throws ToolkitError as `Playbook.run`, and `playbook-failed` if Ansible did not finish.
 */
export async function evaluateVariables(
  { target, run }: Playbook,
  names: readonly string[],
  { texts = {}, roles = [] }: EvaluateOptions = {},
): Promise<EvaluatedVariables> {
  const all = [...names, ...Object.keys(texts)].filter(name => /^[A-Za-z_]\w*$/.test(name))
  const folder = temporaryFolder(process.env.RUNNER_TEMP ?? tmpdir(), 'maa-')
  try {
    for (const name of ['group_vars', 'host_vars', 'roles'])
      symlinkSync(join(target.checkout.path, name), join(folder, name))
    const playbook = join(folder, 'evaluate.json')
    writeFileSync(playbook, JSON.stringify([playOf(all, texts, roles)]))
    const silent = () => undefined
    const outcome = await run({ playbook, tags: [tag], timeoutMs, onEvent: silent, onLine: silent })
    if (outcome.code === null) throw notFinished(target.host)
    return new Map(
      outcome.results
        .filter(({ host, status }) => host === target.host && status !== 'failed')
        .flatMap(({ result }) => entriesOf(result.message)),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * JSON is YAML. A task costs Ansible some 0.1 s, so each evaluates several variables; where one of them fails, each has its own task: in a
 * loop, old versions of Ansible stop at the first that cannot be evaluated. The play ends before the roles, which have tasks that always run.
 */
function playOf(names: readonly string[], vars: Readonly<Record<string, string>>, roles: readonly string[]) {
  const blocks = chunks(names).map(chunk => ({
    block: [taskFor(chunk)],
    rescue: chunk.map(name => ({ ...taskFor([name]), ignore_errors: true })),
    tags: [tag],
  }))
  const end = { 'ansible.builtin.meta': 'end_play', tags: [tag] }
  return { hosts: 'all', gather_facts: false, become: false, vars, roles, pre_tasks: [...blocks, end] }
}

function chunks(names: readonly string[], size = 16): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
    names.slice(index * size, (index + 1) * size),
  )
}

/** The text before the values keeps old versions of Ansible from reading them as a mapping. */
function taskFor(names: readonly string[]) {
  const entries = names.map(name => {
    const value = `{'value': lookup('ansible.builtin.vars', '${name}')}`
    return `'${name}': ${value} if lookup('ansible.builtin.varnames', '^${name}$') else {}`
  })
  const msg = `${prefix}{{ {${entries.join(', ')}} | to_json }}`
  return { name: names.join(' '), 'ansible.builtin.debug': { msg } }
}

function entriesOf(message: string | undefined): [string, unknown][] {
  if (!message?.startsWith(prefix)) return []
  return Object.entries(parseRecord(message.slice(prefix.length)) ?? {}).map(([name, answer]) => [
    name,
    record(answer).value,
  ])
}

function notFinished(host: string): ToolkitError {
  return new ToolkitError({
    reason: 'playbook-failed',
    what: 'Ansible did not finish the evaluation of the variables.',
    where: host,
    meaning: 'Users are not affected.',
    remedy: 'Run this again, on a machine that is less busy.',
  })
}
