import { writeReport } from '../../support/report-file.ts'
import { cancellation } from '../cancellation.ts'
import { type Inputs, optional, text } from '../inputs.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { appendSummary, setOutput } from '../runner.ts'
import { serverInputs } from '../targets.ts'
import { deployReport, deployServers } from './run.ts'

const inputTable = { ...serverInputs, tags: optional(text()), 'json-path': optional(text()) }

export const deploy = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const result = await deployServers(inputs, { ...runtime, signal: cancellation() })
  const report = deployReport(result)
  writeReport(runtime.root, inputs.jsonPath, report.json)
  await appendSummary(report.markdown)
  setOutput('hosts', report.hosts)
  setOutput('stage', report.stage)
  setOutput('changed', String(report.changed))
  if (result.error !== undefined) throw result.error
}
