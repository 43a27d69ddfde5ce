import { annotations } from '../../report/annotations.ts'
import { renderHealth } from '../../report/health.ts'
import { pagesOf } from '../../report/pages.ts'
import { ToolkitError } from '../../support/errors.ts'
import { jsonText } from '../../support/escape.ts'
import { writeReport } from '../../support/report-file.ts'
import { type Inputs, optional, text } from '../inputs.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { annotate, appendSummary, setOutput } from '../runner.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { checkServers } from './run.ts'

const inputTable = { ...serverInputs, ...maxHosts(100), 'json-path': optional(text()) }

export const doctor = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const hosts = await checkServers(inputs, runtime)
  const findings = hosts.flatMap(host => host.findings)
  annotations(findings).shown.forEach(annotate)
  writeReport(runtime.repository.root, inputs.jsonPath, jsonText({ version: 1, hosts }))
  await appendSummary(renderHealth(hosts, pagesOf(runtime.environment)))
  const unhealthyHosts = hosts.filter(({ healthy }) => !healthy)
  setOutput('healthy', String(unhealthyHosts.length === 0))
  setOutput('findings', String(findings.length))
  if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts.map(({ host }) => host))
}

function unhealthy(hosts: readonly string[]): ToolkitError {
  return new ToolkitError({
    reason: 'unhealthy',
    what: `Not healthy: ${hosts.join(', ')}.`,
    where: hosts.join(', '),
    remedy: 'The summary of this step names each finding, with what to do.',
  })
}
