import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openFindings } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { pagesOf } from '../../report/pages.ts'
import { ToolkitError } from '../../support/errors.ts'
import { writeReport } from '../../support/report-file.ts'
import { isNewBranch, withEventBase } from '../event-base.ts'
import type { Inputs } from '../inputs.ts'
import { cloneBeside, isPlaybookClone, playbookAtPin } from '../playbook.ts'
import { writeJson } from '../report-files.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { validationInputs } from './inputs.ts'
import { commonValue, hostsMatrix, requireClean } from './outcome.ts'
import { withProposals } from './proposals.ts'
import { type ValidationSources, validate } from './run.ts'
import { inventorySources, playbookSources } from './sources.ts'
import { visibilityOf } from './visibility.ts'

export const validateConfig = defineAction({ inputs: validationInputs, run })

/** `hasBase`: whether a change was checked, not the vars as they are. */
async function run(
  given: Inputs<typeof validationInputs>,
  runtime: Runtime,
): Promise<Verdict & { readonly hasBase: boolean }> {
  const { environment, port } = runtime
  const { inputs, sources } = await availableSources(given, runtime)
  const { verdict, text } = await withProposals(validate(sources), sources, inputs.convertPath !== undefined)

  const report = { kind: 'validation', verdict, isSummarised: inputs.summary } as const
  await port.show(report)
  writeJson(runtime, inputs.jsonPath, report)
  if (inputs.sarifPath !== undefined) {
    const { renderSarif } = await import('../../report/sarif.ts')
    const text = renderSarif(verdict, inputs.inventory[0] ?? '', pagesOf(environment), port.reword)
    writeReport(runtime, inputs.sarifPath, text)
  }
  writeConverted(runtime, inputs.convertPath, text)
  port.setOutput('stage', commonValue(verdict.hosts.map(({ stage }) => stage)))
  port.setOutput('plan', commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)))
  port.setOutput('hosts', hostsMatrix(verdict))
  const open = openFindings(verdict.findings)
  port.setOutput('findings', String(open.length))
  port.setOutput('errors', String(open.filter(({ severity }) => severity === 'error').length))
  port.setOutput('accepted', String(verdict.findings.length - open.length))
  requirePlaybook(sources)
  requireClean(verdict, inputs.failOn)
  return { ...verdict, hasBase: sources.base !== undefined }
}

/** Never over another file: Synapse's list of providers is in a file like this, too. */
function writeConverted(runtime: Runtime, path: string | undefined, text: string): void {
  if (path === undefined) return
  if (text === '')
    return void runtime.log('No login provider was converted: none is listed in plain text, or MAS has all.')
  const file = resolve(runtime.repository.root, path)
  const isTaken = statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, 'utf8') !== text
  if (isTaken)
    throw new ToolkitError({
      reason: 'input-invalid',
      what: 'The converted providers would replace another file.',
      where: file,
      remedy: 'Set `convert-path` to a new file.',
    })
  writeReport(runtime, path, text)
  runtime.log(`Wrote the converted providers to ${path}. Its comments say where to add them.`)
}

interface Fetched {
  readonly inputs: Inputs<typeof validationInputs>
  readonly sources: ValidationSources
}

/**
 * The inputs with the commit before the change and the playbook at its pin, and the files that they name.
 * @throws ToolkitError where one of them is not available.
 */
export async function fetchedSources(
  given: Inputs<typeof validationInputs>,
  runtime: Runtime,
): Promise<Fetched> {
  const fetched = await availableSources(given, runtime)
  if (fetched.sources.playbookFailure) throw fetched.sources.playbookFailure
  return fetched
}

/** The same, without the playbook where it is not available: `requirePlaybook` must then fail what uses them. */
export async function availableSources(
  given: Inputs<typeof validationInputs>,
  runtime: Runtime,
): Promise<Fetched> {
  const { repository, environment } = runtime
  const inputs = await withEventBase(given, runtime)
  const sources = {
    ...(await inventorySources(inputs, repository)),
    ...visibilityOf(environment),
    // Nothing is known to have changed.
    ...(inputs.baseRef === undefined && isNewBranch(environment) && { changedFiles: [] }),
  }
  try {
    const playbookPath = (await playbookAtPin(given, runtime)) ?? (await unpinnedClone(runtime))
    const playbook = await playbookSources({ playbookPath }, repository)
    return { inputs: { ...inputs, playbookPath }, sources: { ...sources, ...playbook } }
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.reason === 'input-invalid') throw error
    return { inputs, sources: { ...sources, playbookFailure: error } }
  }
}

/** Without a pin a person deploys the playbook in the repository, or from the clone beside it, or from the one that the inventory is in. */
async function unpinnedClone({ repository, log }: Runtime): Promise<string | undefined> {
  const { root } = repository
  const beside = () => (isPlaybookClone(root) ? undefined : cloneBeside(repository))
  const path = isPlaybookClone(join(root, 'playbook')) ? 'playbook' : await beside()
  if (path !== undefined) log(`The vars are compared with the playbook in ${path}.`)
  return path
}

/** @throws ToolkitError if the vars were checked without the playbook that the repository names. */
export function requirePlaybook({ playbookFailure }: ValidationSources): void {
  if (!playbookFailure) return
  const { reason, message, where, remedy } = playbookFailure
  throw new ToolkitError({
    reason,
    what: `Not everything was checked. ${message}`,
    ...(where !== undefined && { where }),
    remedy,
    cause: playbookFailure,
  })
}
