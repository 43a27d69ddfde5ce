import { defineRule } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { switchAt } from '../switches.ts'

const name = 'postgres_enabled'

/** The role's switch has this name in both checkouts (`defaults/main.yml` of the role postgres). */
export const externalPostgres = defineRule({
  id: 'services/external-postgres',
  severity: 'error',
  stages: ['prepared'],
  why: "These actions back up, rehearse, count and go back by the container of the playbook's own PostgreSQL. With one of your own the rehearsal and the migration stop before they have changed anything.",
  remedy:
    "Migrate by the playbook's guide; or accept this finding, and know that the rehearsal will be refused.",
  examples: {
    wrong: [`${prepared}${name}: false`],
    right: [
      prepared,
      `${prepared}${name}: true`,
      `${prepared}${name}: "{{ x }}"`,
      `${live}${name}: false`,
      `${off}${name}: false`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, name)
    if (state !== 'off') return []
    return [{ message: `\`${name}\` is off: PostgreSQL is not the playbook's own`, ...(place && { place }) }]
  },
})
