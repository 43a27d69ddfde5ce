import { live, off, prepared } from '../facts/stages.ts'
import { ownText } from '../facts/values.ts'
import { defineRule } from '../kit/rule.ts'

const name = 'matrix_playbook_reverse_proxy_type'
/** For these the playbook writes labels that Traefik reads (`group_vars/matrix_servers`). */
const withLabels = ['playbook-managed-traefik', 'other-traefik-container']
const routes = '`/_matrix/client/VERSION/login`, `…/logout` and `…/refresh`'

export const ownReverseProxy = defineRule({
  id: 'mas/own-reverse-proxy',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: `The playbook tells Traefik, and nothing else, how to reach MAS. Behind another reverse proxy nobody leads to MAS what is for it: its own pages, and from the migration on ${routes} (and what is below them) on the host of Synapse, by which clients without OpenID Connect log in. Synapse itself no longer answers those.`,
  remedy: `In your own reverse proxy lead the address of MAS to MAS now, and in the moment of the migration ${routes}, too, for every VERSION (\`r0\`, \`v3\`). Where MAS has a path, put that path before them.`,
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
    const message = 'the reverse proxy is not Traefik: login, logout and refresh must be led to MAS by hand'
    return [{ message, place: chosen.value.place }]
  },
})
