import type { Host } from '../../inventory/inventory.ts'
import { defineRule } from '../rule.ts'
import { live } from '../stages.ts'
import { switchAt } from '../switches.ts'
import { ownText } from '../values.ts'
import { ownNames } from '../written.ts'
import { hostnameVariable, masAddress, matrixHost, pathPrefixVariable, serviceHost } from './hostname.ts'

const domain = `${live}matrix_domain: example.test\n`

/** Hostnames of services below the domain (`roles/custom/matrix-base/defaults/main.yml`), with the switch of each. */
const services = [
  ['element', 'matrix_client_element_enabled', 'on'],
  ['hydrogen', 'hydrogen_enabled', 'off'],
  ['cinny', 'cinny_enabled', 'off'],
  ['schildichat', 'matrix_client_schildichat_enabled', 'off'],
  ['fluffychat', 'matrix_client_fluffychat_enabled', 'off'],
  ['etherpad', 'etherpad_enabled', 'off'],
  ['jitsi', 'jitsi_enabled', 'off'],
  ['ntfy', 'ntfy_enabled', 'off'],
] as const

export const masHostnameTaken = defineRule({
  id: 'mas/hostname-taken',
  severity: 'error',
  stages: ['prepared', 'live'],
  why: 'Two services under one address: the reverse proxy gives each request to one of them only, so one of the two cannot be reached.',
  remedy: `Give MAS a host name of its own in \`${hostnameVariable}\`, or leave it on the one of Synapse with a path such as \`/auth\`.`,
  examples: {
    wrong: [
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: etherpad.example.test\n${pathPrefixVariable}: /\netherpad_enabled: true`,
      `${domain}${hostnameVariable}: chat.example.test\n${pathPrefixVariable}: /\ncinny_hostname: chat.example.test`,
    ],
    right: [
      domain,
      `${domain}${hostnameVariable}: auth.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /auth`,
      `${domain}${hostnameVariable}: element.example.test\n${pathPrefixVariable}: /\nmatrix_client_element_enabled: false`,
      `${domain}${hostnameVariable}: etherpad.example.test\n${pathPrefixVariable}: /`,
      `${domain}${hostnameVariable}: "{{ auth }}"\n${pathPrefixVariable}: /`,
      `${domain}${pathPrefixVariable}: /`,
      `${live}${pathPrefixVariable}: /`,
    ],
  },
  check: ({ host }) => {
    const mas = masAddress(host)
    if (mas?.prefix !== '/') return []
    const taken = takenBy(host, mas.hostname)
    if (taken === undefined) return []
    const place =
      ownText(host, hostnameVariable)?.value.place ?? ownText(host, pathPrefixVariable)?.value.place
    return [{ message: `MAS has the whole host of ${taken}`, ...(place && { place }) }]
  },
})

function takenBy(host: Host, hostname: string): string | undefined {
  if (matrixHost(host) === hostname) return undefined
  for (const [name, variable, byDefault] of services) {
    const { state } = switchAt(host, variable)
    const isOn = state === 'on' || (state === 'absent' && byDefault === 'on')
    if (isOn && serviceHost(host, `matrix_server_fqn_${name}`, name) === hostname) return `\`${variable}\``
  }
  return [...ownNames(host)].find(
    name =>
      /_hostname$/.test(name) &&
      !name.startsWith('matrix_authentication_service_') &&
      ownText(host, name)?.text.toLowerCase() === hostname,
  )
}
