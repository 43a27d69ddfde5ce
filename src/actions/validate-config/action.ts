import { openFindings } from '../../domain/finding.ts'
import type { Verdict } from '../../domain/verdict.ts'
import { pagesOf } from '../../report/pages.ts'
import { reportJson } from '../../report/report.ts'
import { writeReport } from '../../support/report-file.ts'
import { withEventBase } from '../event-base.ts'
import type { Inputs } from '../inputs.ts'
import { playbookAtPin } from '../playbook.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { validationInputs } from './inputs.ts'
import { commonValue, hostsMatrix, requireClean } from './outcome.ts'
import { withProposals } from './proposals.ts'
import { type ValidationSources, validate } from './run.ts'
import { validationSources } from './sources.ts'
import { visibilityOf } from './visibility.ts'

export const validateConfig = defineAction({ inputs: validationInputs, run })

async function run(given: Inputs<typeof validationInputs>, runtime: Runtime): Promise<Verdict> {
  const { environment, port } = runtime
  const { inputs, sources } = await fetchedSources(given, runtime)
  const { verdict, text } = await withProposals(validate(sources), sources, inputs.convertPath !== undefined)

  const report = { kind: 'validation', verdict, isSummarised: inputs.summary } as const
  await port.show(report)
  if (inputs.jsonPath !== undefined) writeReport(runtime, inputs.jsonPath, reportJson(report))
  if (inputs.sarifPath !== undefined) {
    const { renderSarif } = await import('../../report/sarif.ts')
    const text = renderSarif(verdict, inputs.inventory[0] ?? '', pagesOf(environment))
    writeReport(runtime, inputs.sarifPath, text)
  }
  if (text !== '') writeReport(runtime, inputs.convertPath, text)
  port.setOutput('stage', commonValue(verdict.hosts.map(({ stage }) => stage)))
  port.setOutput('plan', commonValue(verdict.hosts.map(({ outlook }) => outlook.expected)))
  port.setOutput('hosts', hostsMatrix(verdict))
  const open = openFindings(verdict.findings)
  port.setOutput('findings', String(open.length))
  port.setOutput('errors', String(open.filter(({ severity }) => severity === 'error').length))
  port.setOutput('accepted', String(verdict.findings.length - open.length))
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
