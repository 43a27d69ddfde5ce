import type { Host } from '../../inventory/inventory.ts'
import type { Value } from '../../inventory/value.ts'
import { inMas } from '../facts/extensions.ts'
import { isUnset, switchAt, whereWrong } from '../facts/values.ts'
import { defineRule, live, off, prepared, withEach } from '../kit/rule.ts'

const secure = 'traefik_config_entrypoint_web_secure_enabled'
const forwarded = 'traefik_config_entrypoint_web_forwardedHeaders_'
const insecure = `${forwarded}insecure`
const trusted = `${forwarded}trustedIPs`
const ofMas = 'matrix_authentication_service_config_http_trusted_proxies'
const extension = 'traefik_configuration_extension_yaml'
const behind = `${prepared}${secure}: false\n`

export const oneAddress = defineRule({
  id: 'mas/one-address',
  severity: 'warning',
  why: 'MAS finds the address of a user in the `X-Forwarded-For` header, if it trusts Traefik, and Traefik trusts the proxy in front of it where TLS ends. Otherwise MAS sees the same address for all users. By default it accepts three logins a minute from one address, and refuses the others (HTTP 429).',
  remedy: `Set \`${trusted}\` to the addresses of the proxy. If only the proxy can reach this entrypoint, \`${insecure}: true\` is enough. Keep the private networks in \`${ofMas}\`.`,
  examples: {
    wrong: [
      behind,
      `${live}${secure}: no`,
      `${behind}${insecure}: false`,
      `${behind}${trusted}: []`,
      ...withEach(live, ofMas, '[]', '[203.0.113.9/32]'),
      live + inMas('http:', '  trusted_proxies: []'),
    ],
    right: [
      prepared,
      ...withEach(live, ofMas, '[172.16.0.0/12, 203.0.113.9/32]', '"{{ x }}"', '["{{ x }}"]', '[0.0.0.0/0]'),
      `${live}${secure}: true`,
      `${behind}${insecure}: true`,
      `${behind}${trusted}: ['127.0.0.1']`,
      `${behind}${trusted}: "{{ proxies }}"`,
      `${behind}${extension}: |\n  entryPoints: {}\n`,
      `${off}${secure}: false`,
      `${prepared}${secure}: "{{ x }}"`,
    ],
  },
  check: ({ host }) => {
    const { state, place } = switchAt(host, secure)
    const message = 'Traefik does not trust the forwarded addresses of the proxy in front of it'
    return [
      ...(state === 'off' && !trustsProxy(host) ? [{ message, place }] : []),
      ...whereWrong(host, ofMas, value =>
        trustsContainers(value) ? undefined : 'has no network of containers, so MAS does not trust Traefik',
      ),
    ]
  },
})

/** Docker gives containers addresses of the private networks. */
function trustsContainers(value: Value): boolean {
  if (value.kind !== 'list') return true
  return value.items.some(
    item => item.kind !== 'string' || /^(?:10|172|192\.168|0|fd|::\/0)/.test(item.value),
  )
}

function trustsProxy(host: Host): boolean {
  const { value } = host.variable(trusted)
  const isNoOne = value === undefined || (value.kind === 'list' && value.items.length === 0)
  const { state } = switchAt(host, insecure)
  return !isNoOne || state === 'on' || state === 'unclear' || !isUnset(host, extension)
}
