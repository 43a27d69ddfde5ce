import { severityNouns } from '../../domain/finding.ts'
import type { HealthReport } from '../../domain/reports.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type Inputs, optional, secret, text, wholeNumber } from '../inputs.ts'
import { writeJson, writePage } from '../report-files.ts'
import { defineAction, type Runtime } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { checkServers } from './run.ts'

const inputTable = {
  ...serverInputs,
  'max-hosts': optional(wholeNumber({ min: 1 })),
  'json-path': optional(text()),
  'canary-user': optional(text()),
  'canary-password': optional(secret()),
}

export const doctor = defineAction({ inputs: inputTable, hasPage: true, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<void> {
  const { port } = runtime
  // After each host: a step that is killed leaves what it found so far.
  const reports = await checkServers(inputs, runtime, soFar =>
    writeJson(runtime, inputs.jsonPath, { kind: 'health', ...soFar }),
  )
  const { hosts } = reports
  const report = { kind: 'health', ...reports } as const
  await port.show(report)
  writePage(runtime, inputs.jsonPath, report)
  const unhealthyHosts = hosts.filter(({ healthy }) => !healthy)
  port.setOutput('healthy', String(unhealthyHosts.length === 0))
  port.setOutput('findings', String(hosts.flatMap(host => host.findings).length))
  if (unhealthyHosts.length > 0) throw unhealthy(unhealthyHosts)
}

function unhealthy(reports: readonly HealthReport[]): ToolkitError {
  const hosts = reports.map(({ host }) => host).join(', ')
  const errors = reports.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error'))
  return new ToolkitError({
    reason: 'unhealthy',
    what: `Not healthy: ${hosts}.`,
    where: hosts,
    remedy: `Fix the ${severityNouns(errors)} above.`,
  })
}
