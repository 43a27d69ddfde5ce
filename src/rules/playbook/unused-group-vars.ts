import { unusedVars } from '../facts/unused-vars.ts'
import { defineRule } from '../kit/rule.ts'

const vars = 'matrix_domain: example.test\n'

export const unusedGroupVars = defineRule({
  id: 'playbook/unused-group-vars',
  severity: 'warning',
  why: 'Ansible reads `group_vars/NAME` only for hosts in the group `NAME`. The inventory has no such group, so these variables have no effect.',
  remedy: 'Rename the folder or the group in the inventory, or remove the folder.',
  examples: {
    wrong: [
      { files: { 'inventory/group_vars/matrix-servers.yml': vars } },
      { files: { 'inventory/group_vars/production/vars.yml': vars } },
    ],
    right: [
      vars,
      { files: { 'inventory/group_vars/all.yml': vars, 'inventory/group_vars/matrix_servers/a.yml': vars } },
      {
        files: {
          'inventory/hosts': '[matrix_servers]\nmatrix.example.test\n[production]\n',
          'inventory/group_vars/production.yml': vars,
        },
      },
    ],
  },
  checkAll: ({ repository }) => unusedVars('group_vars', repository),
})
