/**
 * A stand-in for GitHub's REST API, on loopback: issues, comments, labels' search, checks, contents and pulls of one
 * repository in memory. Every request is checked against GitHub's public OpenAPI description. It does not do: permissions of
 * tokens, rate limits, webhooks, rendering, pagination links, anything else.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { linesAfter } from '../../../src/github/pull-requests.ts'
import { member } from '../../../src/support/json.ts'
import { type ApiRequest, checkRequest, templateOf } from './description.ts'

export interface StoredComment {
  readonly id: number
  readonly issue: number
  body: string
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' }
}

export interface StoredIssue {
  readonly number: number
  title: string
  body: string
  state: 'open' | 'closed'
  labels: string[]
  readonly user: StoredComment['user']
  readonly created_at: string
}

export interface StoredLineComment {
  readonly pull: number
  readonly path: string
  readonly line: number
  readonly body: string
  readonly user: StoredComment['user']
}

export interface StoredCheck {
  readonly id: number
  readonly fields: Record<string, unknown>
}

export interface LocalGitHub {
  readonly url: string
  readonly token: string
  readonly issues: StoredIssue[]
  readonly comments: StoredComment[]
  readonly checks: StoredCheck[]
  readonly pulls: Record<string, unknown>[]
  /** The files of pull requests, and the comments on their lines, by number. */
  readonly diffs: Map<number, readonly { readonly filename: string; readonly patch?: string }[]>
  readonly lineComments: StoredLineComment[]
  /** Statuses of commits, oldest first. */
  readonly statuses: Record<string, unknown>[]
  /** Trees that were made, and branches. */
  readonly trees: Record<string, unknown>[]
  readonly refs: Map<string, string>
  /** Every request that came, in order. */
  readonly requests: ApiRequest[]
  /** What GitHub's description of its API found wrong; a test requires that it is empty. */
  readonly complaints: string[]
  close(): Promise<void>
}

type Answer = { readonly status: number; readonly body: unknown }
type Handler = (ids: readonly string[], request: ApiRequest) => Answer

const bot = { login: 'github-actions[bot]', type: 'Bot' as const }
const notFound: Answer = { status: 404, body: { message: 'Not Found' } }

function fields(request: ApiRequest): Record<string, unknown> {
  return typeof request.body === 'object' && request.body !== null
    ? (request.body as Record<string, unknown>)
    : {}
}

function paged<T>(items: readonly T[], query: ReadonlyMap<string, string>): T[] {
  const size = Number(query.get('per_page') ?? 30)
  const start = (Number(query.get('page') ?? 1) - 1) * size
  return items.slice(start, start + size)
}

type Store = Pick<
  LocalGitHub,
  'issues' | 'comments' | 'checks' | 'pulls' | 'diffs' | 'lineComments' | 'statuses' | 'trees' | 'refs'
>

function issueHandlers(store: Store): Record<string, Handler> {
  const withNumber = (ids: readonly string[]) => store.issues.find(issue => issue.number === Number(ids[2]))
  const shown = (issue: StoredIssue) => ({ ...issue, labels: issue.labels.map(name => ({ name })) })
  return {
    'GET /repos/{owner}/{repo}/issues': (_ids, { query }) => {
      const label = query.get('labels')
      const state = query.get('state') ?? 'open'
      const found = store.issues.filter(
        issue => (state === 'all' || issue.state === state) && (!label || issue.labels.includes(label)),
      )
      return { status: 200, body: paged(found.map(shown), query) }
    },
    'POST /repos/{owner}/{repo}/issues': (_ids, request) => {
      const { title, body, labels } = fields(request)
      const number = store.issues.length + store.pulls.length + 1
      const names = Array.isArray(labels) ? labels.map(String) : []
      const issue: StoredIssue = {
        number,
        title: String(title),
        body: String(body ?? ''),
        state: 'open',
        labels: names,
        user: bot,
        created_at: new Date().toISOString(),
      }
      store.issues.push(issue)
      return { status: 201, body: shown(issue) }
    },
    'PATCH /repos/{owner}/{repo}/issues/{issue_number}': (ids, request) => {
      const issue = withNumber(ids)
      if (!issue) return notFound
      Object.assign(issue, fields(request))
      return { status: 200, body: shown(issue) }
    },
  }
}

function commentHandlers(store: Store): Record<string, Handler> {
  return {
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': (ids, { query }) => ({
      status: 200,
      body: paged(
        store.comments.filter(comment => comment.issue === Number(ids[2])),
        query,
      ),
    }),
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': (ids, request) => {
      const comment: StoredComment = {
        id: Math.max(0, ...store.comments.map(({ id }) => id)) + 1,
        issue: Number(ids[2]),
        body: String(fields(request).body),
        user: bot,
      }
      store.comments.push(comment)
      return { status: 201, body: comment }
    },
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': (ids, request) => {
      const comment = store.comments.find(({ id }) => id === Number(ids[2]))
      if (!comment) return notFound
      comment.body = String(fields(request).body)
      return { status: 200, body: comment }
    },
    'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': ids => {
      const index = store.comments.findIndex(({ id }) => id === Number(ids[2]))
      if (index < 0) return notFound
      store.comments.splice(index, 1)
      return { status: 204, body: undefined }
    },
  }
}

/** Like GitHub, it refuses a whole review with a comment on a line that the diff does not show. */
function reviewHandlers(store: Store): Record<string, Handler> {
  const shows = (pull: number, path: unknown, line: unknown) =>
    store.diffs
      .get(pull)
      ?.some(({ filename, patch = '' }) => filename === path && linesAfter(patch).has(Number(line))) ?? false
  return {
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/files': (ids, { query }) => ({
      status: 200,
      body: paged(store.diffs.get(Number(ids[2])) ?? [], query),
    }),
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments': (ids, { query }) => ({
      status: 200,
      body: paged(
        store.lineComments.filter(({ pull }) => pull === Number(ids[2])),
        query,
      ),
    }),
    'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews': (ids, request) => {
      const pull = Number(ids[2])
      const { comments } = fields(request)
      const added = (Array.isArray(comments) ? comments : []).map(each => ({
        ...(each as StoredLineComment),
        pull,
        user: bot,
      }))
      if (added.some(({ path, line }) => !shows(pull, path, line)))
        return { status: 422, body: { message: 'Line could not be resolved' } }
      store.lineComments.push(...added)
      return { status: 200, body: { id: store.lineComments.length } }
    },
  }
}

function otherHandlers(store: Store, contents: ReadonlyMap<string, string>): Record<string, Handler> {
  return {
    'POST /repos/{owner}/{repo}/check-runs': (_ids, request) => {
      const check = { id: store.checks.length + 1, fields: fields(request) }
      store.checks.push(check)
      return { status: 201, body: { id: check.id, ...check.fields } }
    },
    'POST /repos/{owner}/{repo}/statuses/{sha}': (ids, request) => {
      const status = { sha: ids[2], ...fields(request) }
      store.statuses.push(status)
      return { status: 201, body: status }
    },
    'GET /repos/{owner}/{repo}/contents/{path}': ids => {
      const path = decodeURIComponent(ids[2] ?? '')
      const text = contents.get(path)
      if (text === undefined) return notFound
      const content = Buffer.from(text).toString('base64')
      return { status: 200, body: { type: 'file', encoding: 'base64', path, content } }
    },
    'GET /repos/{owner}/{repo}/pulls': (_ids, { query }) => ({
      status: 200,
      body: paged(
        store.pulls.filter(pull => !query.has('state') || pull.state === query.get('state')),
        query,
      ),
    }),
    'GET /repos/{owner}/{repo}/pulls/{pull_number}': ids => {
      const pull = store.pulls.find(({ number }) => number === Number(ids[2]))
      return pull ? { status: 200, body: pull } : notFound
    },
    'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': (ids, { query }) => ({
      status: 200,
      body: paged(
        store.pulls.filter(pull => JSON.stringify(pull).includes(ids[2] ?? '')),
        query,
      ),
    }),
    // The branch has not moved since the pull request was opened.
    'GET /repos/{owner}/{repo}/compare/{basehead}': ids => {
      const [base, head] = decodeURIComponent(ids[2] ?? '').split('...')
      const pull = store.pulls.find(each => JSON.stringify(each).includes(head ?? ''))
      const sha = member(pull, 'base', 'ref') === base ? member(pull, 'base', 'sha') : undefined
      return sha === undefined ? notFound : { status: 200, body: { merge_base_commit: { sha } } }
    },
    'POST /repos/{owner}/{repo}/git/trees': (_ids, request) => {
      store.trees.push(fields(request))
      return { status: 201, body: { sha: String(store.trees.length).padStart(40, '0') } }
    },
    'POST /repos/{owner}/{repo}/git/commits': () => ({ status: 201, body: { sha: 'c'.repeat(40) } }),
    'POST /repos/{owner}/{repo}/git/refs': (_ids, request) => {
      const { ref, sha } = fields(request)
      if (store.refs.has(String(ref))) return { status: 422, body: { message: 'Reference already exists' } }
      store.refs.set(String(ref), String(sha))
      return { status: 201, body: { ref } }
    },
    'POST /repos/{owner}/{repo}/pulls': (_ids, request) => {
      const { title, body, head, base } = fields(request)
      const pull = {
        ...{ number: store.issues.length + store.pulls.length + 1, state: 'open', title, body, user: bot },
        ...{ head: { ref: head }, base: { ref: base } },
      }
      store.pulls.push(pull)
      return { status: 201, body: pull }
    },
  }
}

async function read(message: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(message.url ?? '/', 'http://local')
  let text = ''
  for await (const chunk of message) text += chunk
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: new Map(url.searchParams),
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  }
}

/** The values of a path's `{…}`, in order. */
function idsOf(template: string, path: string): string[] {
  const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '([^/]+)')}$`)
  return [...(pattern.exec(path) ?? [])].slice(1)
}

/**
 * Starts a local GitHub on a free loopback port, holding the given files in its one repository.
 * @param stored What an earlier one held.
 */
export async function startLocalGitHub(
  contents: ReadonlyMap<string, string> = new Map(),
  stored: Partial<Store> = {},
): Promise<LocalGitHub> {
  const token = 'ghs_local-github-token'
  const store: Store = {
    issues: [],
    comments: [],
    checks: [],
    pulls: [],
    diffs: new Map(),
    lineComments: [],
    statuses: [],
    trees: [],
    refs: new Map(),
    ...stored,
  }
  const handlers = {
    ...issueHandlers(store),
    ...commentHandlers(store),
    ...reviewHandlers(store),
    ...otherHandlers(store, contents),
  }
  const requests: ApiRequest[] = []
  const complaints: string[] = []

  const answer = (request: ApiRequest, authorization: string | undefined): Answer => {
    requests.push(request)
    if (authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Bad credentials' } }
    const wrong = checkRequest(request)
    complaints.push(...wrong)
    if (wrong.length > 0) return { status: 422, body: { message: wrong.join('; ') } }
    const template = templateOf(request.path) ?? ''
    const handler = handlers[`${request.method} ${template}`]
    return handler ? handler(idsOf(template, request.path), request) : notFound
  }

  const server = createServer(async (message, response) => {
    const isGraphQl = message.url === '/graphql' && message.headers.authorization === `Bearer ${token}`
    const { status, body } = isGraphQl
      ? { status: 200, body: { data: { viewer: { login: bot.login } } } }
      : answer(await read(message), message.headers.authorization)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>(closed => server.close(() => closed()))
  return { ...store, url: `http://127.0.0.1:${port}`, token, requests, complaints, close }
}
