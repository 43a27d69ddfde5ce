import { openFindings } from '../../domain/finding.ts'
import { annotations } from '../../report/annotations.ts'
import { renderJson } from '../../report/json.ts'
import { pagesOf } from '../../report/pages.ts'
import { renderSummary } from '../../report/summary.ts'
import { renderText } from '../../report/text.ts'
import { writeReport } from '../../support/report-file.ts'
import { appendSummary, printLog, type Runner, setOutput } from '../../support/runner.ts'
import { actionInput, readInputs } from '../inputs.ts'
import { validationInputs } from './inputs.ts'
import { demandClean, hostsMatrix, shared } from './outcome.ts'
import { withProposals } from './proposals.ts'
import { validate } from './run.ts'
import { validationSources } from './sources.ts'
import { visibilityOf } from './visibility.ts'

/** The action `validate-config`: inputs in, one check, and what it found told in every way. */
export async function validateConfig(runner: Runner): Promise<void> {
  const inputs = readInputs(validationInputs, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  const sources = await validationSources(inputs, root)
  const { verdict, text } = await withProposals(
    validate({ ...sources, ...visibilityOf(runner.environment) }),
    sources,
    inputs.convertPath !== undefined,
  )

  const pages = pagesOf(runner.environment)
  printLog(runner, renderText(verdict))
  const { lines, left } = annotations(verdict.findings)
  for (const line of lines) runner.write(`${line}\n`)
  if (left > 0)
    printLog(runner, `${left} more have no annotation of their own: GitHub shows ten of each kind.`)
  if (inputs.summary) appendSummary(runner, renderSummary(verdict, pages))
  if (inputs.jsonPath !== undefined) writeReport(root, inputs.jsonPath, renderJson(verdict))
  if (inputs.sarifPath !== undefined) {
    const { renderSarif } = await import('../../report/sarif.ts')
    writeReport(root, inputs.sarifPath, renderSarif(verdict, inputs.inventory[0] ?? '', pages))
  }
  if (text !== '') writeReport(root, inputs.convertPath, text)
  setOutput(runner, 'stage', shared(verdict.hosts.map(({ stage }) => stage)))
  setOutput(runner, 'plan', shared(verdict.hosts.map(({ outlook }) => outlook.expected)))
  setOutput(runner, 'hosts', hostsMatrix(verdict))
  const open = openFindings(verdict.findings)
  setOutput(runner, 'findings', String(open.length))
  setOutput(runner, 'errors', String(open.filter(({ severity }) => severity === 'error').length))
  setOutput(runner, 'accepted', String(verdict.findings.length - open.length))
  demandClean(verdict, inputs.failOn)
}
