import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish } from '../../src/actions/publish/action.ts'
import { Repository } from '../../src/actions/repository.ts'
import { perform } from '../../src/actions/run-action.ts'
import { runnerPort } from '../../src/actions/runner-port.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import { reportJson } from '../../src/report/report.ts'
import { type LocalGitHub, startLocalGitHub } from '../lab/github/server.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startLocalGitHub()
})
afterAll(() => github.close())

const commit = 'c'.repeat(40)

/** Publishes the outcomes of the artifacts of a push, by the artifact. */
async function publishMerge(attempt: string, artifacts: Readonly<Record<string, object>>) {
  const temp = mkdtempSync(join(tmpdir(), 'publish-'))
  for (const [name, outcome] of Object.entries(artifacts)) {
    mkdirSync(join(temp, 'report', name), { recursive: true })
    const report = { version: 1, outcomes: [outcome] }
    writeFileSync(join(temp, 'report', name, 'outcome-all.json'), JSON.stringify(report))
  }
  await publishIn(temp, { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: commit, GITHUB_RUN_ATTEMPT: attempt })
}

async function publishIn(temp: string, event: Readonly<Record<string, string>>) {
  const environment = {
    GITHUB_REPOSITORY: 'operator/inventory',
    GITHUB_API_URL: github.url,
    RUNNER_TEMP: temp,
    ...event,
  }
  await perform(publish, name => (name === 'github-token' ? github.token : ''), {
    environment,
    repository: new Repository(temp),
    log: () => undefined,
    port: runnerPort({}),
  })
}

test('a repeated run whose plan is refused leaves the outcome of the first attempt, whose artifacts are still there', async () => {
  github.pulls.push({
    number: 1,
    state: 'closed',
    merged_at: '2026-11-28T12:00:00Z',
    merge_commit_sha: commit,
  })
  const migrated = { host: 'a.example.test', operation: 'migrate', ok: true, sentence: 'Migrated.' }
  await publishMerge('1', { 'matrix-auth-apply-0': migrated })
  const comment = github.comments.at(-1)?.body
  expect(comment).toContain('✅ The merge was applied')
  const refused = { host: '', operation: 'plan', ok: false, sentence: 'Nothing was done.' }
  await publishMerge('2', { 'matrix-auth-apply-0': migrated, 'matrix-auth-plan': refused })
  expect(github.comments.at(-1)?.body).toBe(comment)
})

test('a commit whose plan is refused has no rehearsal that succeeded, though no host would migrate', async () => {
  const head = { sha: commit, repo: { full_name: 'operator/inventory' } }
  const base = { ref: 'main', sha: 'f'.repeat(40) }
  github.pulls.push({ number: 2, state: 'open', merged_at: null, head, base })
  const temp = mkdtempSync(join(tmpdir(), 'publish-'))
  const host = { host: 'a.example.test', stage: 'unknown', reason: 'it is Jinja' } as const
  const publishPlan = async (expected: 'deploy' | 'refuse') => {
    const hosts = [{ ...host, outlook: { expected, sentence: 'So it is.' } }]
    mkdirSync(join(temp, 'report'), { recursive: true })
    const verdict: Verdict = { hosts, findings: [] }
    const report = reportJson({ kind: 'validation', verdict, isSummarised: false })
    writeFileSync(join(temp, 'report/validate.json'), report)
    writeFileSync(join(temp, 'event.json'), JSON.stringify({ inputs: { 'head-commit': commit } }))
    const event = { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_EVENT_PATH: join(temp, 'event.json') }
    await publishIn(temp, event)
    return github.statuses.at(-1)
  }
  expect(await publishPlan('deploy')).toMatchObject({ state: 'success' })
  expect(await publishPlan('refuse')).toMatchObject({ state: 'failure' })
})
