import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lockFile } from '../src/domain/lock-file.ts'
import { toolkitRelease } from '../src/domain/toolkit.ts'

const root = resolve(import.meta.dirname, '..')

interface Field {
  readonly required?: boolean
}
interface ActionFile {
  readonly name: string
  readonly inputs: Record<string, Field>
  readonly outputs: Record<string, unknown>
  readonly runs: { readonly using: string; readonly main?: string; readonly post?: string }
}
interface Step {
  readonly if?: string
  readonly run?: string
  readonly uses?: string
  readonly 'timeout-minutes'?: number
  readonly with?: Record<string, string | number | boolean>
}
interface Job {
  readonly steps: readonly Step[]
  readonly permissions?: Record<string, string>
  readonly environment?: string | { readonly name: string }
  readonly concurrency?: {
    readonly group: string
    readonly queue?: string
    readonly 'cancel-in-progress'?: boolean
  }
  readonly strategy?: object
  readonly 'timeout-minutes'?: number
  readonly if?: string
  readonly needs?: string | string[]
}

const read = <T>(file: string) => parse(readFileSync(join(root, file), 'utf8')) as T
const actions = new Map(
  globSync('{.,*}/action.yml', { cwd: root }).map(file => [file, read<ActionFile>(file)]),
)
const templates = globSync('workflows/*.yml', { cwd: root })
const jobs = templates.flatMap(file =>
  Object.entries(read<{ jobs: Record<string, Job> }>(file).jobs).map(([name, job]) => ({ file, name, job })),
)
const expression = (text: string) => `\${{ ${text} }}`
const ours = new RegExp(`^${toolkitRelease.replace('@', '(?:/([\\w-]+))?@')}$`)

describe('templates', () => {
  test('are three, and short enough to be read', () => {
    expect(templates.map(file => basename(file)).toSorted()).toEqual([
      'matrix-auth-apply.yml',
      'matrix-auth-doctor.yml',
      'matrix-auth-review.yml',
    ])
    const lines = templates.flatMap(file => readFileSync(join(root, file), 'utf8').split('\n'))
    expect(lines.filter(line => !/^\s*(?:#|$)/.test(line)).length).toBeLessThanOrEqual(205)
  })

  test.each(templates)('%s has what an organisation needs to offer it', file => {
    const properties = read<{ name: string; description: string; filePatterns: string[] }>(
      file.replace(/yml$/, 'properties.json'),
    )
    expect(properties.name).toBe(read<{ name: string }>(file).name)
    expect(properties.description).toMatch(/\.$/)
    for (const pattern of properties.filePatterns) expect(() => new RegExp(pattern)).not.toThrow()
  })

  test.each(jobs)(
    "$file, job $name: fetches, runs one of our actions or GitHub's, and keeps reports; no more",
    ({ job }) => {
      const kinds = job.steps.map(({ uses = '', run }) =>
        run !== undefined ? 'script' : ours.test(uses) ? 'ours' : (uses.split('@')[0] ?? ''),
      )
      expect([
        ['actions/checkout', 'ours', 'actions/upload-artifact'],
        ['actions/download-artifact', 'ours'],
        ['actions/download-artifact', 'github/codeql-action/upload-sarif'],
      ]).toContainEqual(kinds)
      expect(job['timeout-minutes']).toBeGreaterThan(0)
    },
  )

  test.each(jobs)(
    '$file, job $name: keeps reports where the checkout has no files, also of a job that is run again, and no token in the clone',
    ({ job }) => {
      const folder = `${expression('runner.temp')}/report`
      for (const { uses = '', with: given } of job.steps) {
        const action = uses.split('@')[0]
        if (action === 'actions/checkout') expect(given).toMatchObject({ 'persist-credentials': false })
        if (action === 'actions/upload-artifact')
          expect(given).toMatchObject({ path: folder, overwrite: true })
        if (action === 'actions/download-artifact') {
          expect(given).toMatchObject({ path: folder })
          // Each artifact in its folder: a report of another job could replace one.
          expect(given).not.toHaveProperty('merge-multiple')
        }
        if (ours.test(uses)) expect(given).not.toHaveProperty('report-path')
      }
    },
  )

  test.each(jobs)(
    '$file, job $name: a job with the key waits for its turn and is never cancelled by another',
    ({ job }) => {
      const holdsKey = JSON.stringify(job).includes('secrets.MATRIX_SSH_KEY')
      expect(job.concurrency !== undefined).toBe(holdsKey)
      expect(job.concurrency?.['cancel-in-progress'] ?? false).toBe(false)
    },
  )

  test('share no concurrency group, for GitHub drops the one that waits', () => {
    const groups = jobs.flatMap(({ job }) => job.concurrency?.group ?? [])
    expect(groups).toHaveLength(3)
    expect(new Set(groups).size).toBe(groups.length)
  })

  test.each(jobs)('$file, job $name: gives each action only inputs that it has', ({ job }) => {
    for (const step of job.steps) {
      const folder = ours.exec(step.uses ?? '')
      if (!folder) continue
      const action = actions.get(folder[1] === undefined ? 'action.yml' : `${folder[1]}/action.yml`)
      expect(action, step.uses).toBeDefined()
      expect(Object.keys(action?.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
  })

  test.each(jobs)(
    '$file, job $name: a job with the key of the server writes nothing to GitHub',
    ({ job }) => {
      const holdsKey = JSON.stringify(job).includes('secrets.MATRIX_SSH_KEY')
      const writes = Object.values(job.permissions ?? {}).includes('write')
      expect(holdsKey && writes).toBe(false)
    },
  )

  test('what uploads alerts may write alerts only', () => {
    const scan = jobs.find(({ name }) => name === 'scan')
    expect(scan?.job.permissions).toEqual({ 'security-events': 'write', actions: 'read' })
    expect(scan?.job.if).toContain('head.repo.full_name == github.repository')
  })

  test('a scheduled job needs no approval', () => {
    const environments = jobs.flatMap(({ name, job }) => (job.environment ? [[name, job.environment]] : []))
    expect(Object.fromEntries(environments)).toMatchObject({
      doctor: 'matrix-doctor',
      apply: { name: 'matrix-production' },
    })
  })

  test.each(jobs)('$file, job $name: a step with the key gets the password of the vault too', ({ job }) => {
    for (const { with: given = {} } of job.steps) {
      if (!Object.hasOwn(given, 'ssh-private-key')) continue
      expect(given['vault-password']).toBe(expression('secrets.MATRIX_VAULT_PASSWORD'))
    }
  })

  test('a rehearsal never runs for a fork', () => {
    const rehearse = jobs.find(({ name }) => name === 'rehearse')
    expect(rehearse?.job.if).toContain('head.repo.full_name == github.repository')
  })
})

describe('the template that reviews a pull request', () => {
  const file = 'workflows/matrix-auth-review.yml'
  const { on, jobs: own } = read<{ on: Record<string, object | null>; jobs: Record<string, Job> }>(file)

  test('looks at every pull request to the default branch, for what Ansible takes for code can lie anywhere', () => {
    expect(on.pull_request).toEqual({
      branches: ['$default-branch'],
      types: expect.arrayContaining(['opened', 'synchronize', 'reopened', 'edited', 'ready_for_review']),
    })
    expect(on).toHaveProperty('merge_group')
  })

  test('is not ended by an edit of the text, which has a group of its own', () => {
    const { concurrency } = read<{ concurrency: Record<string, unknown> }>(file)
    const number = 'github.event.pull_request.number'
    const isTextEdit = "github.event.action == 'edited' && !github.event.changes.base"
    expect(concurrency).toEqual({
      group: `matrix-auth-review-${expression(`!(${isTextEdit}) && ${number} || github.run_id`)}`,
      'cancel-in-progress': true,
    })
  })

  test('rehearses without a person only where reviewers approve, and never a draft', () => {
    expect(own.rehearse?.if).toContain("vars.MATRIX_REHEARSE_BY_HAND != 'true'")
    expect(own.rehearse?.if).toContain('!github.event.pull_request.draft')
  })

  test('runs the vars of a commit only after the check took it for the head of a pull request', () => {
    const check = own.check?.steps.find(({ uses }) => ours.test(uses ?? ''))
    const head = expression('inputs.head-commit')
    expect(check?.with?.['head-commit']).toBe(head)
    for (const job of [own.check, own.rehearse]) expect(job?.steps[0]?.with?.ref).toBe(head)
    expect(own.rehearse?.needs).toBe('check')
    expect(own.rehearse?.if).not.toMatch(/always\(\)|cancelled\(\)|failure\(\)/)
  })
})

describe('the template that applies a merge', () => {
  const { on, jobs: own } = read<{ on: { push: object }; jobs: Record<string, Job> }>(
    'workflows/matrix-auth-apply.yml',
  )

  test('starts for all that is deployed, a submodule too, which is a path without slash', () => {
    expect(on.push).toEqual({
      branches: ['$default-branch'],
      paths: ['inventory', 'inventory/**', 'playbook', 'playbook/**', lockFile],
    })
  })

  test('migrates one host after the other, and stops at the first failure', () => {
    expect(own.apply?.strategy).toEqual({
      'max-parallel': 1,
      matrix: { host: expression("fromJSON(needs.plan.outputs.hosts || '[]')") },
    })
  })

  test('does what was planned, and nothing else', () => {
    const apply = own.apply?.steps.find(({ uses }) => ours.test(uses ?? ''))
    expect(apply?.with?.planned).toBe(expression('needs.plan.outputs.planned'))
  })

  test('drops no job that waits for its host', () => {
    expect(own.apply?.concurrency).toMatchObject({ queue: 'max' })
  })

  test('publishes after a rollback by hand too, and writes no contents unless the operator lets it', () => {
    expect(own.publish?.if).toContain("inputs.operation == 'rollback'")
    expect(own.publish?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' })
  })

  test('tells the pull request also of a run that was replaced while it waited', () => {
    expect(own.publish?.if).toMatch(/^always\(\)/)
  })
})

describe('the template that checks the servers', () => {
  const { jobs: own } = read<{ jobs: Record<string, Job> }>('workflows/matrix-auth-doctor.yml')

  test('keeps and publishes what it found when its time is over', () => {
    const doctor = own.doctor
    const check = doctor?.steps.find(({ uses = '' }) => ours.test(uses))
    const [ofStep = 0, ofJob = 0] = [check?.['timeout-minutes'], doctor?.['timeout-minutes']]
    // A step that ends by its own limit only fails: the upload and the next job go on.
    expect(ofStep).toBeGreaterThan(0)
    expect(ofJob).toBeGreaterThan(ofStep)
    expect(doctor?.steps.at(-1)).toMatchObject({ if: 'always()' })
    expect(own.publish?.if).toBe(expression('!cancelled()'))
  })
})

describe('actions', () => {
  test.each([...actions.entries()])('%s gives its failure reason and runs on node24', (file, action) => {
    expect(action.runs.using).toBe('node24')
    expect(Object.keys(action.outputs)).toContain('failure-reason')
    expect(action.runs.post !== undefined).toBe('ssh-private-key' in action.inputs)
    expect(resolve(root, file, '..', action.runs.main ?? '')).toMatch(/\/dist\/[\w-]+\.c?js$/)
  })

  test('the root action takes and gives what each of the others does', () => {
    const whole = actions.get('action.yml')
    for (const name of ['validate-config', 'syn2mas-dry-run', 'deploy', 'migrate', 'doctor']) {
      const part = actions.get(`${name}/action.yml`)
      expect(Object.keys(whole?.inputs ?? {})).toEqual(
        expect.arrayContaining(Object.keys(part?.inputs ?? {})),
      )
      expect(Object.keys(whole?.outputs ?? {})).toEqual(
        expect.arrayContaining(Object.keys(part?.outputs ?? {})),
      )
    }
  })
})
