import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withoutRunnerVariables } from '../../playbook/environment.ts'
import { ToolkitError } from '../../support/errors.ts'
import { exec } from '../../support/exec.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Ansible {
  /** Folder with `ansible-playbook`. */
  readonly bin: string
  /** Version of the PyPI package `ansible`. */
  readonly version: string
  readonly isCached: boolean
}

/**
 * Installs Ansible with its collections from PyPI into a venv in the runner's tool cache, unless it is there.
 *
 * @param wanted A version of the PyPI package `ansible`; by default the one that the playbook needs.
 * @throws ToolkitError of reason `checkout-unsupported` or `tool-missing`.
 */
export async function installAnsible(
  playbook: string,
  environment: Environment,
  wanted?: string,
): Promise<Ansible> {
  if (!existsSync(join(playbook, 'setup.yml'))) throw noPlaybook(playbook)
  const version = wanted ?? neededVersion(playbook)
  const folder = join(toolFolder(environment), `ansible-${version}`)
  const bin = join(folder, 'bin')
  const complete = join(folder, 'complete')
  const isCached = existsSync(complete)
  if (!isCached) {
    const env = withoutRunnerVariables(environment)
    const python = await findPython(version, env)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(dirname(folder), { recursive: true })
    await must([python, '-m', 'venv', folder], env, 'create a venv for Ansible')
    const pip = [join(bin, 'pip'), 'install', '--quiet', '--no-compile', '--disable-pip-version-check']
    // passlib: the playbook's password_hash filter.
    await must([...pip, '--no-input', `ansible==${version}`, 'passlib'], env, `install Ansible ${version}`)
    writeFileSync(complete, '')
  }
  return { bin, version, isCached }
}

/** What is installed once and used by later jobs, where the runner keeps its tool cache. */
export function toolFolder({ RUNNER_TOOL_CACHE, RUNNER_TEMP }: Environment): string {
  return join(RUNNER_TOOL_CACHE || RUNNER_TEMP || '', 'matrix-auth-actions')
}

/** ansible 12 is ansible-core 2.19, ansible 10 is 2.17. */
function neededVersion(playbook: string): string {
  const roles = join(playbook, 'roles/custom')
  const template = join(roles, 'matrix-synapse/templates/synapse/homeserver.yaml.j2')
  const [firstLine = ''] = existsSync(template) ? readFileSync(template, 'utf8').split('\n') : []
  // Before July 2025 the template sets lstrip_blocks to a string, which ansible-core 2.19 refuses.
  if (/^#jinja2:.*lstrip_blocks: *["']/.test(firstLine)) return '10.7.0'
  const hasMasCli = existsSync(join(roles, 'matrix-authentication-service/tasks/mas_cli_syn2mas.yml'))
  return hasMasCli ? '12.3.0' : '10.7.0'
}

async function findPython(version: string, env: Environment): Promise<string> {
  const minor = Number.parseInt(version, 10) >= 12 ? 11 : 10
  const isRecent = `import sys, venv; sys.exit(sys.version_info < (3, ${minor}))`
  for (const python of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const found = await exec([python, '-c', isRecent], { env }).catch(() => undefined)
    if (found?.code === 0) return python
  }
  throw new ToolkitError({
    reason: 'tool-missing',
    what: `ansible ${version} needs Python 3.${minor} or later with venv.`,
    remedy: 'Run actions/setup-python in an earlier step.',
  })
}

/** @throws ToolkitError of reason `tool-missing` with the program's last lines. */
export async function must(argv: readonly string[], env: Environment, purpose: string, cwd?: string) {
  const { code, stdout, stderr } = await exec(argv, { env, ...(cwd !== undefined && { cwd }) })
  if (code === 0) return
  throw new ToolkitError({
    reason: 'tool-missing',
    what: `Could not ${purpose}.`,
    where: `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n'),
    remedy: 'Correct the cause that the lines above name, then run the job again.',
  })
}

function noPlaybook(folder: string): ToolkitError {
  return new ToolkitError({
    reason: 'checkout-unsupported',
    what: `The folder ${folder} has no setup.yml.`,
    remedy:
      'Write the commit of matrix-docker-ansible-deploy that you use to `playbook.lock`, or check it out there.',
  })
}
