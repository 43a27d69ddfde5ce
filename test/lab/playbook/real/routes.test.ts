import { describe, expect, it } from 'vitest'
import { matcherOf, type RunningContainer, routesOf } from './routes.ts'

const homeserver: RunningContainer = {
  Status: 'Up 2 minutes',
  NetworkSettings: { Networks: { traefik: { IPAddress: '192.0.2.2' } } },
  Labels: {
    'traefik.enable': 'true',
    'traefik.http.services.client-api.loadbalancer.server.port': '8008',
    'traefik.http.routers.client.rule': 'Host(`matrix.example.test`) && PathPrefix(`/_matrix`)',
    'traefik.http.routers.client.service': 'client-api',
    'traefik.http.routers.client.entrypoints': 'web-secure',
    'traefik.http.routers.federation.rule': 'Host(`matrix.example.test`) && PathPrefix(`/_matrix`)',
    'traefik.http.routers.federation.service': 'client-api',
    'traefik.http.routers.federation.entrypoints': 'matrix-federation',
  },
}

const mas = (Status = 'Up 1 second'): RunningContainer => ({
  Status,
  NetworkSettings: { Networks: { traefik: { IPAddress: '192.0.2.3' } } },
  Labels: {
    'traefik.enable': 'true',
    'traefik.http.services.mas.loadbalancer.server.port': '8080',
    'traefik.http.middlewares.mas-add-prefix.addprefix.prefix': '/auth',
    'traefik.http.routers.compat.rule':
      'Host(`matrix.example.test`) && PathRegexp(`^/_matrix/client/(?P<version>([^/]+))/(?P<endpoint>(login|logout))`)',
    'traefik.http.routers.compat.service': 'mas',
    'traefik.http.routers.compat.middlewares': 'mas-add-prefix',
    'traefik.http.routers.compat.entrypoints': 'web-secure',
  },
})

const login = '/_matrix/client/v3/login'

function leadsTo(containers: RunningContainer[], path: string): string | undefined {
  const route = routesOf(containers, 'web-secure', 'traefik').find(each =>
    each.matches('matrix.example.test', path),
  )
  return route && `${route.target}${route.prefix}`
}

describe('the front', () => {
  it('sends logins to MAS while a MAS with the labels runs, otherwise to the homeserver', () => {
    expect(leadsTo([homeserver, mas()], login)).toBe('http://192.0.2.3:8080/auth')
    expect(leadsTo([homeserver], login)).toBe('http://192.0.2.2:8008')
    expect(leadsTo([homeserver, mas()], '/_matrix/client/v3/sync')).toBe('http://192.0.2.2:8008')
  })

  it('sends nothing to a container that is not healthy yet', () => {
    expect(leadsTo([homeserver, mas('Up 1 second (health: starting)')], login)).toBe('http://192.0.2.2:8008')
    expect(leadsTo([homeserver, mas('Up 1 minute (healthy)')], login)).toBe('http://192.0.2.3:8080/auth')
  })

  it('uses only routers of its own entry point and network', () => {
    expect(routesOf([homeserver], 'web-secure', 'traefik').map(({ name }) => name)).toEqual(['client'])
    expect(routesOf([homeserver], 'web-secure', 'other')).toEqual([])
  })

  it('knows alternatives, and says which rule it does not know', () => {
    const matches = matcherOf('Host(`a`) && Path(`/x`) || Host(`b`)')
    expect([matches('a', '/x'), matches('a', '/y'), matches('b', '/y')]).toEqual([true, false, true])
    expect(() => matcherOf('Header(`a`)')).toThrow('Header(`a`)')
  })
})
