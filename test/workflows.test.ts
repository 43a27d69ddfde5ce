import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { planKinds } from '../src/migration/plan/plan.ts'

const root = resolve(import.meta.dirname, '..')

interface Field {
  readonly required?: boolean
}
interface ActionFile {
  readonly name: string
  readonly inputs: Record<string, Field>
  readonly outputs: Record<string, unknown>
  readonly runs: { readonly using: string; readonly main?: string }
}
interface Step {
  readonly if?: string
  readonly run?: string
  readonly uses?: string
  readonly with?: Record<string, string | number>
}
interface Job {
  readonly steps: readonly Step[]
  readonly permissions?: Record<string, string>
  readonly environment?: string
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
const ours = /^OWNER\/matrix-auth-actions(?:\/([\w-]+))?@v1$/

describe('templates', () => {
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
      apply: 'matrix-production',
    })
  })

  test.each(jobs)(
    '$file, job $name: every step that runs Ansible gets the password of the vault',
    ({ job }) => {
      for (const { uses = '', with: given } of job.steps) {
        const [, name = ''] = ours.exec(uses) ?? []
        if (!Object.keys(actions.get(`${name}/action.yml`)?.inputs ?? {}).includes('vault-password')) continue
        expect(given?.['vault-password'], name).toContain('secrets.MATRIX_VAULT_PASSWORD')
      }
    },
  )

  test('a rehearsal never runs for a fork', () => {
    const rehearse = jobs.find(({ name, file }) => name === 'rehearse' && file.includes('review'))
    expect(rehearse?.job.if).toContain('head.repo.full_name == github.repository')
  })
})

describe('the template that reviews a pull request', () => {
  const file = 'workflows/matrix-auth-review.yml'
  const validate = read<{ jobs: Record<string, Job> }>(file).jobs.validate

  test('looks at every pull request, for what Ansible takes for code can lie anywhere', () => {
    expect(read<{ on: object }>(file).on).toEqual({ pull_request: null })
  })

  test('gives the check the playbook where the variable that names it can be read', () => {
    const playbook = validate?.steps.find(step => step.with?.path === 'playbook')
    expect(playbook?.if).toBe("vars.MATRIX_PLAYBOOK_REF != ''")
    const check = validate?.steps.find(({ uses }) => ours.test(uses ?? ''))
    expect(check?.with?.['playbook-path']).toBe(expression(`${playbook?.if} && 'playbook' || ''`))
  })

  test('rehearses only where no rehearsal is started by hand', () => {
    const { rehearse } = read<{ jobs: Record<string, Job> }>(file).jobs
    expect(rehearse?.if).toContain("vars.MATRIX_REHEARSE_BY_HAND != 'true'")
  })
})

describe('the template that rehearses by hand', () => {
  const file = 'workflows/matrix-auth-rehearse.yml'
  const { on, jobs: own } = read<{ on: object; jobs: Record<string, Job> }>(file)

  test('is started by hand only, and on the default branch only', () => {
    expect(Object.keys(on)).toEqual(['workflow_dispatch'])
    expect(own.commit?.if).toContain('default_branch')
  })

  test('looks at nothing before the commit is known for the head of a pull request that is no fork', () => {
    const script = own.commit?.steps.map(({ run }) => run).join() ?? ''
    expect(script).toMatch(/\^\[0-9a-f\]\{40\}\$/)
    for (const fact of ['.head.sha == env.COMMIT', '.head.repo.full_name == env.GITHUB_REPOSITORY']) {
      expect(script).toContain(fact)
    }
    expect(own.validate?.needs).toBe('commit')
    expect(own.rehearse?.needs).toBe('validate')
  })

  test('takes inventories of exactly that commit and of its base', () => {
    const refs = [own.validate, own.rehearse].flatMap(job =>
      (job?.steps ?? [])
        .filter(({ uses, with: given }) => uses?.startsWith('actions/checkout@') && !given?.repository)
        .map(({ with: given }) => given?.ref),
    )
    const head = expression('inputs.head-commit')
    expect(refs).toEqual([head, expression('needs.commit.outputs.base'), head])
  })

  test('publishes on the pull request that was named', () => {
    const publish = own.publish?.steps.find(({ uses }) => ours.test(uses ?? ''))
    expect(publish?.with?.['pull-request']).toBe(expression('inputs.pull-request'))
  })
})

describe('the template that applies a merge', () => {
  const named = (name: string) => jobs.find(job => job.name === name && job.file.includes('apply'))?.job
  /** The plans that a condition lists. */
  const plansIn = (condition = ''): string[] =>
    JSON.parse(/fromJSON\('(\[.+?\])'\)/.exec(condition)?.[1] ?? '[]')
  const doing = plansIn(named('apply')?.if)
  const carriedOut = named('plan')?.steps.find(({ run }) => run?.includes('exit 1'))?.if

  test('carries out what a reviewer is told that merging does, going back too', () => {
    expect(doing.toSorted()).toEqual(['deploy', 'migrate', 'roll-back'])
    for (const plan of doing) expect(planKinds).toContain(plan)
  })

  test('fails where a merge has a plan that it does not carry out, instead of doing nothing in silence', () => {
    expect(carriedOut).toContain('!contains(')
    expect(plansIn(carriedOut).toSorted()).toEqual([...doing, 'nothing'].toSorted())
  })

  test('shares its concurrency group with no other, for GitHub drops the one that waits', () => {
    const groups = templates.flatMap(file =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^ +group: (\S+)/gm)].map(([, group]) => group),
    )
    expect(groups).toHaveLength(5)
    expect(new Set(groups).size).toBe(groups.length)
  })
})

describe('actions', () => {
  test.each([...actions.entries()])('%s gives its failure reason and runs on node24', (file, action) => {
    if (action.runs.using === 'composite') return
    expect(action.runs.using).toBe('node24')
    expect(Object.keys(action.outputs)).toContain('failure-reason')
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
