import { resolve } from 'node:path'
import { originalPlaybook } from '../../actions/playbook.ts'
import { ToolkitError } from '../../support/errors.ts'
import { folderOf } from '../../support/files/files.ts'
import { isBelow } from '../../support/files/folders.ts'
import { shellWords } from '../../support/shell.ts'
import type { Setting } from './setting.ts'
import { templates } from './workflow-templates.ts'

export interface WorkflowFile {
  readonly name: string
  readonly purpose: string
  readonly text: string
}

/** The workflows for this repository. Without environments, only the check runs on GitHub. */
export function workflowFiles(setting: Setting): readonly WorkflowFile[] {
  const { branch, toolkit, github } = setting
  const wanted = templates.filter(({ needsKey }) => github.hasEnvironments || !needsKey)
  const [inputs, paths] = [inputsOf(setting), deployedPaths(setting)]
  return wanted.map(({ name, template, purpose }) => {
    const text = template
      .replaceAll(/(?<=uses: )[\w.-]+\/matrix-auth-actions@\S+/g, () => toolkit)
      .replaceAll('$default-branch', () => branch)
      .replace(/(?<=^ +paths: \[).*?(?=, playbook\.lock\])/m, () => paths.join(', '))
    return { name, purpose, text: withInputs(text, inputs) }
  })
}

const standard = {
  inventory: 'inventory/hosts',
  'known-hosts': 'inventory/known_hosts',
  'playbook-path': 'playbook',
  'playbook-repository': originalPlaybook,
}

/** The inputs that are not the actions' defaults, as lines of YAML. */
function inputsOf(setting: Setting): readonly string[] {
  const { inventory, knownHosts, playbookRepository } = setting
  const own = {
    inventory,
    'known-hosts': knownHosts,
    'playbook-path': fetchedTo(setting),
    'playbook-repository': playbookRepository,
  }
  return (Object.keys(standard) as (keyof typeof standard)[])
    .filter(
      name => own[name] !== standard[name] || (name === 'known-hosts' && inventory !== standard.inventory),
    )
    .map(name => `${name}: ${scalar(own[name])}`)
}

function withInputs(text: string, inputs: readonly string[]): string {
  if (inputs.length === 0) return text
  return text
    .replaceAll('{ task: ', () => `{ ${inputs.join(', ')}, task: `)
    .replaceAll(
      /^( +)task: /gm,
      (line, indent) => `${inputs.map(input => `${indent}${input}\n`).join('')}${line}`,
    )
}

/** A text that YAML could read as something else is quoted. */
function scalar(text: string): string {
  return /^[\w./][\w./@:+-]*(?<!:)$/.test(text) ? text : JSON.stringify(text)
}

/** A job has no folder outside of the repository: a clone there is one of this machine. */
function fetchedTo({ repository: { root }, playbookPath }: Setting): string {
  return isBelow(root, resolve(root, playbookPath)) ? playbookPath : standard['playbook-path']
}

/** A submodule is a path without slash. */
function deployedPaths(setting: Setting): readonly string[] {
  const { inventory, repository } = setting
  const [folder, playbook] = [folderOf(inventory), fetchedTo(setting)]
  if (!isPlain(folder)) {
    const parts = [
      inventory,
      ...['host_vars', 'group_vars'].map(name => (folder === '' ? name : `${folder}/${name}`)),
    ].filter(path => repository.files.entry(path).kind !== 'absent')
    throw unfit('inventory', inventory, `mkdir -p inventory && mv ${shellWords(parts)} inventory/`)
  }
  if (!isPlain(playbook)) throw unfit('playbook', playbook, `git mv ${shellWords([playbook])} playbook`)
  return [folder, playbook].flatMap(path => [path, `${path}/**`])
}

function isPlain(path: string): boolean {
  return /^[\w.-]+(?:\/[\w.-]+)*$/.test(path)
}

function unfit(part: 'inventory' | 'playbook', where: string, move: string): ToolkitError {
  return new ToolkitError({
    reason: 'input-invalid',
    what: `The workflows need the ${part} in a folder of its own, whose name is plain.`,
    where,
    remedy: `Move it: ${move}`,
  })
}
