import { ToolkitError } from '../../support/errors.ts'
import { type Inputs, optional, secret, text } from '../inputs.ts'
import { writeJson, writePage } from '../report-files.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { checkServers } from './run.ts'

const inputTable = {
  ...serverInputs,
  ...maxHosts(100),
  'json-path': optional(text()),
  'canary-user': optional(text()),
  'canary-password': optional(secret()),
}

export const doctor = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { port } = runtime
  const hosts = await checkServers(inputs, runtime)
  const report = { kind: 'health', hosts } as const
  writeJson(runtime, inputs.jsonPath, report)
  writePage(runtime, inputs.jsonPath, report)
  await port.show(report)
  const unhealthyHosts = hosts.filter(({ healthy }) => !healthy)
  port.setOutput('healthy', String(unhealthyHosts.length === 0))
  port.setOutput('findings', String(hosts.flatMap(host => host.findings).length))
  if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts.map(({ host }) => host))
}

function unhealthy(hosts: readonly string[]): ToolkitError {
  return new ToolkitError({
    reason: 'unhealthy',
    what: `Not healthy: ${hosts.join(', ')}.`,
    where: hosts.join(', '),
    remedy: 'Fix the errors above.',
  })
}
