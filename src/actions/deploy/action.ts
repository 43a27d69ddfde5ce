import { deploymentSentence } from '../../report/deployment.ts'
import { ToolkitError } from '../../support/errors.ts'
import { type Inputs, optional, text } from '../inputs.ts'
import { writeJson } from '../report-files.ts'
import { cancellable, type Done, defineAction, type Runtime } from '../run-action.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { commonValue } from '../validate-config/outcome.ts'
import { deployServers } from './run.ts'

const inputTable = { ...serverInputs, ...maxHosts(1), tags: optional(text()), 'json-path': optional(text()) }

export const deploy = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<Done> {
  const { port } = runtime
  const { deployments, error } = await deployServers(inputs, cancellable(runtime))
  const hosts = deployments.map(({ host, plan, stageAfter = '', changed }) => ({
    host,
    plan,
    stage: stageAfter,
    changed: changed.length,
  }))
  const remedy = error instanceof ToolkitError ? ` ${error.remedy}` : ''
  const failure = error instanceof Error ? `${error.message}${remedy}` : undefined
  const report = { kind: 'deployment', deployments, ok: error === undefined, failure } as const
  await port.show(report)
  writeJson(runtime, inputs.jsonPath, report)
  port.setOutput('hosts', JSON.stringify(hosts))
  port.setOutput('stage', commonValue(hosts.map(({ stage }) => stage)))
  const changed = hosts.reduce((sum, each) => sum + each.changed, 0)
  port.setOutput('changed', String(changed))
  if (error !== undefined) throw error
  return { sentence: deploymentSentence(deployments) }
}
