import type { Host } from '../../inventory/inventory.ts'
import {
  hostnameVariable,
  masAddress,
  matrixHost,
  pathPrefixVariable,
  serviceHost,
} from '../facts/hostname.ts'
import { isUnset, ownText, switchAt } from '../facts/values.ts'
import { ownNames } from '../facts/written.ts'
import { defineRule, live } from '../kit/rule.ts'

const domain = `${live}matrix_domain: example.test\n`

interface Service {
  /** The variable that enables it. The default is off, except for Element. */
  readonly enabled: string
  readonly hostname: string
  readonly subdomain: string
  /** The variable that the hostname is derived from, if there is one. */
  readonly fqn?: string
  /** The service whose hostname is its parent, in place of the domain. */
  readonly below?: Service
}

const service = (name: string, subdomain: string, fqn?: string): Service => ({
  enabled: `${name}_enabled`,
  hostname: `${name}_hostname`,
  subdomain,
  ...(fqn !== undefined && { fqn: `matrix_server_fqn_${fqn}` }),
})
const element = service('matrix_client_element', 'element', 'element')

/**
 * Services with their own hostname below the domain, by the variable names of today and of 2024: `group_vars/matrix_servers`,
 * `roles/custom/matrix-base/defaults/main.yml` and the defaults of the clients' roles.
 */
export const services: readonly Service[] = [
  element,
  service('matrix_client_schildichat', 'schildichat', 'schildichat'),
  service('matrix_client_fluffychat', 'fluffychat', 'fluffychat'),
  service('matrix_client_commet', 'commet'),
  service('hydrogen', 'hydrogen', 'hydrogen'),
  service('matrix_client_hydrogen', 'hydrogen', 'hydrogen'),
  service('cinny', 'cinny', 'cinny'),
  service('matrix_client_cinny', 'cinny', 'cinny'),
  service('sable', 'sable', 'sable'),
  { ...service('matrix_element_call', 'call'), below: element },
  { ...service('matrix_element_admin', 'admin'), below: element },
  service('etherpad', 'etherpad', 'etherpad'),
  service('jitsi', 'jitsi', 'jitsi'),
  service('ntfy', 'ntfy', 'ntfy'),
  service('grafana', 'stats', 'grafana'),
  service('matrix_sygnal', 'sygnal', 'sygnal'),
  service('matrix_rageshake', 'rageshake', 'rageshake'),
  service('matrix_matrixto', 'mt', 'matrixto'),
  service('matrix_bot_buscarron', 'buscarron', 'buscarron'),
  service('matrix_bot_go_neb', 'goneb', 'bot_go_neb'),
  service('matrix_dimension', 'dimension', 'dimension'),
  service('matrix_bridge_mautrix_wsproxy', 'wsproxy'),
  service('matrix_mautrix_wsproxy', 'wsproxy'),
]

export const masHostnameTaken = defineRule({
  id: 'mas/hostname-taken',
  severity: 'error',
  why: 'Two services use the same address. The reverse proxy sends each request to only one of them, so the other one is unreachable.',
  remedy: `Give MAS its own host name in \`${hostnameVariable}\`, or keep it on the host name of Synapse with a path such as \`/auth\`.`,
  examples: {
    wrong: [
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: etherpad.example.test\n${pathPrefixVariable}: /\netherpad_enabled: true`,
      `${domain}${hostnameVariable}: stats.example.test\n${pathPrefixVariable}: /\ngrafana_enabled: true`,
      `${domain}${hostnameVariable}: push.example.test\n${pathPrefixVariable}: /\nntfy_enabled: true\nmatrix_server_fqn_ntfy: push.example.test`,
      `${domain}${hostnameVariable}: chat.example.test\n${pathPrefixVariable}: /\ncinny_hostname: chat.example.test`,
    ],
    right: [
      domain,
      `${domain}${hostnameVariable}: auth.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /auth`,
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /\nmatrix_client_element_enabled: false`,
      `${domain}${hostnameVariable}: etherpad.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: stats.example.test\n${pathPrefixVariable}: /\ngrafana_enabled: true\ngrafana_hostname: g.example.test`,
      `${domain}${hostnameVariable}: "{{ auth }}"\n${pathPrefixVariable}: /`,
      `${domain}${pathPrefixVariable}: /`,
      `${live}${pathPrefixVariable}: /`,
    ],
  },
  check: ({ host }) => {
    const mas = masAddress(host)
    if (mas?.prefix !== '/') return []
    const owner = ownerOf(host, mas.hostname)
    if (owner === undefined) return []
    const place =
      ownText(host, hostnameVariable)?.value.place ?? ownText(host, pathPrefixVariable)?.value.place
    return [{ message: `MAS uses the same host name as the service of \`${owner}\``, place }]
  },
})

function ownerOf(host: Host, hostname: string): string | undefined {
  if (matrixHost(host) === hostname) return undefined
  const owner = services.find(service => isOn(host, service) && hostnameOf(host, service) === hostname)
  if (owner) return owner.enabled
  return [...ownNames(host)].find(
    name =>
      /_hostname$/.test(name) &&
      !name.startsWith('matrix_authentication_service_') &&
      ownText(host, name)?.text.toLowerCase() === hostname,
  )
}

function isOn(host: Host, { enabled }: Service): boolean {
  const { state } = switchAt(host, enabled)
  return state === 'on' || (state === 'absent' && enabled === element.enabled)
}

function hostnameOf(host: Host, { hostname, fqn, subdomain, below }: Service): string | undefined {
  if (!below || !isUnset(host, hostname)) {
    return serviceHost(host, isUnset(host, hostname) ? (fqn ?? hostname) : hostname, subdomain)
  }
  const parent = serviceHost(host, below.fqn ?? below.hostname, below.subdomain)
  return parent === undefined ? undefined : `${subdomain}.${parent}`
}
