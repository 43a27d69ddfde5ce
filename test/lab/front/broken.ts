import { serverHostname } from '../target/target.ts'

/** A way in which the front can be broken while all is well behind it: what root does on the server to break and to heal it. */
export interface BrokenFront {
  /** In words, after "the front". */
  readonly what: string
  readonly breaking: string
  readonly healing: string
}

const file = '/lab/front/broken.yml'

/** Rules for some requests, before all others; the container's labels stay as they are. */
function misrouted(what: string, rule: string, service: object | string, middleware?: object): BrokenFront {
  const router = {
    entryPoints: ['web-secure'],
    priority: 1_000_000,
    rule,
    service: typeof service === 'string' ? service : 'broken',
    ...(middleware && { middlewares: ['broken'] }),
    tls: {},
  }
  const http = {
    routers: { broken: router },
    ...(typeof service === 'string' ? {} : { services: { broken: service } }),
    ...(middleware && { middlewares: { broken: middleware } }),
  }
  return {
    what,
    breaking: `cat >${file} <<'END'\n${JSON.stringify({ http })}\nEND`,
    healing: `rm -f ${file}`,
  }
}

const everything = `Host(\`${serverHostname}\`)`
const homeserver = 'matrix-synapse-reverse-proxy-companion-client-api@docker'
const nowhere = { loadBalancer: { servers: [{ url: 'http://127.0.0.1:9' }] } }
/** Answers `OK` to everything. */
const anotherServer = 'ping@internal'
const notFound = { replacePath: { path: '/not/found' } }

export const brokenFronts = {
  stopped: {
    what: 'is stopped',
    breaking: 'docker stop --time=0 lab-front',
    healing: 'docker start lab-front',
  },
  hangs: {
    what: 'accepts connections and does not answer',
    breaking: 'docker pause lab-front',
    healing: 'docker unpause lab-front',
  },
  'bad-gateway': misrouted('finds nothing behind it (HTTP 502)', everything, nowhere),
  'no-login': misrouted(
    'does not route logins',
    `${everything} && PathRegexp(\`^/_matrix/client/[^/]+/login\`)`,
    homeserver,
    notFound,
  ),
  'no-mas': misrouted(
    'does not route the pages of MAS',
    `${everything} && PathPrefix(\`/auth/\`)`,
    homeserver,
    notFound,
  ),
  'no-authorization': misrouted(
    'removes access tokens',
    `${everything} && !PathPrefix(\`/auth/\`)`,
    homeserver,
    {
      headers: { customRequestHeaders: { Authorization: '' } },
    },
  ),
  redirects: misrouted('redirects to another server', everything, homeserver, {
    redirectRegex: { regex: '^.*$', replacement: 'https://elsewhere.example.test/', permanent: true },
  }),
  'wrong-host': misrouted('answers as another website', everything, anotherServer),
} satisfies Readonly<Record<string, BrokenFront>>
