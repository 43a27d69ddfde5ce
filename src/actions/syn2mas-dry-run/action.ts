import { annotations } from '../../report/annotations.ts'
import { renderRehearsal } from '../../report/rehearsal.ts'
import { jsonText } from '../../support/escape.ts'
import { writeReport } from '../../support/report-file.ts'
import { flag, type Inputs, optional, text } from '../inputs.ts'
import { cancellable, defineAction, type Runtime } from '../run-action.ts'
import { annotate, appendSummary, setOutput } from '../runner.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { rehearseServers } from './run.ts'

const inputTable = {
  ...serverInputs,
  ...maxHosts(1),
  'allow-in-place': flag(false),
  'json-path': optional(text()),
}

export const syn2masDryRun = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { hosts, receipts, error } = await rehearseServers(inputs, cancellable(runtime))
  const findings = hosts.flatMap(host => host.findings)
  annotations(findings).shown.forEach(annotate)
  writeReport(runtime.repository.root, inputs.jsonPath, jsonText({ version: 1, hosts, receipts }))
  await appendSummary(renderRehearsal(hosts))
  setOutput('passes', String(error === undefined))
  setOutput('findings', String(findings.length))
  const windows = hosts.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds)
  setOutput('expected-window-seconds', String(Math.max(0, ...windows)))
  if (error !== undefined) throw error
}
