import { switchesOf } from '../facts/switches.ts'
import { defineRule, type ExampleCheckout } from '../kit/rule.ts'

const corporal = 'matrix_corporal_enabled'
const checkout: ExampleCheckout = {
  dialect: 'mas-cli',
  files: {
    'roles/custom/matrix-corporal/defaults/main.yml': `${corporal}: false\n`,
    'roles/custom/matrix-corporal/tasks/main.yml': `- when: not ${corporal} | bool\n  ansible.builtin.include_tasks: x.yml\n`,
  },
}
const on = `matrix_domain: example.test\n${corporal}: true\n`
const off = 'matrix_domain: example.test\n'

export const serviceRemoved = defineRule({
  id: 'change/service-removed',
  severity: 'warning',
  stages: ['off', 'prepared', 'live', 'unknown'],
  needs: 'base',
  why: 'The deployment of this change uses the tag `setup-all`, because `install-all` removes nothing. The playbook then removes every service that is off, most of them with their folder below `/matrix`, and restarts all others. Databases stay.',
  remedy: 'Before you merge, save what you still need from the folder of the service on the server.',
  examples: {
    wrong: [
      { base: on, vars: off, checkout },
      { base: on, vars: `${off}${corporal}: false`, checkout },
    ],
    right: [
      { base: on, vars: on, checkout },
      { base: off, vars: on, checkout },
      { base: on, vars: `${off}${corporal}: "{{ x }}"`, checkout },
      { base: on, vars: off },
    ],
  },
  check: ({ host, stage, base, checkout }) => {
    const playbook = checkout?.variables
    if (!base?.host || !playbook) return []
    const before = switchesOf(base.host, playbook)
    return [...switchesOf(host, playbook)]
      .filter(([name, isOn]) => !isOn && before.get(name))
      .map(([name]) => ({
        message: `\`${name}\` is no longer on: the deployment removes the service`,
        place: host.variable(name).value?.place ?? stage.place ?? host.place,
      }))
  },
})
