import apply from '../../../workflows/matrix-auth-apply.yml'
import doctor from '../../../workflows/matrix-auth-doctor.yml'
import review from '../../../workflows/matrix-auth-review.yml'
import { ToolkitError } from '../../support/errors.ts'
import { type FileReader, folderOf } from '../../support/files/files.ts'
import { shellWords } from '../../support/shell.ts'
import type { Setting } from './setting.ts'

export interface WorkflowFile {
  readonly name: string
  readonly purpose: string
  readonly text: string
}

/** `needsKey`: is useless on a plan without environments, which gives no workflow the key. */
const templates = [
  {
    name: 'matrix-auth-review.yml',
    template: review,
    purpose: 'checks pull requests, and rehearses a migration',
    needsKey: false,
  },
  {
    name: 'matrix-auth-apply.yml',
    template: apply,
    purpose: 'deploys, migrates or rolls back after a merge',
    needsKey: true,
  },
  {
    name: 'matrix-auth-doctor.yml',
    template: doctor,
    purpose: 'checks the health of the servers every four hours',
    needsKey: true,
  },
]

export const workflows = templates.map(({ name, needsKey }) => ({ path: workflowPath(name), needsKey }))

export function workflowPath(name: string): string {
  return `.github/workflows/${name}`
}

/** The workflows for this repository. Without environments, only the check runs on GitHub. */
export function workflowFiles({
  branch,
  toolkit,
  inventory,
  knownHosts,
  repository: { files },
  github: { hasEnvironments },
}: Setting): readonly WorkflowFile[] {
  const wanted = templates.filter(({ needsKey }) => hasEnvironments || !needsKey)
  return wanted.map(({ name, template, purpose }) => {
    const text = template
      .replaceAll(/(?<=uses: )[\w.-]+\/matrix-auth-actions@\S+/g, () => toolkit)
      .replaceAll('$default-branch', () => branch)
    return { name, purpose, text: withInventory(text, inventory, knownHosts, files) }
  })
}

/** Another path than the actions' default goes into each of their steps. */
function withInventory(text: string, inventory: string, knownHosts: string, files: FileReader): string {
  if (inventory === 'inventory/hosts') return text
  const folder = folderOf(inventory)
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(folder)) {
    const parts = [
      inventory,
      ...['host_vars', 'group_vars'].map(name => (folder === '' ? name : `${folder}/${name}`)),
    ].filter(path => files.entry(path).kind !== 'absent')
    throw new ToolkitError({
      reason: 'input-invalid',
      what: 'The workflows need the inventory in a folder of its own, whose name is plain.',
      where: inventory,
      remedy: `Move it: mkdir -p inventory && mv ${shellWords(parts)} inventory/`,
    })
  }
  return text
    .replaceAll(/\{ task: /g, `{ inventory: ${inventory}, known-hosts: ${knownHosts}, task: `)
    .replaceAll(/^( +)task: /gm, `$1inventory: ${inventory}\n$1known-hosts: ${knownHosts}\n$1task: `)
    .replaceAll('paths: [inventory, inventory/**,', `paths: [${folder}, ${folder}/**,`)
}
