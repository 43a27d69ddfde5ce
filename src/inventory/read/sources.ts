import { ToolkitError } from '../../support/errors.ts'
import { type FileReader, folderOf, joinPath } from '../../support/files/files.ts'
import { readIniInventory } from './ini-inventory.ts'
import type { Members } from './members.ts'
import { addProblems, problem, ReadingProblem, startOf, syntaxProblem } from './problem.ts'
import { readText, type SourceText } from './source-text.ts'
import { missingSubmodules } from './submodules.ts'
import { walk } from './walk.ts'
import { parseYaml } from './yaml-file.ts'
import { readYamlInventory } from './yaml-inventory.ts'

const ignoredNames =
  /^\.|^(?:host_vars|group_vars|vars_plugins)$|(?:~|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry))$/
const yamlEndings = /\.(?:yml|yaml|json)$/

/**
 * Reads an inventory file, or every file of a folder in the order of their names.
 *
 * @returns the folder that contains `host_vars` and `group_vars`.
 * @throws ToolkitError `inventory-unreadable` if the path does not exist.
 */
export function readSources(files: FileReader, path: string, members: Members): string {
  const { kind } = files.entry(path)
  if (kind !== 'file' && missingSubmodules(files).some(module => contains(module.path, path)))
    throw inMissingSubmodule(path)
  if (kind === 'directory') {
    walk(
      files,
      path,
      name => !ignoredNames.test(name),
      (child, refusal) => {
        if (refusal) addProblems(members.problems, refusal.finding)
        else readFile(files, child, members)
      },
    )
    return path
  }
  if (kind === 'absent') {
    const [likely] = likelyInventories(files)
    const hint = likely === undefined ? '.' : `: did you mean \`${likely}\`?`
    throw new ToolkitError({
      reason: 'inventory-unreadable',
      what: 'The inventory does not exist.',
      where: path,
      remedy: `Set the input \`inventory\` to the inventory file or folder of this repository${hint}`,
    })
  }
  readFile(files, path, members)
  return folderOf(path)
}

function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function inMissingSubmodule(path: string): ToolkitError {
  return new ToolkitError({
    reason: 'inventory-unreadable',
    what: 'The inventory is in a git submodule that is not checked out.',
    where: path,
    remedy:
      'Add `submodules: true` to the step with actions/checkout, and a `token` that can read the submodule.',
  })
}

function readFile(files: FileReader, path: string, members: Members): void {
  const { executable, size } = files.entry(path)
  const { problems, budget } = members
  if (executable) {
    const message = `${path} has the executable bit`
    addProblems(problems, problem('trust/executable-inventory', message, startOf(path)))
  }
  budget.attempt(problems, () => {
    budget.spendBytes(size, startOf(path))
    const source = readText(files, path)
    if (source.kind === 'vault') {
      const message = `${path} is encrypted by Ansible Vault, so its hosts are unknown: decrypt it, and keep secrets in \`host_vars\``
      throw syntaxProblem(message, startOf(path))
    }
    if (source.text.startsWith('#!')) {
      throw new ReadingProblem('trust/inventory-script', `${path} is a script`, startOf(path))
    }
    if (!source.isAscii) members.nonAscii.push(path)
    readFormat(path, source, members)
  })
}

type Text = Extract<SourceText, { readonly kind: 'text' }>

/** Ansible tries YAML first for files without an extension. If the content is not a YAML mapping, it tries INI. */
function readFormat(path: string, { text, isMarked }: Text, members: Members): void {
  const ending = /[^/](\.[^./]*)$/.exec(path)?.[1]
  if (ending === '.toml') {
    const message = `${path} is a TOML inventory, which is not supported: convert it to INI or YAML`
    throw syntaxProblem(message, startOf(path))
  }
  if (yamlEndings.test(path)) readAsYaml(path, text, members)
  else if (ending !== undefined || !looksLikeYaml(path, text)) readAsIni(path, text, isMarked, members)
  else readAsYaml(path, text, members)
}

/** Ansible treats a byte order mark as part of the first line, which becomes a wrong host name or an invalid section. */
function readAsIni(path: string, text: string, isMarked: boolean, members: Members): void {
  if (isMarked) {
    const message = `${path} starts with a byte order mark, which Ansible treats as part of the first line`
    addProblems(members.problems, problem('inventory/encoding', message, startOf(path)))
  }
  readIniInventory(members, path, text)
}

function looksLikeYaml(path: string, text: string): boolean {
  const first = /^(?!\s*(?:[#;]|$)).*$/m.exec(text)?.[0] ?? ''
  if (!/:\s|:$|^\s*[{?&!%"'-]/.test(first)) return false
  try {
    return parseYaml(path, text).value?.kind === 'map'
  } catch (error) {
    if (error instanceof ReadingProblem)
      return error.finding.id === 'inventory/limit' || /^---\s*$/m.test(text)
    throw error
  }
}

function readAsYaml(path: string, text: string, members: Members): void {
  const { value, problems, parts } = parseYaml(path, text)
  members.budget.spendParts(parts, startOf(path))
  addProblems(members.problems, ...problems)
  if (value) readYamlInventory(members, value)
}

const inventoryNames = [
  'hosts',
  'hosts.yml',
  'hosts.yaml',
  'hosts.ini',
  'inventory',
  'inventory.yml',
  'inventory.ini',
]
/** The folders of a repository that is the inventory, of the playbook's own layout, and of several inventories. */
const mostFolders = 200
/** Folders with files of these names that are no inventory of the operator; `examples` is the playbook's. */
const otherFolders = new Set(['examples', 'node_modules'])

/** Files that look like an inventory: by their name, at most two folders deep, or in the folder `inventory`. */
export function likelyInventories(files: FileReader): readonly string[] {
  const folders = ['', ...foldersIn(files, '').flatMap(folder => [folder, ...foldersIn(files, folder)])]
  const byName = folders
    .slice(0, mostFolders)
    .flatMap(folder => inventoryNames.map(name => (folder === '' ? name : `${folder}/${name}`)))
  const others = files
    .list('inventory')
    .filter(name => /^(?!known_hosts)[a-z][\w-]*(?:\.(?:ini|ya?ml))?$/.test(name))
  return [...byName, ...others.map(name => `inventory/${name}`)]
    .filter(path => files.entry(path).kind === 'file')
    .toSorted((a, b) => Number(hasVariables(files, b)) - Number(hasVariables(files, a)))
}

function foldersIn(files: FileReader, folder: string): readonly string[] {
  return files
    .list(folder)
    .filter(name => !name.startsWith('.') && !otherFolders.has(name))
    .map(name => (folder === '' ? name : `${folder}/${name}`))
    .filter(path => files.entry(path).kind === 'directory')
}

function hasVariables(files: FileReader, path: string): boolean {
  return ['host_vars', 'group_vars'].some(
    kind => files.entry(joinPath(folderOf(path), kind) ?? kind).kind === 'directory',
  )
}
