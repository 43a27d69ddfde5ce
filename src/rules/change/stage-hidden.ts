import { enabledVariable, inProgressVariable } from '../../inventory/desired-stage.ts'
import { live, off, prepared } from '../facts/stages.ts'
import { defineRule } from '../kit/rule.ts'

export const stageHidden = defineRule({
  id: 'change/stage-hidden',
  severity: 'error',
  stages: ['unknown'],
  needs: 'base',
  why: 'Up to now the repository said in plain words in which stage the host is. After this change nobody can tell, so merging it does nothing, and later changes are refused, too.',
  remedy: `Leave \`${enabledVariable}\` and \`${inProgressVariable}\` plain \`true\` or \`false\`; what belongs into a vault is the secret.`,
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
    const message = `the stage was \`${before}\` and can no longer be told: ${stage.reason}`
    return [{ message, ...(stage.place && { place: stage.place }) }]
  },
})
