import { parseDocument } from 'yaml'
import { type FileReader, textIn } from '../../support/files/files.ts'
import { member, record, text } from '../../support/json.ts'
import { isPlainBranch } from './default-branch.ts'
import { workflows } from './workflow-templates.ts'

/** What the workflows in the repository say of it: `init` may have written them with other options. */
export interface PresentWorkflows {
  readonly branch: string | undefined
  readonly toolkit: string | undefined
  /** An input of the steps of the actions, unless it is an expression. */
  readonly input: (name: string) => string | undefined
  /** Whether only the check of pull requests is there, as `init` leaves it for a plan without environments. */
  readonly onlyReview: boolean
}

export function presentWorkflows(files: FileReader): PresentWorkflows {
  const present = workflows.map(({ path, needsKey }) => {
    const written = textIn(files, path)
    return { written, needsKey, value: parsed(written) }
  })
  return {
    branch: present.flatMap(({ value }) => branchesOf(value)).find(isPlainBranch),
    toolkit: present.flatMap(({ written, value }) => releasesOf(written, value)).find(isRelease),
    input: name =>
      present
        .flatMap(({ value }) => ownSteps(value))
        .flatMap(step => text(member(step, 'with', name)) ?? [])
        .find(value => !value.includes('${{')),
    onlyReview: present.every(({ written, needsKey }) => needsKey === (written === '')),
  }
}

/** `OWNER/NAME@REF`. After a commit, a comment can name its version. */
export function isRelease(text: string): boolean {
  return /^[\w.-]+\/[\w.-]+@[\w./-]+(?: +#.*)?$/.test(text)
}

function branchesOf(workflow: unknown): readonly string[] {
  const on = member(workflow, 'on')
  return ['push', 'pull_request'].flatMap(event => {
    const [branch] = listAt(on, event, 'branches')
    return typeof branch === 'string' ? [branch] : []
  })
}

/** With the comments, which YAML's values do not have. */
function releasesOf(text: string, workflow: unknown): readonly string[] {
  const used = new Set(ownSteps(workflow).map(step => member(step, 'uses')))
  const written = text.split('\n').flatMap(line => line.split('uses: ')[1]?.trim() ?? [])
  return written.filter(release => used.has(release.split(' ')[0]))
}

/** Only our actions have an input `task`. */
function ownSteps(workflow: unknown): readonly unknown[] {
  const steps = Object.values(record(member(workflow, 'jobs'))).flatMap(job => listAt(job, 'steps'))
  return steps.filter(step => member(step, 'with', 'task') !== undefined)
}

function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const list = member(value, ...keys)
  return Array.isArray(list) ? list : []
}

/** Undefined where it is not YAML: then the file only differs. */
function parsed(text: string): unknown {
  try {
    return parseDocument(text, { logLevel: 'silent' }).toJS()
  } catch {
    return undefined
  }
}
