import { defaultReceiptMaxAgeHours } from '../../domain/receipt-age.ts'
import { expectedPlans, operations } from '../../migration/run/operate.ts'
import { migrationSentence, nothingDone } from '../../report/migration.ts'
import { flag, type Inputs, oneOf, optional, paths, text, wholeNumber, wholeNumberOr } from '../inputs.ts'
import { writeJson, writePage } from '../report-files.ts'
import { cancellable, type Done, defineAction, type Runtime } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { backupOf, migrateServer } from './run.ts'

const inputTable = {
  ...serverInputs,
  operation: oneOf(operations, 'migrate'),
  'expected-plan': optional(oneOf(expectedPlans)),
  'present-inventory': optional(paths()),
  'require-receipt': flag(true),
  'receipt-max-age-hours': wholeNumber({ min: 1, fallback: defaultReceiptMaxAgeHours }),
  backup: oneOf(['auth', 'full', 'external'], 'auth'),
  'backup-path': optional(text()),
  'backup-max-age-hours': wholeNumber({ min: 1, fallback: 24 }),
  'keep-backups': wholeNumber({ min: 1, fallback: 3 }),
  'max-downtime': optional(wholeNumber({ min: 30, max: 3600 })),
  'confirm-lost-sessions': wholeNumberOr('any'),
  'json-path': optional(text()),
}

export const migrate = defineAction({
  inputs: inputTable,
  hasPage: true,
  check: inputs => void backupOf(inputs),
  run,
})

async function run(inputs: Inputs<typeof inputTable>, runtime: Runtime): Promise<Done> {
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
