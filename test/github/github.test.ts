import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts'
import { writeStickyComment } from '../../src/github/comments.ts'
import { closeIncident, reportIncident } from '../../src/github/issues.ts'
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

  test('is never taken from a person who wrote our marker', async () => {
    const user = { login: 'mallory', type: 'User' as const }
    github.comments.push({ id: 5000, issue: 9, body: `${marker}\nall is well`, user })
    expect(await writeStickyComment(client, 9, marker, `${marker}\ntruth`)).toBe('added')
    expect(github.comments.find(({ id }) => id === 5000)?.body).toBe(`${marker}\nall is well`)
  })
})

describe('an incident', () => {
  const incident = { label: 'doctor:matrix.example.test', title: 'Doctor found trouble', body: 'details' }

  test('opens one issue, which is kept up to date and closed when it is over', async () => {
    const first = await reportIncident(client, incident)
    const again = await reportIncident(client, { ...incident, body: 'more details' })
    expect(again).toBe(first)
    expect(github.issues.find(({ number }) => number === first)).toMatchObject({
      body: 'more details',
      state: 'open',
    })
    expect(await closeIncident(client, incident.label, 'It is over.')).toBe(first)
    expect(github.issues.find(({ number }) => number === first)?.state).toBe('closed')
    expect(await closeIncident(client, incident.label, 'It is over.')).toBeUndefined()
  })
})

test('a wrong token is said in our words, and the token is not in them', async () => {
  const stranger = createGitHubClient({ owner: 'o', repo: 'r', token: 'ghs_wrong', apiUrl: github.url })
  const failure = await reportIncident(stranger, { label: 'x', title: 'x', body: 'x' }).catch(error => error)
  expect(failure).toMatchObject({ reason: 'github-api', message: expect.stringContaining('HTTP 401') })
  expect(failure.describe()).not.toContain('ghs_wrong')
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
