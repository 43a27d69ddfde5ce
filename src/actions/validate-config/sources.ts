import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { delegationVariable } from '../../domain/variables.ts'
import type { Checkout } from '../../playbook/checkout.ts'
import { PlaybookVariables } from '../../playbook/variables.ts'
import type { CheckoutFacts } from '../../rules/kit/rule.ts'
import { ToolkitError } from '../../support/errors.ts'
import { diskFiles } from '../../support/files/disk-files.ts'
import type { FileReader } from '../../support/files/files.ts'
import { git, isElsewhere } from '../../support/git.ts'
import { isPlaybookClone, labelOf } from '../playbook.ts'
import type { Repository } from '../repository.ts'
import { standardAcceptances, type ValidationInputs } from './inputs.ts'
import type { ValidationSources } from './run.ts'
import { withoutSetUp } from './touches.ts'

/**
 * The files that the inputs name, ready to be read.
 *
 * @throws ToolkitError of reason `input-invalid` if a folder or commit does not exist, `checkout-unsupported` if
 * `playbook-path` is not a checkout of the playbook.
 */
export async function validationSources(
  inputs: ValidationInputs,
  repository: Repository,
): Promise<ValidationSources> {
  return {
    ...(await inventorySources(inputs, repository)),
    ...(await playbookSources(inputs, repository)),
  }
}

/**
 * The files of the repository.
 * @throws ToolkitError of reason `input-invalid`.
 */
export async function inventorySources(
  inputs: ValidationInputs,
  repository: Repository,
): Promise<ValidationSources> {
  const { root, files } = repository
  const { inventory, limit, basePath, baseRef, acceptedFindings } = inputs
  if (basePath !== undefined && baseRef !== undefined) {
    throw invalid('`base-ref` and `base-path` are both set.', 'Set one of them.')
  }
  const base =
    basePath !== undefined
      ? diskFiles(folder(root, basePath, 'base-path'))
      : baseRef !== undefined
        ? await repository.at(baseRef)
        : undefined
  if (acceptedFindings !== standardAcceptances && files.entry(acceptedFindings).kind !== 'file') {
    throw invalid(
      'The file of `accepted-findings` does not exist.',
      'Set `accepted-findings` to a file of the repository, or remove it.',
      acceptedFindings,
    )
  }
  const { changedFiles } = baseRef === undefined ? {} : await changesSince(root, baseRef, inventory)
  return {
    inventory,
    files,
    acceptances: { path: acceptedFindings, today: new Date().toISOString().slice(0, 10) },
    ...(limit !== undefined && { limit }),
    ...(base && { base }),
    ...(base && changedFiles && { changedFiles: withoutSetUp(changedFiles, base) }),
  }
}

/** The tracked files that differ from a commit, and what links among them lead to. Unknown if files of the inventory are behind a link or in a submodule. */
export async function changesSince(
  root: string,
  ref: string,
  inventory: readonly string[],
): Promise<{ changedFiles?: readonly string[] }> {
  if (await isElsewhere(root, inventory)) return {}
  const argv = ['diff', '--name-only', '--no-renames', '--relative', '--ignore-submodules=dirty', '-z', ref]
  const { code, stdout } = await git(root, [...argv, '--'])
  const files = stdout.split('\0').filter(Boolean)
  return code === 0 ? { changedFiles: [...files, ...files.flatMap(file => targetOf(root, file))] } : {}
}

/** The path in the repository of what a link leads to; empty for other files. */
function targetOf(root: string, file: string): readonly string[] {
  const path = resolve(root, file)
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  return isLink && existsSync(path) ? [relative(realpathSync(root), realpathSync(path))] : []
}

/**
 * The checkout of the playbook. If the inventory is inside a clone of the playbook, it is that clone.
 * @throws ToolkitError of reason `input-invalid` or `checkout-unsupported`.
 */
export async function playbookSources(
  { playbookPath: path }: Pick<ValidationInputs, 'playbookPath'>,
  { root }: Repository,
): Promise<Pick<ValidationSources, 'playbook'>> {
  if (path === undefined && !isPlaybookClone(root)) return {}
  return { playbook: await playbookAt(root, path ?? '.') }
}

async function playbookAt(root: string, path: string): Promise<NonNullable<ValidationSources['playbook']>> {
  const full = folder(root, path, 'playbook-path')
  const { readCheckout } = await import('../../playbook/checkout.ts')
  const checkout = await readCheckout(full)
  const files = diskFiles(full)
  return { files, label: labelOf(root, full), facts: factsOf(checkout, files) }
}

/** What rules need to know about a checkout. */
export function factsOf({ dialect, capabilities }: Checkout, files: FileReader): CheckoutFacts {
  const traps = [
    ...(capabilities.delegatesWhilePrepared ? [delegationVariable] : []),
    ...capabilities.advertisingVariables,
  ]
  return { dialect, traps, variables: new PlaybookVariables(files) }
}

function folder(root: string, path: string, input: string): string {
  const full = resolve(root, path)
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return full
  throw invalid(`The folder of \`${input}\` does not exist.`, `Set \`${input}\` to an existing folder.`, full)
}

function invalid(what: string, remedy: string, where?: string): ToolkitError {
  return new ToolkitError({ reason: 'input-invalid', what, remedy, ...(where !== undefined && { where }) })
}
