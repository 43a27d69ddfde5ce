import type { Place } from '../../domain/finding.ts'
import { isPlaybook } from '../facts/root-files.ts'
import { fileText } from '../facts/source.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { defineRule } from '../kit/rule.ts'

const file = 'ansible.cfg'
/** Settings that load code, run programs, set options of ssh, or weaken a check. */
const riskySettings =
  /^(?:library|module_utils|\w+_plugins|collections_paths?|inventory|ssh_\w*args|sftp_extra_args|scp_extra_args|ssh_executable|executable|host_key_checking|vault_password_file|callbacks_enabled|callback_whitelist|strategy|transport|local_tmp)$/

const find: FindRisks = ({ files }) => {
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
    return [{ key: line.trim(), message: `\`${file}\` sets \`${name}\``, place }]
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
  checkAll: context => (isPlaybook(context.repository.files) ? [] : risksOf(context, find)),
})
