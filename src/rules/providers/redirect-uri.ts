import type { Host } from '../../inventory/inventory.ts'
import { isUlid } from '../../mas/providers/provider-mapping.ts'
import { masAddress } from '../facts/hostname.ts'
import { eachProvider, otherId, type Provider, providersVariable, publicClient } from '../facts/providers.ts'
import { defineRule, type HostContext, live, prepared, vault } from '../kit/rule.ts'

const domain = 'matrix_domain: example.test\n'
const list = (...lines: readonly string[]) => `${domain}${providersVariable}:\n  - ${lines.join('\n    ')}\n`
const one = list(...publicClient)

export const providerRedirectUri = defineRule({
  id: 'providers/redirect-uri',
  severity: 'notice',
  why: 'After a login, the service redirects users to a URL of MAS that contains the id of the provider. This URL differs from the one of Synapse. The service rejects logins with an unregistered redirect URI.',
  remedy:
    'Register the redirect URI at the service, for the client of this provider. Do this before the migration. Keep the redirect URI of Synapse until the migration is done. Then change the back-channel logout URL, if the service has one: until then, a logout there ends no session of Matrix.',
  examples: {
    wrong: [
      prepared + one,
      { base: prepared, vars: prepared + one },
      { base: { vars: prepared, files: vault }, vars: prepared + one, files: vault },
      { base: live + one, vars: live + list(otherId, ...publicClient.slice(1)) },
      prepared + one.replace(domain, ''),
      prepared + list('id: "{{ x }}"', ...publicClient.slice(1)),
      prepared + list(...publicClient, 'on_backchannel_logout: logout_all'),
    ],
    right: [
      { base: prepared + one, vars: prepared + one },
      { base: prepared + one, vars: live + one },
      live + one,
      { base: `${prepared}${providersVariable}: "{{ x }}"`, vars: prepared + one },
      prepared + list(...publicClient, 'enabled: false'),
      `${prepared}${providersVariable}: []`,
    ],
  },
  check: context => {
    const { host } = context
    const base = baseOf(host)
    return newProviders(context).map(({ name, part, text, value }) => {
      const ulid = text('id') ?? ''
      const uri = (route: string) =>
        `\`${base}/upstream/${route}/${isUlid(ulid) && /[A-Z]/.test(ulid) ? ulid : 'ID'}\``
      const place = (part('id') ?? value).place
      const message = `the redirect URI of ${name} must be registered at its service: ${uri('callback')}`
      const endsSessions = ![undefined, 'do_nothing'].includes(text('on_backchannel_logout'))
      return endsSessions
        ? { message: `${message}; its back-channel logout URL becomes ${uri('backchannel-logout')}`, place }
        : { message, place }
    })
  },
})

/** Without a base, every provider of a host that is not yet migrated is new. */
function newProviders({ host, stage, base }: HostContext): readonly Provider[] {
  const used = eachProvider(host).filter(({ part }) => {
    const enabled = part('enabled')
    return enabled?.kind !== 'boolean' || enabled.value
  })
  if (!base) return stage.stage === 'prepared' ? used : []
  if (!base.host) return used
  const before = base.host.variable(providersVariable)
  if (before.value && before.value.kind !== 'list') return []
  const ids = new Set(eachProvider(base.host).map(({ text }) => text('id')))
  return used.filter(({ text }) => !ids.has(text('id')))
}

/** The public URL of MAS (`…_config_http_public_base` of the playbook) without a trailing slash. A placeholder if it is unknown. */
function baseOf(host: Host): string {
  const { hostname, prefix } = masAddress(host) ?? {}
  const isAddress =
    hostname !== undefined &&
    /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) &&
    /^\/[\w./~-]*$/.test(prefix ?? '')
  return isAddress ? `https://${hostname}${prefix === '/' ? '' : prefix}` : 'https://HOST/PREFIX'
}
