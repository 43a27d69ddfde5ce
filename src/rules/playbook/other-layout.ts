import { ownText } from '../facts/values.ts'
import { defineRule, live, prepared, withEach } from '../kit/rule.ts'

/** Paths and names of the playbook that the actions use as they are by default (`defaults/main.yml` of the roles, `group_vars/matrix_servers`). */
const layout: ReadonlyMap<string, string> = new Map([
  ['matrix_base_data_path', '/matrix'],
  ['matrix_synapse_base_path', '/matrix/synapse'],
  ['matrix_authentication_service_base_path', '/matrix/matrix-authentication-service'],
  ['matrix_static_files_base_path', '/matrix/static-files'],
  ['postgres_base_path', '/matrix/postgres'],
  ['postgres_data_path', '/matrix/postgres/data'],
  ['postgres_identifier', 'matrix-postgres'],
])

export const otherLayout = defineRule({
  id: 'playbook/other-layout',
  severity: 'error',
  why: "These actions find the files, containers and units of Synapse, MAS and PostgreSQL by the playbook's default paths and names. With others, actions that connect to the server refuse to run.",
  remedy:
    'Move the data to the default path, and remove the line. A symbolic link or a mount at the default path works too. Or migrate by hand with the guide of the playbook.',
  examples: {
    wrong: [...layout.keys()].map(name => `${prepared}${name}: /srv/other`),
    right: [
      prepared,
      ...[...layout].map(([name, text]) => `${live}${name}: ${text}`),
      ...withEach(live, 'matrix_base_data_path', '/matrix/', '"{{ x }}"'),
    ],
  },
  check: ({ host }) =>
    [...layout].flatMap(([name, text]) => {
      const chosen = ownText(host, name)
      if (!chosen || chosen.text.replace(/\/$/, '') === text) return []
      return [{ message: `\`${name}\` is not \`${text}\``, place: chosen.value.place }]
    }),
})
