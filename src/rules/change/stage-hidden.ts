import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const stageHidden = defineRule({
  id: 'change/stage-hidden',
  severity: 'error',
  stages: ['unknown'],
  needs: 'base',
  why: 'The repository shows the stage of this host before the change, but not after it. With an unknown stage nothing is deployed, and later changes are refused too.',
  remedy: `Keep \`${enabledVariable}\` and \`${inProgressVariable}\` as plain \`true\` or \`false\`. Put only secrets in a vault.`,
  examples: {
    wrong: [
      { base: live, vars: `${enabledVariable}: "{{ use_mas }}"` },
      { base: prepared, vars: `${live}${inProgressVariable}: "{{ x }}"` },
      { base: off, vars: `${enabledVariable}: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162` },
    ],
    right: [
      { base: `${enabledVariable}: "{{ use_mas }}"`, vars: `${enabledVariable}: "{{ use_mas }}"` },
      { base: `${enabledVariable}: "{{ use_mas }}"`, vars: live },
    ],
  },
  check: ({ stage, base }) => {
    const before = base?.stage.stage
    if (stage.problem !== 'hidden' || before === undefined || before === 'unknown') return []
    const message = `the stage was \`${before}\` and is now unknown: ${stage.reason}`
    return [{ message, place: stage.place }]
  },
})
