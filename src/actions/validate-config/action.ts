import { openFindings } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { annotations } from '../../report/annotations.ts'
import { renderJson } from '../../report/json.ts'
import { pagesOf } from '../../report/pages.ts'
import { renderSummary } from '../../report/summary.ts'
import { renderText } from '../../report/text.ts'
import { writeReport } from '../../support/report-file.ts'
import { withEventBase } from '../event-base.ts'
import type { Inputs } from '../inputs.ts'
import { playbookAtPin } from '../playbook.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { annotate, appendSummary, setOutput } from '../runner.ts'
import { validationInputs } from './inputs.ts'
import { commonValue, hostsMatrix, requireClean } from './outcome.ts'
import { withProposals } from './proposals.ts'
import { type ValidationSources, validate } from './run.ts'
import { validationSources } from './sources.ts'
import { visibilityOf } from './visibility.ts'

export const validateConfig = defineAction({ inputs: validationInputs, run })

async function run(given: Inputs<typeof validationInputs>, runtime: Runtime): Promise<Verdict> {
  const { repository, environment, log } = runtime
  const { inputs, sources } = await fetchedSources(given, runtime)
  const { verdict, text } = await withProposals(validate(sources), sources, inputs.convertPath !== undefined)

  const pages = pagesOf(environment)
  log(renderText(verdict))
  const { shown, left } = annotations(verdict.findings)
  shown.forEach(annotate)
  if (left > 0) log(`Findings without an annotation: ${left}. GitHub shows ten of each severity.`)
  if (inputs.summary) await appendSummary(renderSummary(verdict, pages))
  if (inputs.jsonPath !== undefined) writeReport(repository.root, inputs.jsonPath, renderJson(verdict))
  if (inputs.sarifPath !== undefined) {
    const { renderSarif } = await import('../../report/sarif.ts')
    writeReport(repository.root, inputs.sarifPath, renderSarif(verdict, inputs.inventory[0] ?? '', pages))
  }
  if (text !== '') writeReport(repository.root, inputs.convertPath, text)
  setOutput('stage', commonValue(verdict.hosts.map(({ stage }) => stage)))
  setOutput('plan', commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)))
  setOutput('hosts', hostsMatrix(verdict))
  const open = openFindings(verdict.findings)
  setOutput('findings', String(open.length))
  setOutput('errors', String(open.filter(({ severity }) => severity === 'error').length))
  setOutput('accepted', String(verdict.findings.length - open.length))
  requireClean(verdict, inputs.failOn)
  return verdict
}

/** The inputs with the commit before the change and the playbook at its pin, and the files that they name. */
export async function fetchedSources(
  given: Inputs<typeof validationInputs>,
  runtime: Runtime,
): Promise<{ readonly inputs: Inputs<typeof validationInputs>; readonly sources: ValidationSources }> {
  const playbookPath = await playbookAtPin(given, runtime)
  const inputs = { ...(await withEventBase(given, runtime)), playbookPath }
  const sources = await validationSources(inputs, runtime.repository)
  return { inputs, sources: { ...sources, ...visibilityOf(runtime.environment) } }
}
