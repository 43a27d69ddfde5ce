import apply from '../../../workflows/matrix-auth-apply.yml'
import doctor from '../../../workflows/matrix-auth-doctor.yml'
import review from '../../../workflows/matrix-auth-review.yml'
import { ToolkitError } from '../../support/errors.ts'
import { folderOf } from '../../support/files/files.ts'
import type { Setting } from './setting.ts'

export interface WorkflowFile {
  readonly name: string
  readonly purpose: string
  readonly text: string
}

const templates = [
  {
    name: 'matrix-auth-review.yml',
    template: review,
    purpose: 'checks pull requests, and rehearses a migration',
  },
  {
    name: 'matrix-auth-apply.yml',
    template: apply,
    purpose: 'deploys, migrates or rolls back after a merge',
  },
  {
    name: 'matrix-auth-doctor.yml',
    template: doctor,
    purpose: 'checks the health of the servers every four hours',
  },
]

/** The workflows for this repository. Without environments, only the check runs on GitHub. */
export function workflowFiles({
  branch,
  toolkit,
  inventory,
  knownHosts,
  github: { hasEnvironments },
}: Pick<Setting, 'branch' | 'toolkit' | 'inventory' | 'knownHosts' | 'github'>): readonly WorkflowFile[] {
  const wanted = hasEnvironments ? templates : templates.slice(0, 1)
  return wanted.map(({ name, template, purpose }) => {
    const text = template
      .replaceAll(/(?<=uses: )[\w.-]+\/matrix-auth-actions@\S+/g, toolkit)
      .replaceAll('$default-branch', () => branch)
    return { name, purpose, text: withInventory(text, inventory, knownHosts) }
  })
}

/** Another path than the actions' default goes into each of their steps. */
function withInventory(text: string, inventory: string, knownHosts: string): string {
  if (inventory === 'inventory/hosts') return text
  const folder = folderOf(inventory)
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(folder)) {
    throw new ToolkitError({
      reason: 'input-invalid',
      what: 'The workflows need the inventory in a folder of its own, whose name is plain.',
      where: inventory,
      remedy: 'Move it: mkdir inventory && git mv hosts host_vars group_vars inventory/',
    })
  }
  return text
    .replaceAll(/\{ task: /g, `{ inventory: ${inventory}, known-hosts: ${knownHosts}, task: `)
    .replaceAll(/^( +)task: /gm, `$1inventory: ${inventory}\n$1known-hosts: ${knownHosts}\n$1task: `)
    .replaceAll('paths: [inventory, inventory/**,', `paths: [${folder}, ${folder}/**,`)
}
