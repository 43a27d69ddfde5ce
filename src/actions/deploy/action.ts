import { renderDeployment } from '../../report/deployment.ts'
import { pagesOf } from '../../report/pages.ts'
import { jsonText } from '../../support/escape.ts'
import { plural } from '../../support/plural.ts'
import { writeReport } from '../../support/report-file.ts'
import { type Inputs, optional, text } from '../inputs.ts'
import { cancellable, type Done, defineAction, type Runtime } from '../run-action.ts'
import { appendSummary, setOutput } from '../runner.ts'
import { maxHosts, serverInputs } from '../targets.ts'
import { commonValue } from '../validate-config/outcome.ts'
import { deployServers } from './run.ts'

const inputTable = { ...serverInputs, ...maxHosts(1), tags: optional(text()), 'json-path': optional(text()) }

export const deploy = defineAction({ inputs: inputTable, run })

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<Done> {
  const { deployments, error } = await deployServers(inputs, cancellable(runtime))
  const hosts = deployments.map(({ host, plan, stageAfter = '', changed }) => ({
    host,
    plan,
    stage: stageAfter,
    changed: changed.length,
  }))
  writeReport(
    runtime.repository.root,
    inputs.jsonPath,
    jsonText({ schema: 'deployment/1', deployments, ok: error === undefined }),
  )
  const failure = error instanceof Error ? error.message : undefined
  await appendSummary(renderDeployment(deployments, failure, pagesOf(runtime.environment)))
  setOutput('hosts', JSON.stringify(hosts))
  setOutput('stage', commonValue(hosts.map(({ stage }) => stage)))
  const changed = hosts.reduce((sum, each) => sum + each.changed, 0)
  setOutput('changed', String(changed))
  if (error !== undefined) throw error
  return { sentence: `Deployed; ${plural(changed, 'task')} changed something.` }
}
