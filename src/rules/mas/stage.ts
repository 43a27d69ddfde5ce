import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { defineRule } from '../rule.ts'
import { switchAt } from '../switches.ts'

const enabled = `${enabledVariable}: true\n`
const plainly = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`, for the host itself.`
const playbookGroupVars = 'group_vars/matrix_servers'

export const stageUnknown = defineRule({
  id: 'mas/stage-unknown',
  severity: 'error',
  stages: ['unknown'],
  why: 'Which stage a host is to be in decides whether accounts are migrated. What cannot be told from the repository is never guessed, so nothing is deployed.',
  remedy: plainly,
  examples: {
    wrong: [
      `${enabledVariable}: "{{ use_mas }}"`,
      `${enabled}${inProgressVariable}: "{{ migrating }}"`,
      `${enabledVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162`,
      {
        vars: 'matrix_domain: example.test',
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
    right: [
      enabled,
      'matrix_domain: example.test',
      `${enabledVariable}: false`,
      {
        vars: `${enabledVariable}: false`,
        files: { 'inventory/host_vars/matrix.example.test/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' },
      },
    ],
  },
  check: ({ stage }) =>
    stage.trouble === 'hidden'
      ? [{ message: `the stage cannot be told: ${stage.reason}`, ...(stage.place && { place: stage.place }) }]
      : [],
})

export const stageOverruled = defineRule({
  id: 'mas/stage-overruled',
  severity: 'error',
  stages: ['unknown'],
  why: `Ansible prefers the \`${playbookGroupVars}\` beside the playbook to groups of the inventory, and there MAS is off: the line has no effect.`,
  remedy: 'Move the line into `host_vars` of the host.',
  examples: {
    wrong: [
      { vars: 'a: 1', files: { 'inventory/group_vars/matrix_servers.yml': enabled } },
      { vars: 'a: 1', files: { 'inventory/group_vars/all/mas.yml': enabled } },
    ],
    right: [{ vars: enabled, files: { 'inventory/group_vars/matrix_servers.yml': enabled } }],
  },
  check: ({ stage }) =>
    stage.trouble === 'overruled'
      ? [{ message: stage.reason, ...(stage.place && { place: stage.place }) }]
      : [],
})

export const stageContradictory = defineRule({
  id: 'mas/stage-contradictory',
  severity: 'error',
  stages: ['unknown'],
  why: 'The playbook asks for the same variable in two ways, and for such a value the answers differ: the text `"false"` counts as true in one place and as false in another.',
  remedy: `${plainly} Without quotes.`,
  examples: {
    wrong: [
      `${enabledVariable}: "false"`,
      `${enabledVariable}: enabled`,
      `${enabledVariable}: 2`,
      `${enabled}${inProgressVariable}: "no"`,
      `${enabled}${inProgressVariable}: [true]`,
    ],
    right: [
      `${enabledVariable}: no`,
      `${enabledVariable}: off`,
      `${enabled}${inProgressVariable}: 'true'`,
      `${enabled}${inProgressVariable}: 1`,
      `${enabled}${inProgressVariable}:`,
    ],
  },
  check: ({ stage }) =>
    stage.trouble === 'contradictory'
      ? [{ message: stage.reason, ...(stage.place && { place: stage.place }) }]
      : [],
})

export const inProgressWithoutMas = defineRule({
  id: 'mas/in-progress-without-mas',
  severity: 'warning',
  stages: ['off'],
  why: 'A migration is said to be in progress towards a MAS that is not enabled. Going back to the login of Synapse keeps MAS enabled: disabling it makes the playbook delete MAS with its signing keys.',
  remedy: `Set \`${enabledVariable}: true\`, or remove \`${inProgressVariable}\`.`,
  examples: {
    wrong: [`${inProgressVariable}: true`, `${enabledVariable}: false\n${inProgressVariable}: true`],
    right: [
      `${enabled}${inProgressVariable}: true`,
      `${inProgressVariable}: false`,
      `${inProgressVariable}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, inProgressVariable)
    if (state !== 'on') return []
    return [{ message: `\`${inProgressVariable}\` is true and MAS is not enabled`, ...(place && { place }) }]
  },
})
