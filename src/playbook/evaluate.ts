import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseRecord } from '../support/json.ts'
import type { Playbook } from './playbook.ts'

/** The values of variables by name: `undefined` if it is not defined. What Ansible could not evaluate has no entry. */
export type EvaluatedVariables = ReadonlyMap<string, unknown>

const prefix = 'value of a variable:'

/**
 * Asks Ansible for the values of variables on the host of a playbook: decrypted, Jinja evaluated, with the playbook's own `group_vars`
 * and `host_vars`. A debug task prints them, without a connection to the server. The values are secret: nothing of the run is logged.
 * Defaults of roles do not apply, so a value that needs one has no entry.
 *
 * @param texts Texts to evaluate like variables with these names.
 * @throws ToolkitError as `Playbook.run`.
 */
export async function evaluateVariables(
  { target, run }: Playbook,
  names: readonly string[],
  texts: Readonly<Record<string, string>> = {},
): Promise<EvaluatedVariables> {
  const all = [...names, ...Object.keys(texts)].filter(name => /^[A-Za-z_]\w*$/.test(name))
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'maa-'))
  try {
    for (const name of ['group_vars', 'host_vars'])
      symlinkSync(join(target.checkout.path, name), join(folder, name))
    const playbook = join(folder, 'evaluate.json')
    writeFileSync(playbook, JSON.stringify([playOf(all, texts)]))
    const silent = () => undefined
    const outcome = await run({ playbook, tags: [], timeoutMs: 120_000, onEvent: silent, onLine: silent })
    return new Map(
      outcome.results
        .filter(({ host, status }) => host === target.host && status !== 'failed')
        .flatMap(({ task, result }) => entryOf(task.name, result.message)),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * JSON is YAML. One task for each variable: in a loop, old versions of Ansible stop at the first that cannot be evaluated. The text before
 * the value keeps them from reading it as a mapping.
 */
function playOf(names: readonly string[], vars: Readonly<Record<string, string>>) {
  const tasks = names.map(name => {
    const value = `{'value': lookup('ansible.builtin.vars', '${name}')}`
    const isDefined = `lookup('ansible.builtin.varnames', '^${name}$')`
    const msg = `${prefix}{{ (${value} if ${isDefined} else {}) | to_json(vault_to_text=true, sort_keys=true) }}`
    return { name, 'ansible.builtin.debug': { msg }, ignore_errors: true }
  })
  return { hosts: 'all', gather_facts: false, become: false, vars, tasks }
}

function entryOf(name: string, message: string | undefined): [string, unknown][] {
  if (!message?.startsWith(prefix)) return []
  const answer = parseRecord(message.slice(prefix.length))
  return answer ? [[name, answer.value]] : []
}
