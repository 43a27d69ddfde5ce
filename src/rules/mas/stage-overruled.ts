import { live } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const stageOverruled = defineRule({
  id: 'mas/stage-overruled',
  severity: 'error',
  stages: ['unknown'],
  why: 'The `group_vars/matrix_servers` of the playbook turns MAS off. Ansible gives it precedence over groups of the inventory, so the line has no effect.',
  remedy: 'Move the line to the `host_vars` of the host.',
  examples: {
    wrong: [
      { vars: 'a: 1', files: { 'inventory/group_vars/matrix_servers.yml': live } },
      { vars: 'a: 1', files: { 'inventory/group_vars/all/mas.yml': live } },
    ],
    right: [{ vars: live, files: { 'inventory/group_vars/matrix_servers.yml': live } }],
  },
  check: ({ stage }) =>
    stage.problem === 'overruled' ? [{ message: stage.reason, place: stage.place }] : [],
})
