import { annotations } from '../report/annotations.ts'
import { renderJson } from '../report/json.ts'
import { renderSummary } from '../report/summary.ts'
import { renderText } from '../report/text.ts'
import { writeReport } from '../support/report-file.ts'
import { appendSummary, printLog, type Runner, setOutput } from '../support/runner.ts'
import { actionInput, readInputs } from './inputs.ts'
import { runAction } from './run-action.ts'
import { validationInputs } from './validation/inputs.ts'
import { demandClean, hostsMatrix, shared } from './validation/outcome.ts'
import { validationSources } from './validation/sources.ts'
import { validate } from './validation/validate.ts'

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(validationInputs, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  const verdict = validate(await validationSources(inputs, root))

  printLog(runner, renderText(verdict))
  for (const line of annotations(verdict.findings).lines) runner.write(`${line}\n`)
  if (inputs.summary) appendSummary(runner, renderSummary(verdict))
  writeReport(root, inputs.jsonPath, renderJson(verdict))
  setOutput(runner, 'stage', shared(verdict.hosts.map(({ stage }) => stage)))
  setOutput(runner, 'plan', shared(verdict.hosts.map(({ outlook }) => outlook.expected)))
  setOutput(runner, 'hosts', hostsMatrix(verdict))
  setOutput(runner, 'findings', String(verdict.findings.length))
  demandClean(verdict, inputs.failOn)
}

await runAction(main)
