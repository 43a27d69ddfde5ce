import { type Inputs, optional, text } from '../inputs.ts'
import { writeJson, writePage } from '../report-files.ts'
import { cancellable, defineAction, type Runtime } from '../run-action.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { rehearseServers } from './run.ts'

const inputTable = {
  ...serverInputs,
  ...maxHosts(1),
  'json-path': optional(text()),
}

export const syn2masDryRun = defineAction({ inputs: inputTable, hasPage: true, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { port } = runtime
  const { hosts, receipts, error } = await rehearseServers(inputs, cancellable(runtime))
  const report = { kind: 'rehearsal', hosts, receipts } as const
  await port.show(report)
  writeJson(runtime, inputs.jsonPath, report)
  writePage(runtime, inputs.jsonPath, report)
  port.setOutput('passes', String(error === undefined))
  port.setOutput('findings', String(hosts.flatMap(host => host.findings).length))
  const windows = hosts.map(({ expectedWindowSeconds = 0 }) => expectedWindowSeconds)
  port.setOutput('expected-window-seconds', String(Math.max(0, ...windows)))
  if (error !== undefined) throw error
}
