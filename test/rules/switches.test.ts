import { expect, test } from 'vitest'
import { memoryFiles } from '../../scripts/memory-files.ts'
import { inventoryOf } from '../../src/inventory/inventory-of.ts'
import { PlaybookVariables } from '../../src/playbook/variables.ts'
import { switchesOf } from '../../src/rules/facts/switches.ts'

const name = 'matrix.example.com'
const uninstall = (each: string) => `- when: not ${each} | bool\n  include_tasks: x/uninstall.yml\n`
const playbook = memoryFiles({
  'group_vars/matrix_servers': 'group_off_enabled: false\ngroup_on_enabled: "{{ x }}"\n',
  'roles/custom/a/defaults/main.yml':
    'role_on_enabled: true\nrole_off_enabled: false\ngroup_off_enabled: true\n',
  'roles/custom/a/tasks/main.yml': [
    ...['group_off_enabled', 'group_on_enabled', 'role_on_enabled', 'role_off_enabled'],
  ]
    .map(uninstall)
    .join(''),
})

function on(vars: string): readonly string[] {
  const files = memoryFiles({
    'inventory/hosts': `[matrix_servers]\n${name}\n`,
    [`inventory/host_vars/${name}/vars.yml`]: vars,
  })
  const host = inventoryOf(files, ['inventory/hosts'], { playbook: { files: playbook, label: '' } }).host(
    name,
  )
  if (!host) throw new Error('no host')
  return [...switchesOf(host, new PlaybookVariables(playbook))]
    .flatMap(([each, isOn]) => (isOn ? [each] : []))
    .sort()
}

test.each([
  ['defaults of the playbook', '', ['group_on_enabled', 'role_on_enabled']],
  ['the vars', 'role_on_enabled: false\nrole_off_enabled: yes\n', ['group_on_enabled', 'role_off_enabled']],
  [
    'Jinja, which counts as on',
    'role_off_enabled: "{{ x }}"\ngroup_on_enabled: "false"\n',
    ['role_off_enabled', 'role_on_enabled'],
  ],
  [
    'other variables, which are no switch of a service',
    'matrix_x_enabled: true\n',
    ['group_on_enabled', 'role_on_enabled'],
  ],
])('the switches of a host follow %s', (_, vars, expected) => {
  expect(on(vars)).toEqual(expected)
})
