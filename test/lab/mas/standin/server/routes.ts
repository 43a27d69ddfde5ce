import type { Resource } from '../http-config.ts'
import { login, loginFlows, logout, logoutAll, refresh } from './compat.ts'
import type { Context } from './context.ts'
import { keys, openidConfiguration } from './discovery.ts'
import { introspect } from './introspection.ts'
import type { Reply, Request } from './respond.ts'

interface Route {
  readonly resource: Resource
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  readonly handle: (context: Context, request: Request) => Reply | Promise<Reply>
}

/** `/_matrix/client/…/login` in each version that MAS answers. */
function client(path: string): RegExp {
  return new RegExp(`^/_matrix/client/(?:r0|v1|v3|unstable)/${path}$`)
}

const notHere: Reply = { status: 501, body: "The lab's stand-in for MAS does not do this" }

const loginPage: Reply = {
  status: 200,
  body: "<!DOCTYPE html><title>Sign in</title><p>The lab's stand-in for MAS has no page to sign in</p>",
  contentType: 'text/html; charset=utf-8',
}
/** To a request without the parameters of OAuth 2. */
const noParameters: Reply = { status: 400, body: 'Failed to deserialize form' }

async function health({ pool }: Context): Promise<Reply> {
  await pool.query('SELECT 1')
  return { status: 200, body: 'ok' }
}

const routes: readonly Route[] = [
  { resource: 'health', method: 'GET', path: /^\/health$/, handle: health },
  {
    resource: 'discovery',
    method: 'GET',
    path: /^\/\.well-known\/openid-configuration$/,
    handle: openidConfiguration,
  },
  { resource: 'oauth', method: 'GET', path: /^\/oauth2\/keys\.json$/, handle: keys },
  { resource: 'oauth', method: 'POST', path: /^\/oauth2\/introspect$/, handle: introspect },
  { resource: 'oauth', method: 'POST', path: /^\/oauth2\//, handle: () => notHere },
  { resource: 'compat', method: 'GET', path: client('login'), handle: loginFlows },
  { resource: 'compat', method: 'POST', path: client('login'), handle: login },
  { resource: 'compat', method: 'POST', path: client('logout'), handle: logout },
  { resource: 'compat', method: 'POST', path: client('logout/all'), handle: logoutAll },
  { resource: 'compat', method: 'POST', path: client('refresh'), handle: refresh },
  { resource: 'compat', method: 'GET', path: client('login/sso/.*'), handle: () => notHere },
  { resource: 'human', method: 'GET', path: /^\/login$/, handle: () => loginPage },
  { resource: 'human', method: 'GET', path: /^\/authorize$/, handle: () => noParameters },
  {
    resource: 'human',
    method: 'GET',
    path: /^\/(?:$|account|register)/,
    handle: () => notHere,
  },
]

/** The first route of the listener's resources that fits. */
export async function route(
  context: Context,
  resources: readonly Resource[],
  request: Request,
): Promise<Reply> {
  const here = routes.filter(({ resource, path }) => resources.includes(resource) && path.test(request.path))
  if (here.length === 0) return { status: 404, body: 'Not found' }
  if (request.method === 'OPTIONS') return { status: 200, body: '' }
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = here.find(candidate => candidate.method === method)
  return found === undefined ? { status: 405, body: '' } : found.handle(context, request)
}
