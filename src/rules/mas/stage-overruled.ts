import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const stageOverruled = defineRule({
  id: 'mas/stage-overruled',
  severity: 'error',
  stages: ['unknown'],
  why: 'Ansible prefers the `group_vars/matrix_servers` beside the playbook to groups of the inventory, and there MAS is off: the line has no effect.',
  remedy: 'Move the line into `host_vars` of the host.',
  examples: {
    wrong: [
      { vars: 'a: 1', files: { 'inventory/group_vars/matrix_servers.yml': live } },
      { vars: 'a: 1', files: { 'inventory/group_vars/all/mas.yml': live } },
    ],
    right: [{ vars: live, files: { 'inventory/group_vars/matrix_servers.yml': live } }],
  },
  check: ({ stage }) =>
    stage.problem === 'overruled'
      ? [{ message: stage.reason, ...(stage.place && { place: stage.place }) }]
      : [],
})
