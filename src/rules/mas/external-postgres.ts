import { live, off, prepared } from '../facts/stages.ts'
import { switchAt } from '../facts/switches.ts'
import { defineRule } from '../kit/rule.ts'

/** The playbook's own PostgreSQL has the name in both eras (`group_vars/matrix_servers`). */
const name = 'postgres_enabled'

export const externalPostgres = defineRule({
  id: 'mas/external-postgres',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: "With a PostgreSQL that is not the playbook's own these actions cannot look into the databases, nor back them up: those that go to the server refuse it, `migrate` among them.",
  remedy:
    'Move the databases into the PostgreSQL of the playbook first, or migrate by hand, with the guide of the playbook.',
  examples: {
    wrong: [`${prepared}${name}: false`, `${live}${name}: no`],
    right: [prepared, `${live}${name}: true`, `${live}${name}: "{{ x }}"`, `${off}${name}: false`],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    if (state !== 'off') return []
    return [{ message: `\`${name}\` is off: PostgreSQL is another's`, ...(place && { place }) }]
  },
})
