import { inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, plainStageRemedy, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'
import { vaultsAsText } from '../kit/vaults.ts'

const vault = { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }
const ofGroup = { 'inventory/group_vars/matrix_servers/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }

export const stageAssumed = defineRule({
  id: 'mas/stage-assumed',
  severity: 'notice',
  stages: ['off', 'live'],
  why: 'This check cannot read a fully encrypted file, and expects it to contain only secrets. A switch that is not set in plain text counts as `false`, its default. Before they change anything, `migrate` and `deploy` check what the playbook would write, so they notice a switch in the vault.',
  remedy: `If the vault does not set the variable, there is nothing to do. If it does, remove it from the vault. ${plainStageRemedy}`,
  examples: {
    wrong: [
      { vars: live, files: vault },
      { vars: 'matrix_domain: example.test', files: vault },
      { vars: live, files: ofGroup },
    ],
    right: [
      live,
      { vars: `${live}${inProgressVariable}: false`, files: vault },
      { vars: prepared, files: vault },
      { vars: off, files: vault },
      { vars: `${live}${inProgressVariable}: "{{ x }}"`, files: vault },
    ],
  },
  check: ({ stage: { assumed } }) => {
    if (!assumed) return []
    const { variable, vaults } = assumed
    const [file = ''] = vaults
    const message = `\`${variable}\` is not set in plain text; assuming \`false\`, although ${vaultsAsText(vaults)} could set it`
    return [{ message, place: { file, line: 1, column: 1 } }]
  },
})
