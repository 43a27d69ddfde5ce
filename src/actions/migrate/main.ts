import { operations } from '../../migration/run/operate.ts'
import { annotations } from '../../report/annotations.ts'
import { renderMigration } from '../../report/migration.ts'
import { writeReport } from '../../support/report-file.ts'
import { appendSummary, maskSecret, printLog, type Runner, setOutput } from '../../support/runner.ts'
import { cancellation } from '../cancellation.ts'
import { actionInput, flag, oneOf, optional, paths, readInputs, text, wholeNumber } from '../inputs.ts'
import { runAction } from '../run-action.ts'
import { serverInputs } from '../targets.ts'
import { migrateServer } from './run.ts'

const inputTable = {
  ...serverInputs,
  operation: oneOf(operations, 'migrate'),
  'present-inventory': optional(paths()),
  'require-receipt': flag(true),
  'receipt-max-age-hours': wholeNumber({ min: 1, fallback: 168 }),
  'allow-in-place': flag(false),
  backup: oneOf(['auth', 'full', 'external'], 'auth'),
  'backup-path': optional(text()),
  'backup-max-age-hours': wholeNumber({ min: 1, fallback: 24 }),
  'json-path': optional(text()),
}

async function main(runner: Runner): Promise<void> {
  const inputs = readInputs(inputTable, actionInput(runner.environment))
  const root = runner.environment.GITHUB_WORKSPACE ?? process.cwd()
  if (inputs.vaultPassword !== undefined) maskSecret(runner, inputs.vaultPassword)
  const { plan, report, error, varsToPutBack } = await migrateServer(inputs, {
    root,
    environment: runner.environment,
    signal: cancellation(),
    log: line => printLog(runner, line),
  })
  setOutput(runner, 'plan', plan.kind)
  setOutput(runner, 'outcome', report?.outcome ?? 'nothing')
  if (report) {
    for (const line of annotations(report.findings).lines) runner.write(`${line}\n`)
    writeReport(root, inputs.jsonPath, `${JSON.stringify(report, undefined, 2)}\n`)
    appendSummary(runner, renderMigration(report, varsToPutBack))
    setOutput(runner, 'window-seconds', String(report.windowSeconds ?? ''))
    setOutput(runner, 'overhead-seconds', String(report.overheadSeconds ?? ''))
  }
  if (error !== undefined) throw error
}

await runAction(main)
