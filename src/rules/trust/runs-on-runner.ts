import { isOpenSsh } from '../../inventory/connection.ts'
import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { written } from '../facts/written.ts'
import { defineRule } from '../kit/rule.ts'

const names = new Set(['ansible_connection', 'ansible_ssh_connection'])

const find: FindRisks = (_, hosts) =>
  written(hosts, names)
    .flatMap(({ definition: { name, value }, about }): Risk[] => {
      if (value.kind !== 'string' || isOpenSsh(value.value)) return []
      const where =
        value.value === 'local'
          ? 'makes Ansible change the runner instead of the server'
          : 'is not the connection `ssh`, so the pinned host keys do not apply'
      const key = `${about.host ?? ''} ${name} ${value.value}`
      return [{ key, message: `\`${name}\` ${where}`, place: value.place, ...about }]
    })
    .toArray()

export const runsOnRunner = defineRule({
  id: 'trust/runs-on-runner',
  severity: 'warning',
  why: 'With `local`, Ansible applies the changes as root to the machine on which it runs. That works if you run it by hand on the server. In a workflow it would change the runner, which has the SSH key.',
  remedy: 'Remove the setting. Set the address of the server: `ansible_host: matrix.example.com`.',
  examples: {
    wrong: [
      'ansible_connection: local',
      'ansible_connection: community.docker.docker',
      'ansible_connection: paramiko',
      { files: { 'inventory/hosts': 'matrix.example.test ansible_connection=local\n' } },
      { base: 'ansible_connection: ssh', vars: 'ansible_connection: local' },
    ],
    right: [
      'ansible_connection: ssh',
      'ansible_connection: ansible.builtin.ssh',
      'ansible_connection: "{{ connection }}"',
    ],
  },
  checkAll: context => risksOf(context, find),
})
