import type { RootConfig } from './config.ts'
import { isMapping, Section } from './yaml-values.ts'

const resources = [
  'health',
  'discovery',
  'human',
  'oauth',
  'compat',
  'graphql',
  'assets',
  'adminapi',
] as const
export type Resource = (typeof resources)[number]

export interface Bind {
  readonly host?: string
  readonly port?: number
  readonly socket?: string
}

export interface Listener {
  readonly name: string
  readonly resources: readonly Resource[]
  /** Without a slash at its end: `/auth`, or empty. */
  readonly prefix: string
  readonly binds: readonly Bind[]
}

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface HttpConfig {
  /** With a slash at the end. */
  readonly publicBase: string
  readonly issuer: string
  readonly listeners: readonly Listener[]
  readonly trustedProxies: readonly string[]
}

const loopbackAndPrivate = [
  '192.168.0.0/16',
  '172.16.0.0/12',
  '10.0.0.0/10',
  '127.0.0.1/8',
  'fd00::/8',
  '::1/128',
]
const defaultListeners: readonly Listener[] = [
  {
    name: 'web',
    resources: ['discovery', 'human', 'oauth', 'compat', 'graphql', 'assets'],
    prefix: '',
    binds: [{ host: '::', port: 8080 }],
  },
  { name: 'internal', resources: ['health'], prefix: '', binds: [{ host: 'localhost', port: 8081 }] },
]

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

export function httpConfig(root: RootConfig): HttpConfig {
  const raw = root.values.http
  const values = new Section(isMapping(raw) ? raw : {}, '', 'http', root.file)
  const publicBase = withSlash(new URL(values.text('public_base') ?? 'http://[::]:8080/').href)
  const issuer = values.text('issuer')
  const proxies = values.raw('trusted_proxies')
  return {
    publicBase,
    issuer: issuer === undefined ? publicBase : new URL(issuer).href,
    listeners: values.has('listeners') ? values.list('listeners').map(listener) : defaultListeners,
    trustedProxies: Array.isArray(proxies)
      ? proxies.filter(range => typeof range === 'string')
      : loopbackAndPrivate,
  }
}

function listener(values: Section): Listener {
  return {
    name: values.text('name') ?? 'web',
    resources: values.list('resources').flatMap(item => {
      const name = item.text('name')
      const known = resources.find(resource => resource === name)
      return known === undefined ? [] : [known]
    }),
    prefix: (values.text('prefix') ?? '').replace(/\/+$/, ''),
    binds: values.list('binds').map(bind),
  }
}

function bind(values: Section): Bind {
  const socket = values.text('socket')
  if (socket !== undefined) return { socket }
  const address = values.text('address')
  if (address === undefined) return { host: values.text('host') ?? '::', port: values.number('port') ?? 8080 }
  const split = address.lastIndexOf(':')
  return { host: address.slice(0, split).replace(/^\[|\]$/g, ''), port: Number(address.slice(split + 1)) }
}

/** `rate_limiting.login`: by default three at once and three a minute for an address, 1,800 an hour for an account. */
export function loginRates(root: RootConfig): { perIp: Rate; perAccount: Rate } {
  const raw = root.values.rate_limiting
  const login = new Section(isMapping(raw) ? raw : {}, '', 'rate_limiting', root.file).section('login')
  return {
    perIp: rate(login.section('per_ip'), { burst: 3, perSecond: 3 / 60 }),
    perAccount: rate(login.section('per_account'), { burst: 1800, perSecond: 1800 / 3600 }),
  }
}

function rate(values: Section, byDefault: Rate): Rate {
  const burst = values.number('burst') ?? byDefault.burst
  return { burst, perSecond: values.number('per_second') ?? byDefault.perSecond }
}
