import { live, off, prepared } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_playbook_reverse_proxy_type'
/** For these values the playbook writes labels for Traefik (`group_vars/matrix_servers`). */
const withLabels = ['playbook-managed-traefik', 'other-traefik-container']
const routes = '`/_matrix/client/VERSION/login`, `…/logout` and `…/refresh`'

export const ownReverseProxy = defineRule({
  id: 'mas/own-reverse-proxy',
  severity: 'warning',
  why: `The playbook configures only Traefik for MAS. Any other reverse proxy must route requests to MAS itself: the pages of MAS, and after the migration ${routes} (and all paths below) on the host of Synapse. Clients without OpenID Connect log in through these paths, and Synapse no longer answers them.`,
  remedy: `In your reverse proxy, route the address of MAS to MAS now. During the migration, also route ${routes} to MAS, for every VERSION (\`r0\`, \`v3\`). If MAS has a path prefix, add the prefix to these paths.`,
  examples: {
    wrong: [`${prepared}${name}: none`, `${live}${name}: none`, `${live}${name}: other-nginx-non-container`],
    right: [
      live,
      ...withLabels.map(type => `${live}${name}: ${type}`),
      `${live}${name}: "{{ x }}"`,
      `${live}${name}: ''`,
      `${off}${name}: none`,
    ],
  },
  check: ({ host }) => {
    const chosen = ownText(host, name)
    if (!chosen || chosen.text === '' || withLabels.includes(chosen.text)) return []
    const message =
      'the reverse proxy is not Traefik, so you must route login, logout and refresh to MAS yourself'
    return [{ message, place: chosen.value.place }]
  },
})
