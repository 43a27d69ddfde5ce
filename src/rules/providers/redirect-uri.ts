import type { Host } from '../../inventory/inventory.ts'
import { isUlid } from '../../mas/providers/provider-mapping.ts'
import { masAddress } from '../facts/hostname.ts'
import { eachProvider, otherId, type Provider, providersVariable, publicClient } from '../facts/providers.ts'
import { live, prepared } from '../facts/stages.ts'
import { isUnset } from '../facts/values.ts'
import { defineRule, type HostContext } from '../kit/rule.ts'

const domain = 'matrix_domain: example.test\n'
const list = (...lines: readonly string[]) => `${domain}${providersVariable}:\n  - ${lines.join('\n    ')}\n`
const one = list(...publicClient)

export const providerRedirectUri = defineRule({
  id: 'providers/redirect-uri',
  severity: 'notice',
  stages: ['prepared', 'live'],
  why: 'People come back from the service to an address of MAS with the id of the provider in it; that of Synapse is another. The service refuses a login whose redirect URI it does not know, and nobody can log in by it.',
  remedy:
    'Register it at the service, for the client that the provider names, before people are to log in by it; before the migration beside the address of Synapse.',
  examples: {
    wrong: [
      prepared + one,
      { base: prepared, vars: prepared + one },
      { base: live + one, vars: live + list(otherId, ...publicClient.slice(1)) },
      prepared + one.replace(domain, ''),
      prepared + list('id: "{{ x }}"', ...publicClient.slice(1)),
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
      const uri = `${base}/upstream/callback/${isUlid(ulid) && /[A-Z]/.test(ulid) ? ulid : 'ID'}`
      const place = (part('id') ?? value).place
      return { message: `the redirect URI of ${name} must be known to its service: \`${uri}\``, place }
    })
  },
})

/** Those that the change brings; without a base those of a host that has yet to migrate. */
function newProviders({ host, stage, base }: HostContext): readonly Provider[] {
  const used = eachProvider(host).filter(({ part }) => {
    const enabled = part('enabled')
    return enabled?.kind !== 'boolean' || enabled.value
  })
  if (!base) return stage.stage === 'prepared' ? used : []
  if (!base.host) return used
  const before = base.host.variable(providersVariable)
  if (before.state !== 'absent' && before.value?.kind !== 'list') return []
  const ids = new Set(eachProvider(base.host).map(({ text }) => text('id')))
  return used.filter(({ text }) => !ids.has(text('id')))
}

const publicBase = 'matrix_authentication_service_config_http_public_base'

/** Where MAS is for people, without a slash at the end (`…_config_http_public_base` of the playbook); its form where that cannot be told. */
function baseOf(host: Host): string {
  const { hostname, prefix } = (isUnset(host, publicBase) && masAddress(host)) || {}
  const isAddress =
    hostname !== undefined &&
    /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) &&
    /^\/[\w./~-]*$/.test(prefix ?? '')
  return isAddress ? `https://${hostname}${prefix === '/' ? '' : prefix}` : 'https://HOST/PREFIX'
}
