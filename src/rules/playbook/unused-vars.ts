import { closest, distance } from 'fastest-levenshtein'
import type { Place } from '../../domain/finding.ts'
import { playbookGroup } from '../../inventory/playbook-hosts.ts'
import type { FileReader } from '../../support/files/files.ts'
import { isReadWhole } from '../facts/source.ts'
import { defineRule, type Repository, type Rule, type Violation } from '../kit/rule.ts'

const vars = 'matrix_domain: example.test\n'

export const unusedHostVars = unusedRule('host', 'the host', {
  wrong: [
    { files: { 'inventory/host_vars/m.example.test/vars.yml': vars } },
    { files: { 'inventory/host_vars/example.test.yml': vars } },
  ],
  right: [
    vars,
    { files: { 'inventory/host_vars/matrix.example.test.yml': vars } },
    { files: { 'inventory/host_vars/README': 'a text\n', 'inventory/host_vars/localhost.yml': 'a: 1\n' } },
    {
      files: {
        'inventory/staging': '[matrix_servers]\nm.example.test\n',
        'inventory/host_vars/m.example.test/vars.yml': vars,
      },
    },
  ],
})

export const unusedGroupVars = unusedRule('group', 'hosts in the group', {
  wrong: [
    { files: { 'inventory/group_vars/matrix-servers.yml': vars } },
    { files: { 'inventory/group_vars/production/vars.yml': vars } },
  ],
  right: [
    vars,
    {
      files: {
        'inventory/group_vars/all.yml': vars,
        'inventory/group_vars/matrix_servers/a.yml': vars,
      },
    },
    {
      files: {
        'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n[production]\n',
        'inventory/group_vars/production.yml': vars,
      },
    },
  ],
})

function unusedRule(owner: 'host' | 'group', readers: string, examples: Rule['examples']): Rule {
  const kind = `${owner}_vars` as const
  return defineRule({
    id: `playbook/unused-${owner}-vars`,
    severity: 'warning',
    why: `Ansible reads \`${kind}/NAME\` only for ${readers} \`NAME\`. The inventory has no such ${owner}, so these variables have no effect.`,
    remedy: `Rename the folder or the ${owner} in the inventory, or remove the folder.`,
    examples,
    checkAll: ({ repository }) => unusedVars(kind, repository),
  })
}

type Kind = 'host_vars' | 'group_vars'

/** Hosts and groups that every inventory has implicitly. */
const always: Readonly<Record<Kind, readonly string[]>> = {
  host_vars: ['localhost', '127.0.0.1', '::1'],
  group_vars: ['all', 'ungrouped', playbookGroup],
}
const mostFiles = 20
const mostNames = 2000
const mostBytes = 1_000_000

interface Unused {
  readonly name: string
  readonly place: Place
}

/**
 * Variables beside the inventory that belong to none of its hosts or groups, so Ansible does not read them. Names that
 * occur in another file beside the inventory are skipped: they may belong to another inventory.
 */
function unusedVars(kind: Kind, { files, inventory }: Repository): readonly Violation[] {
  if (!isReadWhole(inventory)) return []
  const known = new Set(
    kind === 'host_vars' ? inventory.hosts.map(({ name }) => name) : inventory.groups.keys(),
  )
  for (const name of always[kind]) known.add(name)
  const unused = inventory.folders.flatMap(folder => unusedIn(kind, files, folder, known))
  if (unused.length === 0) return []
  const others = inventory.folders.flatMap(folder => textsBeside(files, folder, inventory.paths))
  const names = [...known].filter(name => !always[kind].includes(name)).slice(0, mostNames)
  return unused
    .filter(({ name }) => !others.some(text => text.includes(name)))
    .map(({ name, place }, index) => {
      const nearest = index < mostFiles ? nearestOf(kind, name, names) : undefined
      const hint = nearest === undefined ? '' : `; the closest name is \`${nearest}\``
      const what = kind === 'host_vars' ? 'host' : 'group'
      return { message: `the inventory has no ${what} \`${name}\`${hint}`, place }
    })
}

function unusedIn(
  kind: Kind,
  files: FileReader,
  folder: string,
  known: ReadonlySet<string>,
): readonly Unused[] {
  const base = folder === '' ? kind : `${folder}/${kind}`
  return files.list(base).flatMap((entry): Unused[] => {
    const path = `${base}/${entry}`
    const name = entry.replace(/\.(?:yml|yaml|json)$/, '')
    if (known.has(entry) || known.has(name) || /^\.|~$/.test(entry)) return []
    const isFolder = files.entry(path).kind === 'directory'
    const [first] = isFolder ? files.list(path) : [entry]
    if (first === undefined || (!isFolder && name === entry)) return []
    const file = isFolder ? `${path}/${first}` : path
    return [{ name: isFolder ? entry : name, place: { file, line: 1, column: 1 } }]
  })
}

function textsBeside(files: FileReader, folder: string, inventories: readonly string[]): readonly string[] {
  const paths = files
    .list(folder)
    .map(name => (folder === '' ? name : `${folder}/${name}`))
    .filter(path => !inventories.includes(path) && files.entry(path).kind === 'file')
  return paths
    .slice(0, mostFiles)
    .filter(path => files.entry(path).size <= mostBytes)
    .map(path => new TextDecoder().decode(files.read(path)))
}

/** The closest name. Group names are short, so a group needs a close match. */
function nearestOf(kind: Kind, name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const closestName = closest(name, names)
  return kind === 'host_vars' || distance(name, closestName) * 2 <= name.length ? closestName : undefined
}
