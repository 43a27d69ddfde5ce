import { delegationVariable, enabledVariable } from '../../domain/variables.ts'
import { changeBetween } from '../facts/change-compare.ts'
import { isOverruled, setByPlaybook } from '../facts/overruled.ts'
import { closedTraps } from '../facts/variables.ts'
import { written } from '../facts/written.ts'
import { defineRule, live, prepared, type Violation } from '../kit/rule.ts'

const group = 'inventory/group_vars/matrix_servers.yml'
const checkout = {
  dialect: 'mas-cli',
  files: { 'group_vars/matrix_servers': `${delegationVariable}: "{{ x }}"\nmatrix_homeserver_url: a\n` },
} as const

export const overruledVariable = defineRule({
  id: 'playbook/overruled-variable',
  severity: 'error',
  why: 'The `group_vars/matrix_servers` of the playbook sets the same variable, and overrides the group variables of an inventory. The line has no effect.',
  remedy: 'Move the line to the `host_vars` of the host.',
  examples: {
    wrong: [
      { vars: prepared, files: { [group]: closedTraps } },
      { vars: prepared, files: { [group]: closedTraps }, checkout },
      {
        vars: live,
        files: {
          'inventory/hosts': `[matrix_servers]\nmatrix.example.test\n[matrix_servers:vars]\n${delegationVariable}=false\n`,
        },
      },
      { vars: 'a: 1', files: { [group]: 'matrix_homeserver_url: b\n' }, checkout },
    ],
    right: [
      prepared + closedTraps,
      { vars: prepared + closedTraps, files: { [group]: closedTraps } },
      { vars: prepared, files: { [group]: 'matrix_synapse_allow_guest_access: false\n' } },
      { vars: 'a: 1', files: { [group]: 'matrix_homeserver_url: a\n' }, checkout },
      { vars: prepared, files: { [group]: closedTraps }, checkout: { dialect: 'mas-cli', files: {} } },
      { vars: 'a: 1', files: { [group]: `${enabledVariable}: true\n` } },
    ],
  },
  checkAll: ({ hosts }) =>
    written(hosts)
      .flatMap(({ definition, host }): readonly Violation[] => {
        const { name, namePlace, value } = definition
        if (name === enabledVariable || !isOverruled(host, definition)) return []
        const winner = host.variable(name).definition
        if (winner && changeBetween(winner.value, value) === 'same') return []
        const message = `\`${name}\` is set for a group, but the playbook's own \`group_vars/matrix_servers\` overrides it`
        const severity = setByPlaybook.has(name) ? undefined : ('warning' as const)
        return [{ message, severity, place: namePlace }]
      })
      .toArray(),
})
