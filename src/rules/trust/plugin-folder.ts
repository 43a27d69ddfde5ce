import { isPlaybook } from '../facts/root-files.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const kinds = [
  ...['action', 'become', 'cache', 'callback', 'cliconf', 'connection', 'filter', 'httpapi', 'inventory'],
  ...['lookup', 'netconf', 'shell', 'strategy', 'terminal', 'test', 'vars'],
]
/** Folders beside a playbook from which Ansible loads Python (`plugins/loader.py` of ansible-core). */
const folders: ReadonlySet<string> = new Set([
  ...['library', 'module_utils', 'collections'],
  ...kinds.map(kind => `${kind}_plugins`),
])

const find: FindRisks = ({ files, inventory }) => {
  const places = [...new Set(['', ...inventory.folders])]
  return places.flatMap(place =>
    files
      .list(place)
      .filter(name => folders.has(name))
      .flatMap((folder): Risk[] => {
        const path = place === '' ? folder : `${place}/${folder}`
        const names = files.list(path)
        const [first] = names
        if (first === undefined) return []
        const message = `Ansible loads code from the folder \`${folder}\``
        return [
          {
            key: `${path} ${names.join('/')}`,
            message,
            place: { file: `${path}/${first}`, line: 1, column: 1 },
          },
        ]
      }),
  )
}

export const pluginFolder = defineRule({
  id: 'trust/plugin-folder',
  severity: 'warning',
  why: 'Ansible loads Python files from such a folder beside a playbook or the inventory. It runs them on the runner, or as root on the server.',
  remedy:
    'Remove the folder. The playbook needs no such folder beside the inventory. Put your own code in a role or collection with a pinned version.',
  examples: {
    wrong: [
      { vars: '', files: { 'library/apt.py': 'print("x")\n' } },
      { vars: '', files: { 'filter_plugins/x.py': '\n' } },
      { vars: '', files: { 'inventory/vars_plugins/x.py': '\n' } },
    ],
    right: ['', { vars: '', files: { 'docs/library/x.py': '\n', library: 'a file\n' } }],
  },
  checkAll: context => (isPlaybook(context.repository.files) ? [] : risksOf(context, find)),
})
