import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ToolkitError } from '../../support/errors.ts'
import { exec } from '../../support/exec.ts'
import { cacheFolder } from '../../support/files/writing.ts'
import sets from './ansible-sets.json' with { type: 'json' }

type Environment = Readonly<Record<string, string | undefined>>

export interface Ansible {
  /** Folder with `ansible-playbook`. */
  readonly bin: string
  /** Version of the PyPI package `ansible`. */
  readonly version: string
  readonly isCached: boolean
}

interface PackageSet {
  /** sha256 of the wheel of the package `ansible`, which has the collections. */
  readonly wheel: string
  /** Lines of a requirements file with hashes. */
  readonly requirements: readonly string[]
}
export const packageSets: Readonly<Record<string, PackageSet>> = sets

/**
 * Installs Ansible with its collections from PyPI into a venv in the runner's tool cache, unless it is there: a set of packages with
 * pinned hashes and the collections that the playbook uses, or, if a version is given, the whole package `ansible` of this version.
 *
 * @throws ToolkitError of reason `checkout-unsupported` or `tool-missing`.
 */
export async function installAnsible(
  playbook: string,
  environment: Environment,
  given?: string,
): Promise<Ansible> {
  if (!existsSync(join(playbook, 'setup.yml'))) throw noPlaybook(playbook)
  const version = given ?? neededVersion(playbook)
  const packages = given === undefined ? packageSets[version] : undefined
  const folder = ansibleFolder(version, environment, packages)
  const bin = join(folder, 'bin')
  const complete = join(folder, 'complete')
  const isCached = existsSync(complete)
  if (!isCached) {
    const python = await findPython(version, environment)
    rmSync(folder, { recursive: true, force: true })
    cacheFolder(dirname(folder))
    const pip = await createVenv(python, folder, environment)
    if (packages) await installSet(version, packages, { pip, folder, env: environment })
    else
      await must(
        [...pip.install, `ansible==${version}`, 'passlib'],
        environment,
        `install Ansible ${version}`,
      )
    writeFileSync(complete, '')
  }
  return { bin, version, isCached }
}

/** Another set of packages is in another folder. */
export function ansibleFolder(
  version: string,
  environment: Environment,
  packages: PackageSet | undefined,
): string {
  if (packages === undefined) return join(toolFolder(environment), `ansible-${version}`)
  const digest = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
  return join(toolFolder(environment), `ansible-${version}-${digest}`)
}

/** Words of a command before its arguments. */
interface Pip {
  readonly install: readonly string[]
  readonly download: readonly string[]
}

/** A venv takes seconds if it gets a pip of its own, so it does only if the machine has none that can work on it. */
async function createVenv(python: string, folder: string, env: Environment): Promise<Pip> {
  const venvPython = join(folder, 'bin/python')
  const purpose = 'create a venv for Ansible'
  await must([python, '-m', 'venv', '--without-pip', folder], env, purpose)
  const shared = [python, '-m', 'pip', '--python', venvPython]
  const hasPip = (await exec([...shared, '--version'], { env })).code === 0
  if (!hasPip) await must([python, '-m', 'venv', folder], env, purpose)
  const pip = [...(hasPip ? shared : [venvPython, '-m', 'pip']), '--quiet', '--no-input']
  const options = ['--disable-pip-version-check']
  return {
    install: [...pip, 'install', '--no-compile', ...options],
    download: [...pip, 'download', ...options],
  }
}

/** More than the playbook uses, which is a sixth of all: roles may use names without their collection. */
const extractCollections = `import sys, sysconfig, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    used = ("ansible_collections/ansible/", "ansible_collections/community/")
    wheel.extractall(sysconfig.get_paths()["purelib"], [name for name in wheel.namelist() if name.startswith(used)])
`

async function installSet(
  version: string,
  { wheel, requirements }: PackageSet,
  { pip, folder, env }: { readonly pip: Pip; readonly folder: string; readonly env: Environment },
): Promise<void> {
  const list = join(folder, 'requirements.txt')
  const wheelList = join(folder, 'wheel.txt')
  writeFileSync(list, `${requirements.join('\n')}\n`)
  writeFileSync(wheelList, `ansible==${version} --hash=sha256:${wheel}\n`)
  const purpose = `install Ansible ${version}`
  const addCollections = async () => {
    const download = [...pip.download, '--no-deps', '--only-binary=:all:', '--require-hashes']
    await must([...download, '--dest', folder, '-r', wheelList], env, purpose)
    const file = join(folder, `ansible-${version}-py3-none-any.whl`)
    await must([join(folder, 'bin/python'), '-c', extractCollections, file], env, purpose)
    rmSync(file)
  }
  await Promise.all([must([...pip.install, '--require-hashes', '-r', list], env, purpose), addCollections()])
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
    remedy: 'Install it, or run actions/setup-python in an earlier step.',
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
    remedy: 'Fix the cause that the lines above name, then try again.',
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
