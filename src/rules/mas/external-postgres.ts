import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

/** The playbook's own PostgreSQL has the same variable name in both playbook versions (`group_vars/matrix_servers`). */
const name = 'postgres_enabled'

export const externalPostgres = defineRule({
  id: 'mas/external-postgres',
  severity: 'error',
  why: 'These actions cannot read or back up databases in a PostgreSQL server that the playbook does not manage. Actions that connect to the server, such as `migrate`, refuse to run.',
  remedy:
    'Move the databases into the playbook-managed PostgreSQL first, or migrate by hand with the guide of the playbook.',
  examples: {
    wrong: [`${prepared}${name}: false`, `${live}${name}: no`],
    right: [prepared, `${live}${name}: true`, `${live}${name}: "{{ x }}"`, `${off}${name}: false`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    if (state !== 'off') return []
    return [{ message: `\`${name}\` is off: the playbook does not manage PostgreSQL`, place }]
  },
})
