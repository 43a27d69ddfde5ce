import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fetchCommit, git, tipOf } from '../../src/support/git.ts'

test('the token is the only one that the server gets, and no message shows it', async () => {
  const seen: string[][] = []
  const server = createServer((request, response) => {
    const headers = request.rawHeaders
    seen.push(headers.filter((_, index) => headers[index - 1]?.toLowerCase() === 'authorization'))
    response.writeHead(404).end()
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clone = mkdtempSync(join(tmpdir(), 'git-'))
  const git = (...argv: string[]) => execFileSync('git', ['-C', clone, ...argv])
  git('init', '-q')
  // As actions/checkout leaves it, unless it is told not to.
  git('config', `http.${address}/.extraheader`, 'AUTHORIZATION: basic b2xk')
  const remote = { url: `${address}/operator/inventory`, token: 'ghs_secret' }
  const failures = [
    await fetchCommit(clone, remote, 'a'.repeat(40)).catch(error => error),
    await tipOf(clone, remote, 'main').catch(error => error),
  ]
  server.close()
  const expected = `basic ${Buffer.from('x-access-token:ghs_secret').toString('base64')}`
  expect(seen).toHaveLength(2)
  for (const authorizations of seen) expect(authorizations).toEqual([expected])
  for (const failure of failures) {
    expect(failure).toMatchObject({ reason: 'fetch-failed' })
    expect(failure.describe()).not.toMatch(/ghs_secret|basic/)
  }
})

test('git and the programs that it starts get no input and no token of the job', async () => {
  vi.stubEnv('INPUT_SSH-PRIVATE-KEY', 'secret')
  vi.stubEnv('GITHUB_TOKEN', 'secret')
  vi.stubEnv('HARMLESS', 'yes')
  const { stdout } = await git('.', ['-c', 'alias.show-environment=!env', 'show-environment'])
  vi.unstubAllEnvs()
  expect(stdout).toContain('HARMLESS=yes')
  expect(stdout).not.toContain('secret')
})
