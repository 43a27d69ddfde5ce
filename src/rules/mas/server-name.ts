import { live } from '../facts/stages.ts'
import { ownText, plainText } from '../facts/values.ts'
import { removeVariable } from '../kit/fix.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_authentication_service_config_matrix_homeserver'
const domain = `${live}matrix_domain: example.test\n`

export const masServerName = defineRule({
  id: 'mas/server-name',
  severity: 'error',
  why: 'The server name is the part of user IDs after the colon. If it differs from the server name of Synapse, syn2mas refuses to run, and MAS would create accounts for another server.',
  remedy: `Remove \`${name}\`: the playbook sets it to \`matrix_domain\`.`,
  examples: {
    wrong: [`${domain}${name}: matrix.example.test`, `${domain}${name}: Example.test`],
    right: [
      domain,
      `${domain}${name}: example.test`,
      `${domain}${name}: "{{ matrix_domain }}"`,
      `${live}${name}: a.test`,
    ],
  },
  check: ({ host }) => {
    const [server, domainText] = [ownText(host, name), plainText(host, 'matrix_domain')?.text]
    if (!server || domainText === undefined || server.text === domainText) return []
    const message = `\`${name}\` differs from \`matrix_domain\``
    return [{ message, place: server.value.place, suggestion: removeVariable(server.definition) }]
  },
})
