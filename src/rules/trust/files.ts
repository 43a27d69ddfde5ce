import type { Place } from '../../domain/finding.ts'
import type { FileReader } from '../../support/files/files.ts'
import { fileText } from '../facts/source.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const file = 'ansible.cfg'
/** Settings that load code, run programs, set options of ssh, or weaken a check. */
const riskySettings =
  /^(?:library|module_utils|\w+_plugins|collections_paths?|inventory|ssh_\w*args|sftp_extra_args|scp_extra_args|ssh_executable|executable|host_key_checking|vault_password_file|callbacks_enabled|callback_whitelist|strategy|transport|local_tmp)$/

const findSettings: FindRisks = ({ files }) => {
  const text = fileText(files, file)
  if (text === undefined) return []
  const settings = text.split('\n').flatMap((line, index): Risk[] => {
    const [, name = ''] = /^\s*(\w+)\s*[=:]/.exec(line) ?? []
    if (!riskySettings.test(name.toLowerCase())) return []
    const place = {
      file,
      line: index + 1,
      column: line.indexOf(name) + 1,
      endLine: index + 1,
      endColumn: line.indexOf(name) + 1 + name.length,
    }
    return [{ key: line.trim(), message: `\`${file}\` sets \`${name} = …\``, place }]
  })
  const start: Place = { file, line: 1, column: 1 }
  if (settings.length > 0) return settings
  return [{ key: file, message: `Ansible reads its settings from \`${file}\``, place: start }]
}

export const ansibleCfg = defineRule({
  id: 'trust/ansible-cfg',
  severity: 'warning',
  why: 'Ansible reads `ansible.cfg` from the folder in which it starts. The file can load code on the runner, set options of ssh, and turn off host key checking.',
  remedy:
    'Remove it. The playbook has its own file, and the actions set what they need. Put other settings in `env:` of the workflow.',
  examples: {
    wrong: [
      { vars: '', files: { 'ansible.cfg': '[defaults]\nhost_key_checking = False\n' } },
      {
        vars: '',
        files: {
          'ansible.cfg': '[defaults]\ncallback_plugins = ./callbacks\n[ssh_connection]\nssh_args = -C\n',
        },
      },
      { vars: '', files: { 'ansible.cfg': '[defaults]\nforks = 10\n' } },
    ],
    right: [
      '',
      {
        vars: '',
        files: {
          'setup.yml': '- hosts: matrix_servers\n',
          'roles/custom/matrix-authentication-service/tasks/main.yml': '',
          'ansible.cfg': '[defaults]\nhost_key_checking = False\n',
        },
      },
    ],
  },
  checkAll: context => (isPlaybook(context.repository.files) ? [] : risksOf(context, findSettings)),
})

const kinds = [
  ...['action', 'become', 'cache', 'callback', 'cliconf', 'connection', 'filter', 'httpapi', 'inventory'],
  ...['lookup', 'netconf', 'shell', 'strategy', 'terminal', 'test', 'vars'],
]
/** Folders beside a playbook from which Ansible loads Python (`plugins/loader.py` of ansible-core). */
const folders: ReadonlySet<string> = new Set([
  ...['library', 'module_utils', 'collections'],
  ...kinds.map(kind => `${kind}_plugins`),
])

const findFolders: FindRisks = ({ files, inventory }) => {
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
  checkAll: context => (isPlaybook(context.repository.files) ? [] : risksOf(context, findFolders)),
})

/** Whether a repository is a clone of the playbook, which contains such files itself. */
export function isPlaybook(files: FileReader): boolean {
  return (
    files.entry('setup.yml').kind === 'file' &&
    files.entry('roles/custom/matrix-authentication-service').kind === 'directory'
  )
}
