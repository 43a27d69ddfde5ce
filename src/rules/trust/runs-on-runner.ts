import { type FindRisks, type Risk, risksOf } from '../facts/trust-additions.ts'
import { written } from '../facts/written.ts'
import { defineRule } from '../kit/rule.ts'

/** Connections that end on the server that the inventory names. */
const remote = /^(?:ansible\.(?:builtin|netcommon)\.)?(?:ssh|smart|paramiko|paramiko_ssh)$/
const names = new Set(['ansible_connection', 'ansible_ssh_connection'])

const find: FindRisks = (_, hosts) =>
  [...written(hosts, names)].flatMap(({ definition: { name, value }, about }): Risk[] => {
    if (value.kind !== 'string' || remote.test(value.value)) return []
    const where = value.value === 'local' ? 'has the playbook run on the runner' : 'is none over SSH'
    const key = `${about.host ?? ''} ${name} ${value.value}`
    return [{ key, message: `\`${name}\` ${where}`, place: value.place, ...about }]
  })

export const runsOnRunner = defineRule({
  id: 'trust/runs-on-runner',
  severity: 'warning',
  stages: ['off', 'prepared', 'live', 'unknown'],
  why: 'With `local` Ansible does on the machine that runs it, as root, what it is to do on the server. That is fine where it is run on the server by hand; in a workflow it is the runner that would be changed, beside the SSH key.',
  remedy: 'Remove it, and name the server by `ansible_host`.',
  examples: {
    wrong: [
      'ansible_connection: local',
      'ansible_connection: community.docker.docker',
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
