import { writeReport } from '../../support/report-file.ts'
import { appendSummary, maskSecret, printLog, type Runner, setOutput } from '../../support/runner.ts'
import { cancellation } from '../cancellation.ts'
import { actionInput, optional, readInputs, text } from '../inputs.ts'
import { runAction } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { deployReport, deployServers } from './run.ts'

const inputTable = { ...serverInputs, tags: optional(text()), 'json-path': optional(text()) }

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(inputTable, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  if (inputs.vaultPassword !== undefined) maskSecret(runner, inputs.vaultPassword)
  const log = (line: string) => printLog(runner, line)
  const result = await deployServers(inputs, root, runner.environment, log, cancellation())
  const report = deployReport(result)
  writeReport(root, inputs.jsonPath, report.json)
  appendSummary(runner, report.markdown)
  setOutput(runner, 'hosts', report.hosts)
  setOutput(runner, 'stage', report.stage)
  setOutput(runner, 'changed', String(report.changed))
  if (result.error !== undefined) throw result.error
}

await runAction(main)
