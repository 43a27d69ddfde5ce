import { domainVariable } from '../../domain/variables.ts'
import { ownText, plainText } from '../facts/values.ts'
import { removeVariable } from '../kit/fix.ts'
import { defineRule, live, off, prepared, withEach } from '../kit/rule.ts'

const proxyType = 'matrix_playbook_reverse_proxy_type'
/** For these values the playbook writes labels for Traefik (`group_vars/matrix_servers`). */
const withLabels = ['playbook-managed-traefik', 'other-traefik-container']
const own = 'none'
const routes = '`/_matrix/client/VERSION/login`, `…/logout` and `…/refresh`'

/** `tasks/validate_config.yml` of the role `matrix-base`, in both dialects. */
const refused = {
  severity: 'error',
  message: `the playbook refuses this value of \`${proxyType}\``,
  remedy: `Use \`playbook-managed-traefik\`, \`other-traefik-container\` or \`${own}\`. With a web server of your own, use \`playbook-managed-traefik\` to have Traefik behind it, or \`${own}\` to have no Traefik. The playbook describes each in its guide to using your own web server.`,
} as const

export const ownReverseProxy = defineRule({
  id: 'mas/own-reverse-proxy',
  severity: 'warning',
  why: `The playbook configures only Traefik for MAS. If you use another reverse proxy, you must configure these routes to MAS: the pages of MAS, and from the migration on ${routes} (and all paths below) on the host of Synapse. Clients without OpenID Connect log in through these paths, and Synapse no longer answers them.`,
  remedy: `The playbook publishes no port of MAS: for a proxy outside of the containers, set \`matrix_authentication_service_container_extra_arguments: ["--publish=127.0.0.1:8778:8080"]\`. In your reverse proxy, route the address of MAS to MAS. Route ${routes} to Synapse for every VERSION (\`r0\`, \`v3\`), with MAS as the fallback for the status 404, which Synapse answers from the migration on. In nginx: \`proxy_intercept_errors on; error_page 404 = @mas;\`, and, with the default path prefix, \`location @mas { rewrite ^ /auth$uri break; proxy_pass http://127.0.0.1:8778; }\`.`,
  examples: {
    wrong: [
      `${prepared}${proxyType}: ${own}`,
      ...withEach(live, proxyType, own, 'other-nginx-non-container', "''"),
    ],
    right: [
      live,
      ...withLabels.map(type => `${live}${proxyType}: ${type}`),
      `${live}${proxyType}: "{{ x }}"`,
      `${off}${proxyType}: ${own}`,
    ],
  },
  check: ({ host }) => {
    const chosen = ownText(host, proxyType)
    if (!chosen || withLabels.includes(chosen.text)) return []
    const { place } = chosen.value
    if (chosen.text !== own) return [{ ...refused, place }]
    const message =
      'the reverse proxy is not Traefik, so you must route the pages of MAS, login, logout and refresh to MAS yourself'
    return [{ message, place }]
  },
})

const serverName = 'matrix_authentication_service_config_matrix_homeserver'
const domain = `${live}matrix_domain: example.test\n`

export const masServerName = defineRule({
  id: 'mas/server-name',
  severity: 'error',
  why: 'The server name is the part of user IDs after the colon. If it differs from the server name of Synapse, syn2mas refuses to run, and MAS would create accounts for another server.',
  remedy: `Remove \`${serverName}\`: the playbook sets it to \`matrix_domain\`.`,
  examples: {
    wrong: [`${domain}${serverName}: matrix.example.test`, `${domain}${serverName}: Example.test`],
    right: [
      domain,
      ...withEach(domain, serverName, 'example.test', '"{{ matrix_domain }}"'),
      `${live}${serverName}: a.test`,
    ],
  },
  check: ({ host }) => {
    const [server, domainText] = [ownText(host, serverName), plainText(host, domainVariable)?.text]
    if (!server || domainText === undefined || server.text === domainText) return []
    const message = `\`${serverName}\` differs from \`matrix_domain\``
    return [{ message, place: server.value.place, suggestion: removeVariable(server.definition) }]
  },
})
