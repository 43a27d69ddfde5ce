import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { PlaybookVariables } from '../../playbook/variables.ts'
import { delegationVariable } from '../../rules/facts/traps.ts'
import { ToolkitError } from '../../support/errors.ts'
import { diskFiles } from '../../support/files/disk-files.ts'
import { gitFiles } from '../../support/files/git-files.ts'
import { standardAcceptances, type ValidationInputs } from './inputs.ts'
import type { ValidationSources } from './run.ts'

/**
 * What the inputs name, ready to be read.
 *
 * @param root The repository; relative paths are relative to it.
 * @throws ToolkitError of reason `input-invalid` where a folder or commit is not there, `checkout-unsupported` where the
 * playbook is none.
 */
export async function validationSources(inputs: ValidationInputs, root: string): Promise<ValidationSources> {
  const { inventory, limit, playbookPath, basePath, baseRef, acceptedFindings } = inputs
  if (basePath !== undefined && baseRef !== undefined) {
    throw invalid('Both `base-ref` and `base-path` are given.', 'Give one of the two.')
  }
  const base =
    basePath !== undefined
      ? diskFiles(folder(root, basePath, 'base-path'))
      : baseRef !== undefined
        ? await gitFiles(root, baseRef)
        : undefined
  const files = diskFiles(folder(root, '.', 'inventory'))
  if (acceptedFindings !== standardAcceptances && files.entry(acceptedFindings).kind !== 'file') {
    throw invalid(
      'The input `accepted-findings` names no file of the repository.',
      'Give the path of a file that is there.',
    )
  }
  return {
    inventory,
    files,
    acceptances: { path: acceptedFindings, today: new Date().toISOString().slice(0, 10) },
    ...(limit !== undefined && { limit }),
    ...(await playbookOf(root, playbookPath)),
    ...(base && { base }),
  }
}

/** Where the inventory lies inside a clone of the playbook, that clone is the checkout. */
async function playbookOf(
  root: string,
  path: string | undefined,
): Promise<Pick<ValidationSources, 'playbook'>> {
  const isClone = ['setup.yml', 'roles/custom/matrix-authentication-service'].every(part =>
    existsSync(join(root, part)),
  )
  if (path === undefined && !isClone) return {}
  return { playbook: await playbookAt(root, path ?? '.') }
}

async function playbookAt(root: string, path: string): Promise<NonNullable<ValidationSources['playbook']>> {
  const full = folder(root, path, 'playbook-path')
  const { readCheckout } = await import('../../playbook/checkout.ts')
  const { dialect, capabilities } = await readCheckout(full)
  const traps = [
    ...(capabilities.delegatesWhilePrepared ? [delegationVariable] : []),
    ...capabilities.advertisingVariables,
  ]
  const label = relative(root, full)
  const files = diskFiles(full)
  const facts = { dialect, traps, variables: new PlaybookVariables(files) }
  return { files, label: label === '' ? '' : `${label}/`, facts }
}

function folder(root: string, path: string, input: string): string {
  const full = resolve(root, path)
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return full
  throw invalid(`The input \`${input}\` names no folder.`, 'Give the path of a folder that is there.')
}

function invalid(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ kind: 'input', reason: 'input-invalid', what, remedy })
}
