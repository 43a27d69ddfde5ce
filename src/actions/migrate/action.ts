import { migrationSentence, nothingDone } from '../../report/migration.ts'
import { writeJson, writePage } from '../report-files.ts'
import { cancellable, type Done, defineAction, type Runtime } from '../run-action.ts'
import { inputTable, type MigrateInputs } from './inputs.ts'
import { backupOf, migrateServer } from './run.ts'

export const migrate = defineAction({
  inputs: inputTable,
  hasPage: true,
  check: inputs => void backupOf(inputs),
  run,
})

async function run(inputs: MigrateInputs, runtime: Runtime): Promise<Done> {
  const { port } = runtime
  const { plan, report, error, varsToRestore, status } = await migrateServer(inputs, cancellable(runtime))
  if (status !== undefined) await port.show({ kind: 'status', ...status })
  port.setOutput('plan', plan.kind)
  port.setOutput('outcome', report?.outcome ?? 'nothing')
  if (report) {
    const shown = { kind: 'migration', report, toRestore: varsToRestore } as const
    await port.show(shown)
    writeJson(runtime, inputs.jsonPath, shown)
    writePage(runtime, inputs.jsonPath, shown)
    port.setOutput('window-seconds', String(report.windowSeconds ?? ''))
    port.setOutput('overhead-seconds', String(report.overheadSeconds ?? ''))
  }
  if (error !== undefined) throw error
  if (report === undefined && inputs.operation !== 'status')
    await port.note(nothingDone(inputs.operation, plan.why))
  const sentences = [
    ...(report === undefined || plan.kind === 'nothing' ? [plan.why] : []),
    ...(report === undefined ? [] : [migrationSentence(report)]),
  ]
  return { plan: plan.kind, sentence: sentences.join(' '), ...(report && { outcome: report.outcome }) }
}
