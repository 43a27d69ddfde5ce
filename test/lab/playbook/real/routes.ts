/** What a front of users' makes of the labels of containers: routers with rules as Traefik's, as far as the playbook uses them. */

/** A running container as the engine lists it (`GET /containers/json`). */
export interface RunningContainer {
  readonly Labels: Readonly<Record<string, string>>
  /** For people: `Up 3 seconds (health: starting)`. */
  readonly Status: string
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> }
}

export interface Route {
  readonly name: string
  readonly priority: number
  matches(host: string, path: string): boolean
  /** `http://ADDRESS:PORT`, without a slash at the end. */
  readonly target: string
  readonly prefix: string
}

/**
 * The routers of one entry point, the one to ask first in front. Containers whose health check has not passed count as
 * not there, as with Traefik.
 */
export function routesOf(
  containers: readonly RunningContainer[],
  entryPoint: string,
  network: string,
): Route[] {
  return containers
    .filter(({ Labels, Status }) => Labels['traefik.enable'] === 'true' && !/starting|unhealthy/.test(Status))
    .flatMap(container => routersOf(container, entryPoint, network))
    .sort((one, other) => other.priority - one.priority)
}

function routersOf(
  { Labels, NetworkSettings }: RunningContainer,
  entryPoint: string,
  network: string,
): Route[] {
  const address = NetworkSettings.Networks[network]?.IPAddress
  if (!address) return []
  const names = Object.keys(Labels).flatMap(
    label => /^traefik\.http\.routers\.([^.]+)\.rule$/.exec(label)?.[1] ?? [],
  )
  return names.flatMap(name => {
    const of = (what: string) => Labels[`traefik.http.routers.${name}.${what}`]
    const rule = of('rule') ?? ''
    const port = Labels[`traefik.http.services.${of('service')}.loadbalancer.server.port`]
    if (port === undefined || !(of('entrypoints') ?? '').split(',').includes(entryPoint)) return []
    const prefixes = (of('middlewares') ?? '')
      .split(',')
      .map(middleware => Labels[`traefik.http.middlewares.${middleware}.addprefix.prefix`] ?? '')
    return {
      name,
      // Without one of its own a rule weighs what it is long.
      priority: Number(of('priority') ?? 0) || rule.length,
      matches: matcherOf(rule),
      target: `http://${address}:${port}`,
      prefix: prefixes.join(''),
    }
  })
}

type Matcher = (host: string, path: string) => boolean

/** `Host`, `Path`, `PathPrefix`, `PathRegexp`, joined by `&&` and `||` without brackets. Throws for anything else. */
export function matcherOf(rule: string): Matcher {
  const alternatives = rule.split('||').map(one => one.split('&&').map(part => termOf(part.trim())))
  return (host, path) => alternatives.some(terms => terms.every(term => term(host, path)))
}

function termOf(text: string): Matcher {
  const [, name, value = ''] = /^(\w+)\(`([^`]*)`\)$/.exec(text) ?? []
  if (name === 'Host') return host => host === value
  if (name === 'Path') return (_, path) => path === value
  if (name === 'PathPrefix') return (_, path) => path.startsWith(value)
  if (name === 'PathRegexp') {
    // Go names a group with `?P<`.
    const pattern = new RegExp(value.replaceAll('(?P<', '(?<'))
    return (_, path) => pattern.test(path)
  }
  throw new Error(`a rule that this front does not know: ${text}`)
}
