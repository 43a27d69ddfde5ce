import type { Host } from '../../inventory/inventory.ts'
import { isUnset, switchAt } from '../facts/values.ts'
import { defineRule, live, off, prepared } from '../kit/rule.ts'

const secure = 'traefik_config_entrypoint_web_secure_enabled'
const forwarded = 'traefik_config_entrypoint_web_forwardedHeaders_'
const insecure = `${forwarded}insecure`
const trusted = `${forwarded}trustedIPs`
const extension = 'traefik_configuration_extension_yaml'
const behind = `${prepared}${secure}: false\n`

export const oneAddress = defineRule({
  id: 'mas/one-address',
  severity: 'warning',
  why: 'TLS ends at a proxy in front of Traefik, and Traefik does not trust the `X-Forwarded-For` header of that proxy. MAS then sees the same address for all users. By default it accepts three logins a minute from one address, and refuses the others (HTTP 429).',
  remedy: `Set \`${trusted}\` to the addresses of the proxy. If only the proxy can reach this entrypoint, \`${insecure}: true\` is enough.`,
  examples: {
    wrong: [behind, `${live}${secure}: no`, `${behind}${insecure}: false`, `${behind}${trusted}: []`],
    right: [
      prepared,
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
    if (state !== 'off' || trustsProxy(host)) return []
    return [{ message: 'Traefik does not trust the forwarded addresses of the proxy in front of it', place }]
  },
})

function trustsProxy(host: Host): boolean {
  const { value } = host.variable(trusted)
  const isNoOne = value === undefined || (value.kind === 'list' && value.items.length === 0)
  const { state } = switchAt(host, insecure)
  return !isNoOne || state === 'on' || state === 'unclear' || !isUnset(host, extension)
}
