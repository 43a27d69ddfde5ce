import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, plainStageRemedy } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const stageUnknown = defineRule({
  id: 'mas/stage-unknown',
  severity: 'error',
  stages: ['unknown'],
  why: 'The stage of a host decides whether its accounts are migrated. These actions never guess the stage. If the repository does not show it, they deploy nothing.',
  remedy: plainStageRemedy,
  examples: {
    wrong: [
      `${enabledVariable}: "{{ use_mas }}"`,
      `${live}${inProgressVariable}: "{{ migrating }}"`,
      `${enabledVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
      {
        vars: live,
        files: {
          'inventory/host_vars/matrix.example.test/vault.yml': `${inProgressVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n`,
        },
      },
    ],
    right: [
      live,
      'matrix_domain: example.test',
      `${enabledVariable}: false`,
      {
        vars: live,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
  },
  check: ({ stage }) =>
    stage.problem === 'hidden'
      ? [{ message: `the stage is unknown: ${stage.reason}`, place: stage.place }]
      : [],
})
