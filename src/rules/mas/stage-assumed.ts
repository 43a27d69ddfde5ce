import { inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'
import { vaultsAsText } from '../kit/vaults.ts'
import { plainly } from './stage.ts'

const vault = { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }
const ofGroup = { 'inventory/group_vars/matrix_servers/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }

export const stageAssumed = defineRule({
  id: 'mas/stage-assumed',
  severity: 'notice',
  stages: ['off', 'live'],
  why: 'A file that is encrypted whole is not read here, and is taken for a place of secrets: a switch that is nowhere plain counts as `false`, its default. What the vault holds all the same shows before anything is changed: `migrate` and `deploy` look at what the playbook would write.',
  remedy: `Where the vault does not set it, there is nothing to do. Where it does, take it out. ${plainly}`,
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
    const message = `\`${variable}\` is nowhere plain and taken for \`false\`; ${vaultsAsText(vaults)} could set it`
    return [{ message, place: { file, line: 1, column: 1 } }]
  },
})
