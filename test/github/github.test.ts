import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RequestError } from '@octokit/request-error'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGitHubClient, describeApiErrors, type GitHubClient } from '../../src/github/client.ts'
import { writeStickyComment } from '../../src/github/comments.ts'
import { closeIncident, findIncident, type OpenIncident, reportIncident } from '../../src/github/issues.ts'
import { openPullRequest } from '../../src/github/proposals.ts'
import { linesInDiff } from '../../src/github/pull-requests.ts'
import { reviewLines } from '../../src/github/reviews.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'

const marker = '<!-- matrix-auth-actions -->'
let github: LocalGitHub
let client: GitHubClient

beforeAll(async () => {
  github = await startLocalGitHub()
  client = createGitHubClient({ owner: 'o', repo: 'r', token: github.token, apiUrl: github.url })
})
afterAll(() => github.close())

describe('the sticky comment', () => {
  test('is added once and edited from then on', async () => {
    expect(await writeStickyComment(client, 7, marker, `${marker}\nfirst`)).toBe('added')
    expect(await writeStickyComment(client, 7, marker, `${marker}\nsecond`)).toBe('edited')
    expect(github.comments.filter(({ issue }) => issue === 7).map(({ body }) => body)).toEqual([
      `${marker}\nsecond`,
    ])
  })

  test('is one, though two jobs added one at the same moment', async () => {
    const write = (text: string) => writeStickyComment(client, 6, marker, `${marker}\n${text}`)
    await Promise.all([write('one'), write('two')])
    expect(github.comments.filter(({ issue }) => issue === 6)).toHaveLength(1)
    const user = { login: 'github-actions[bot]', type: 'Bot' as const }
    github.comments.push({ id: 9000, issue: 6, body: `${marker}\nof an older release`, user })
    await write('three')
    expect(github.comments.filter(({ issue }) => issue === 6).map(({ body }) => body)).toEqual([
      `${marker}\nthree`,
    ])
  })

  test('is found behind more than one page of other comments', async () => {
    for (let index = 0; index < 120; index += 1) {
      const user = { login: 'somebody', type: 'User' as const }
      github.comments.push({ id: 1000 + index, issue: 8, body: `talk ${index}`, user })
    }
    expect(await writeStickyComment(client, 8, marker, `${marker}\nfirst`)).toBe('added')
    expect(await writeStickyComment(client, 8, marker, `${marker}\nsecond`)).toBe('edited')
  })

  test.each([
    { login: 'mallory', type: 'User' as const },
    { login: 'another[bot]', type: 'Bot' as const },
  ])('is never taken from $login, who wrote our marker', async user => {
    github.comments.splice(0)
    github.comments.push({ id: 5000, issue: 9, body: `${marker}\nall is well`, user })
    expect(await writeStickyComment(client, 9, marker, `${marker}\ntruth`)).toBe('added')
    expect(github.comments.find(({ id }) => id === 5000)?.body).toBe(`${marker}\nall is well`)
  })
})

describe('an incident', () => {
  const marker = '<!-- doctor -->'
  const incident = { label: 'doctor:matrix.example.test', marker }
  const text = (body: string) => ({ title: 'Not healthy', body })

  test('opens one issue, which is kept up to date and closed when it is over', async () => {
    const first = await reportIncident(client, incident, undefined, text('details'))
    const open = (await findIncident(client, incident)) as OpenIncident
    expect(open).toMatchObject({
      number: first,
      body: `${marker}\n\ndetails`,
      since: expect.stringMatching(/^20/),
    })
    expect(await reportIncident(client, incident, open, text('more'))).toBe(first)
    expect(await findIncident(client, incident)).toMatchObject({ number: first, body: `${marker}\n\nmore` })
    await closeIncident(client, open, 'Over.')
    expect(github.issues.find(({ number }) => number === first)?.state).toBe('closed')
    expect(github.comments.at(-1)?.body).toBe('Over.')
    expect(await findIncident(client, incident)).toBeUndefined()
  })

  test("is never a person's issue with our label and marker, and never another bot's or another issue of ours", async () => {
    const labels = ['doctor:other.example.test']
    const common = { title: 'Mine', state: 'open' as const, labels, created_at: '2026-11-28T00:00:00Z' }
    const [person, bot] = ['mallory', 'another[bot]']
    github.issues.push(
      { ...common, number: 901, body: `${marker}\nx`, user: { login: person ?? '', type: 'User' } },
      { ...common, number: 902, body: `not\n${marker}`, user: { login: 'github-actions[bot]', type: 'Bot' } },
      { ...common, number: 903, body: `${marker}\nx`, user: { login: bot ?? '', type: 'Bot' } },
    )
    const other = { label: 'doctor:other.example.test', marker }
    expect(await findIncident(client, other)).toBeUndefined()
  })
})

test('a repository with issues turned off, as in a fork, is told how to turn them on', async () => {
  const gone = new RequestError('Issues are disabled for this repo', 410, {
    request: { method: 'POST', url: 'https://api.github.com/repos/o/r/issues', headers: {} },
  })
  await expect(describeApiErrors('report it', () => Promise.reject(gone))).rejects.toMatchObject({
    remedy: expect.stringContaining('Settings → General → Features'),
  })
})

describe('suggestions on the lines of a pull request', () => {
  const suggestion = {
    file: 'a.yml',
    firstLine: 3,
    lastLine: 3,
    body: '<!-- s -->\n\n```suggestion\na: true\n```',
  }
  const review = { marker: '<!-- s -->', body: 'Fixes.', comments: [suggestion] }
  const patch = '@@ -1,2 +2,3 @@\n b: 1\n+a: "true"\n c: 2'

  test('know the lines that the diff shows, with their text', async () => {
    github.diffs.set(70, [{ filename: 'a.yml', patch }, { filename: 'picture.png' }])
    const lines = await linesInDiff(client, 70)
    expect([...(lines.get('a.yml') ?? [])]).toEqual([
      [2, 'b: 1'],
      [3, 'a: "true"'],
      [4, 'c: 2'],
    ])
    expect(lines.get('picture.png')?.size).toBe(0)
  })

  test('are added once by a review, also where a person wrote the same', async () => {
    const user = { login: 'mallory', type: 'User' as const }
    github.lineComments.push({ pull: 70, path: 'a.yml', line: 3, body: suggestion.body, user })
    expect(await reviewLines(client, 70, 'a'.repeat(40), review)).toBe(1)
    expect(await reviewLines(client, 70, 'a'.repeat(40), review)).toBe(0)
    expect(github.lineComments.filter(({ pull }) => pull === 70)).toHaveLength(2)
  })

  test('on a line that the diff does not show are refused as a whole, in our words', async () => {
    const comments = [suggestion, { ...suggestion, lastLine: 9, firstLine: 8 }]
    github.diffs.set(71, [{ filename: 'a.yml', patch }])
    const failure = await reviewLines(client, 71, 'a'.repeat(40), { ...review, comments }).catch(
      error => error,
    )
    expect(failure).toMatchObject({ reason: 'github-api', message: expect.stringContaining('HTTP 422') })
    expect(github.lineComments.filter(({ pull }) => pull === 71)).toEqual([])
  })
})

test('the account of the token is asked for once, on GitHub Enterprise Server beside its REST API', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data: { viewer: { login: 'our-app[bot]' } } }))
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const apiUrl = `http://127.0.0.1:${port}/api/v3`
  const enterprise = createGitHubClient({ owner: 'o', repo: 'r', token: 'ghs_app', apiUrl })
  expect(await enterprise.ownLogin()).toBe('our-app[bot]')
  expect(await enterprise.ownLogin()).toBe('our-app[bot]')
  expect(asked).toEqual(['/api/graphql'])
  server.close()
})

test('a wrong token is said in our words, and the token is not in them', async () => {
  const stranger = createGitHubClient({ owner: 'o', repo: 'r', token: 'ghs_wrong', apiUrl: github.url })
  const incident = { label: 'x', marker: '<!-- x -->' }
  const failure = await findIncident(stranger, incident).catch(error => error)
  expect(failure).toMatchObject({ reason: 'github-api', message: expect.stringContaining('HTTP 401') })
  expect(failure.describe()).not.toContain('ghs_wrong')
})

test('no pull request is opened for a branch that somebody made before', async () => {
  const branch = 'matrix-auth-actions/rollback-1-1'
  github.refs.set(`refs/heads/${branch}`, 'e'.repeat(40))
  const text = { title: 'Keep the login', body: 'Why.', files: { 'inventory/hosts': 'a\n' } }
  const proposal = { base: 'main', parent: 'a'.repeat(40), branch, ...text }
  await expect(openPullRequest(client, proposal)).rejects.toMatchObject({ reason: 'github-api' })
  expect(github.pulls).toEqual([])
})

test('every request was one that GitHub’s own description knows', () => {
  expect(github.requests.length).toBeGreaterThan(10)
  expect(github.complaints).toEqual([])
})

test('the local GitHub refuses what GitHub’s description does not know', async () => {
  const send = (path: string, body: unknown) =>
    fetch(`${github.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${github.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const before = github.complaints.length
  expect((await send('/repos/o/r/issues', { labels: ['no title'] })).status).toBe(422)
  expect((await send('/repos/o/r/nonsense', {})).status).toBe(422)
  expect(github.complaints.splice(before)).toHaveLength(2)
})
