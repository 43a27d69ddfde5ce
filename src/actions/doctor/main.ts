import { annotations } from '../../report/annotations.ts'
import { renderHealth } from '../../report/health.ts'
import { ToolkitError } from '../../support/errors.ts'
import { writeReport } from '../../support/report-file.ts'
import { appendSummary, maskSecret, printLog, type Runner, setOutput } from '../../support/runner.ts'
import { actionInput, optional, readInputs, text, wholeNumber } from '../inputs.ts'
import { runAction } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { examineServers } from './run.ts'

const inputTable = {
  ...serverInputs,
  'max-hosts': wholeNumber({ min: 1, fallback: 100 }),
  'json-path': optional(text()),
}

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(inputTable, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  if (inputs.vaultPassword !== undefined) maskSecret(runner, inputs.vaultPassword)
  const hosts = await examineServers(inputs, root, runner.environment, line => printLog(runner, line))
  const findings = hosts.flatMap(host => host.findings)
  for (const line of annotations(findings).lines) runner.write(`${line}\n`)
  writeReport(root, inputs.jsonPath, `${JSON.stringify({ version: 1, hosts }, undefined, 2)}\n`)
  appendSummary(runner, renderHealth(hosts))
  const ill = hosts.filter(({ healthy }) => !healthy)
  setOutput(runner, 'healthy', String(ill.length === 0))
  setOutput(runner, 'findings', String(findings.length))
  if (ill.length > 0) throw unhealthy(ill.map(({ host }) => host))
}

function unhealthy(hosts: readonly string[]): ToolkitError {
  return new ToolkitError({
    kind: 'server',
    reason: 'unhealthy',
    what: `Not healthy: ${hosts.join(', ')}.`,
    where: hosts.join(', '),
    remedy: 'The summary of this step names each finding, with what to do.',
  })
}

await runAction(main)
