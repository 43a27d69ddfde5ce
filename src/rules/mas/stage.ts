import { enabledVariable, inProgressVariable } from '../../domain/variables.ts'
import { switchAt } from '../facts/values.ts'
import { asFalse } from '../kit/fix.ts'
import { defineRule, live, off, prepared, vault, vaultsAsText, withEach } from '../kit/rule.ts'

/** The remedy if the stage is unknown. */
const plainStageRemedy = `Write \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\` in the vars of the host.`

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
      { vars: live, files: vault },
      { base: live, vars: `${enabledVariable}: "{{ use_mas }}"` },
    ],
  },
  // `change/stage-hidden` says more about a change that hides a stage.
  check: ({ stage, base }) =>
    stage.problem === 'hidden' && (!base || base.stage.stage === 'unknown')
      ? [{ message: `the stage is unknown: ${stage.reason}`, place: stage.place }]
      : [],
})

const ofGroup = { 'inventory/group_vars/matrix_servers/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n' }

export const stageAssumed = defineRule({
  id: 'mas/stage-assumed',
  severity: 'notice',
  stages: ['off'],
  why: 'This check cannot read a fully encrypted file, and expects it to contain only secrets. A switch that is not set in plain text counts as `false`, its default. Before they change anything, `migrate` and `deploy` check what the playbook would write, so they notice a switch in the vault.',
  remedy: `If the vault does not set the switch, there is nothing to do. If it does, remove the switch from the vault. ${plainStageRemedy}`,
  examples: {
    wrong: [
      { vars: 'matrix_domain: example.test', files: vault },
      { vars: 'matrix_domain: example.test', files: ofGroup },
    ],
    right: [
      live,
      { vars: live, files: vault },
      { vars: `${live}${inProgressVariable}: false`, files: vault },
      { vars: prepared, files: vault },
      { vars: off, files: vault },
      { vars: `${live}${inProgressVariable}: "{{ x }}"`, files: vault },
    ],
  },
  check: ({ stage: { assumed } }) => {
    if (!assumed) return []
    const [file = ''] = assumed
    const message = `\`${enabledVariable}\` is not set in plain text; assuming \`false\`, although ${vaultsAsText(assumed)} could set it`
    return [{ message, place: { file, line: 1, column: 1 } }]
  },
})

export const stageOverruled = defineRule({
  id: 'mas/stage-overruled',
  severity: 'error',
  stages: ['unknown'],
  why: 'The `group_vars/matrix_servers` of the playbook disables MAS and overrides your group variables. Your line therefore has no effect.',
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

export const stageContradictory = defineRule({
  id: 'mas/stage-contradictory',
  severity: 'error',
  stages: ['unknown'],
  why: `The playbook evaluates \`${enabledVariable}\` and \`${inProgressVariable}\` in two ways, which disagree about some values: the string \`"false"\` counts as true in one place and as false in another.`,
  remedy: `${plainStageRemedy} Do not use quotes.`,
  examples: {
    wrong: [
      `${enabledVariable}: "false"`,
      `${enabledVariable}: enabled`,
      `${enabledVariable}: 2`,
      ...withEach(live, inProgressVariable, '"no"', '[true]'),
    ],
    right: [
      `${enabledVariable}: no`,
      `${enabledVariable}: off`,
      ...withEach(live, inProgressVariable, "'true'", '1'),
      `${live}${inProgressVariable}:`,
    ],
  },
  check: ({ stage: { problem, reason, place, definition } }) => {
    if (problem !== 'contradictory') return []
    // The role of MAS reads `"false"` as false and removes MAS, so nothing that works is lost. Of a migration in progress, everything
    // reads it as true: `false` would make MAS live.
    const suggestion = definition?.name === enabledVariable ? asFalse(definition) : undefined
    return [{ message: reason, place, suggestion }]
  },
})

export const inProgressWithoutMas = defineRule({
  id: 'mas/in-progress-without-mas',
  severity: 'warning',
  stages: ['off'],
  why: 'A migration to MAS is marked as in progress, but MAS is not enabled. A rollback to the built-in login of Synapse keeps MAS enabled: if you disable MAS, the playbook deletes it with its signing keys.',
  remedy: `Set \`${enabledVariable}: true\`, or remove \`${inProgressVariable}\`.`,
  examples: {
    wrong: [`${inProgressVariable}: true`, `${enabledVariable}: false\n${inProgressVariable}: true`],
    right: [
      `${live}${inProgressVariable}: true`,
      `${inProgressVariable}: false`,
      `${inProgressVariable}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, inProgressVariable)
    if (state !== 'on') return []
    return [{ message: `\`${inProgressVariable}\` is true, but MAS is not enabled`, place }]
  },
})
