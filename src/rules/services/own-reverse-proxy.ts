import { defineRule } from '../rule.ts'
import { live, off, prepared } from '../stages.ts'
import { plainText } from '../values.ts'

const name = 'matrix_playbook_reverse_proxy_type'

/** With `none` nobody reads the labels by which logins reach MAS (the role's `templates/labels.j2`). */
export const ownReverseProxy = defineRule({
  id: 'services/own-reverse-proxy',
  severity: 'warning',
  stages: ['prepared', 'live'],
  why: 'Once MAS is live, logins of clients that know no OpenID Connect must reach it instead of Synapse. Traefik reads that off the labels of its container; a proxy of your own has to be told.',
  remedy:
    'Have it lead `/_matrix/client/*/login`, `/logout` (with `/logout/all`) and `/refresh` to MAS, and MAS’s own address to it, at the moment of the switch-over: until then to Synapse.',
  examples: {
    wrong: [`${prepared}${name}: none`, `${live}${name}: "none"`],
    right: [
      live,
      `${live}${name}: playbook-managed-traefik`,
      `${prepared}${name}: other-traefik-container`,
      `${live}${name}: "{{ x }}"`,
      `${off}${name}: none`,
    ],
  },
  check: ({ host }) => {
    const chosen = plainText(host, name)
    if (chosen?.text !== 'none') return []
    return [
      { message: `\`${name}\` is \`none\`: who leads logins to MAS is not known`, place: chosen.value.place },
    ]
  },
})
