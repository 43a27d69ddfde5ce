import { closest } from 'fastest-levenshtein'
import type { Inventory } from '../../inventory/inventory.ts'
import { playbookGroup } from '../../inventory/playbook-hosts.ts'
import { isReadWhole } from '../facts/source.ts'
import { defineRule, type Violation } from '../kit/rule.ts'

const hosts = (text: string) => ({ files: { 'inventory/hosts': text } })

export const noHost = defineRule({
  id: 'playbook/no-host',
  severity: 'error',
  why: `The playbook runs only on hosts in the group \`${playbookGroup}\`. Without one, Ansible reports that no hosts matched, does nothing, and exits successfully.`,
  remedy: `Put the server in a section \`[${playbookGroup}]\`.`,
  examples: {
    wrong: [
      hosts('[matrix]\nmatrix.example.test\n'),
      hosts('[matrix-servers]\nmatrix.example.test\n'),
      hosts('matrix.example.test\n'),
      hosts(`[${playbookGroup}]\n[webservers]\nweb1.example.test\n`),
      hosts(`[${playbookGroup}]\n`),
      hosts('# nothing yet\n'),
    ],
    right: [
      'matrix_domain: example.test',
      hosts(`[${playbookGroup}:children]\nmatrix\n[matrix]\nmatrix.example.test\n`),
      hosts(`[${playbookGroup}]\nmatrix.example.test\n[webservers]\nweb1.example.test\n`),
    ],
  },
  checkAll: ({ repository: { inventory } }) =>
    isReadWhole(inventory) && !inventory.groups.get(playbookGroup)?.size ? [violation(inventory)] : [],
})

function violation(inventory: Inventory): Violation {
  const [first] = inventory.hosts
  if (!first) return { message: 'the inventory has no host' }
  const others = [...inventory.groups.keys()].filter(
    name => !['all', 'ungrouped', playbookGroup].includes(name) && inventory.groups.get(name)?.size,
  )
  const nearest = others.length > 0 ? closest(playbookGroup, others) : undefined
  const hint = nearest === undefined ? '' : `; the closest group name is \`${nearest}\``
  const place = (nearest === undefined ? undefined : inventory.groupPlace(nearest)) ?? first.place
  return { message: `no host is in the group \`${playbookGroup}\`${hint}`, place }
}
