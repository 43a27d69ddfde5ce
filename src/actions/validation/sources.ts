import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Dialect } from '../../domain/stage.ts'
import { diskFiles } from '../../support/disk-files.ts'
import { ToolkitError } from '../../support/errors.ts'
import type { FileReader } from '../../support/files.ts'
import { gitFiles } from '../../support/git-files.ts'
import type { ValidationInputs } from './inputs.ts'
import type { ValidationSources } from './validate.ts'

/**
 * What the inputs name, ready to be read.
 *
 * @param root The repository; relative paths are relative to it.
 * @throws ToolkitError of reason `input-invalid` where a folder or commit is not there.
 */
export function validationSources(inputs: ValidationInputs, root: string): ValidationSources {
  const { inventory, limit, playbookPath, basePath, baseRef } = inputs
  if (basePath !== undefined && baseRef !== undefined) {
    throw invalid('Both `base-ref` and `base-path` are given.', 'Give one of the two.')
  }
  const base =
    basePath !== undefined
      ? diskFiles(folder(root, basePath, 'base-path'))
      : baseRef !== undefined
        ? gitFiles(root, baseRef)
        : undefined
  return {
    inventory,
    files: diskFiles(folder(root, '.', 'inventory')),
    ...(limit !== undefined && { limit }),
    ...(playbookPath !== undefined && { playbook: playbookAt(root, playbookPath) }),
    ...(base && { base }),
  }
}

function playbookAt(root: string, path: string): NonNullable<ValidationSources['playbook']> {
  const full = folder(root, path, 'playbook-path')
  const files = diskFiles(full)
  const label = relative(root, full)
  return { files, label: label === '' ? '' : `${label}/`, dialect: dialectOf(files) }
}

/** Both ways to run syn2mas have a file of tasks of their own in the MAS role; today's kept the name of neither. */
function dialectOf(files: FileReader): Dialect {
  const tasks = 'roles/custom/matrix-authentication-service/tasks'
  if (files.entry(`${tasks}/mas_cli_syn2mas.yml`).kind === 'file') return 'mas-cli'
  if (files.entry(`${tasks}/syn2mas.yml`).kind === 'file') return 'syn2mas-tool'
  throw new ToolkitError({
    kind: 'input',
    reason: 'checkout-unsupported',
    what: 'The folder of `playbook-path` is no checkout of matrix-docker-ansible-deploy that can run syn2mas.',
    where: 'the input `playbook-path`',
    remedy: 'Give the path of a checkout from October 2024 or later.',
  })
}

function folder(root: string, path: string, input: string): string {
  const full = resolve(root, path)
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory()) return full
  throw invalid(`The input \`${input}\` names no folder.`, 'Give the path of a folder that is there.')
}

function invalid(what: string, remedy: string): ToolkitError {
  return new ToolkitError({ kind: 'input', reason: 'input-invalid', what, remedy })
}
