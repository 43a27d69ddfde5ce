/** The job of real.yml that reports a failure, with a stand-in for GitHub's command line. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../lab/runner/runner.ts'

interface Workflow {
  readonly jobs: { readonly report: { readonly steps: readonly { readonly run: string }[] } }
}

/** What the job asks of GitHub, where this issue is open. */
function report(openIssue: string): string[] {
  const workflow = parse(readFileSync(join(projectRoot, '.github/workflows/real.yml'), 'utf8')) as Workflow
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  const asked = join(folder, 'asked')
  const gh = `#!/bin/bash\nif [ "$2" = list ]; then echo "${openIssue}"; else echo "$*" >> "${asked}"; fi\n`
  writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 })
  const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, TITLE: 'It fails', LOG: 'https://log.test' }
  execFileSync('bash', ['--noprofile', '--norc', '-e', '-c', workflow.jobs.report.steps[0]?.run ?? ''], {
    env,
  })
  return readFileSync(asked, 'utf8').trim().split('\n')
}

test('a failure opens an issue with the address of the log', () => {
  expect(report('')).toEqual([
    expect.stringMatching(/^issue create --title It fails --body .*https:\/\/log\.test$/),
  ])
})

test('while this issue is open, a failure is a comment on it', () => {
  expect(report('7')).toEqual([expect.stringMatching(/^issue comment 7 --body .*https:\/\/log\.test$/)])
})
