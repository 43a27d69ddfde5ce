import { unusedVars } from '../facts/unused-vars.ts'
import { defineRule } from '../kit/rule.ts'

const vars = 'matrix_domain: example.test\n'

export const unusedHostVars = defineRule({
  id: 'playbook/unused-host-vars',
  severity: 'warning',
  why: 'Ansible reads `host_vars/NAME` only for the host `NAME`. The inventory has no such host, so these variables have no effect.',
  remedy: 'Rename the folder or the host in the inventory, or remove the folder.',
  examples: {
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
  },
  checkAll: ({ repository }) => unusedVars('host_vars', repository),
})
